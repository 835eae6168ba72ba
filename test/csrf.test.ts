import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openBrowser } from './support/browser_session.ts';
import { changesBetween, databaseImage, effectsBetween } from './support/database_image.ts';
import { surfaceOf } from './support/endpoints/answers.ts';
import { type Endpoint, endpointsOf } from './support/endpoints/catalogue.ts';
import { type Fixtures, openFixtures } from './support/endpoints/fixtures.ts';
import { type SignedIn, signedIn } from './support/endpoints/people.ts';
import {
  type Draft,
  draftOf,
  openSender,
  openStranger,
  type Sender,
  type Stranger,
  wireOf,
} from './support/endpoints/request.ts';
import { openWorld, PASSWORD, type World } from './support/world.ts';

describe('a browser that is made to do what its person does not want', () => {
  let world: World;
  let sender: Sender;
  let stranger: Stranger;
  let endpoints: Endpoint[];
  let f: Fixtures;
  /** Another session of the same account in another browser, and one of the same browser that went before. */
  let otherBrowser: SignedIn;
  let otherPerson: Fixtures;
  before(async () => {
    world = await openWorld(undefined, ['--trust-proxy', '127.0.0.1']);
    sender = openSender(world.url);
    stranger = await openStranger(world);
    ({ endpoints } = await endpointsOf(world));
    f = await openFixtures(world);
    otherPerson = await openFixtures(world);
    const [own] = await world.server.services.identity.organizationsOf(f.person.accountId);
    assert.ok(own);
    otherBrowser = await signedIn(world, { ...f.person, licenseId: own.organization.licenseId });
  });
  after(async () => {
    sender.close();
    await world.close();
  });

  /** What changes something by the right of a cookie. */
  const byCookie = (): Endpoint[] =>
    endpoints.filter(
      ({ method, url }) =>
        method !== 'GET' &&
        (surfaceOf(url) === 'page' || surfaceOf(url) === 'console') &&
        url !== '/dev/clock',
    );

  function withToken(draft: Draft, token: string | undefined): void {
    if (draft.path.startsWith('/console/api')) {
      if (token === undefined) delete draft.headers['x-csrf-token'];
      else draft.headers['x-csrf-token'] = token;
      return;
    }
    assert.equal(draft.body.kind, 'form', `${draft.path} is no form`);
    if (draft.body.kind !== 'form') return;
    draft.body.pairs = draft.body.pairs.filter(([name]) => name !== 'csrf_token');
    if (token !== undefined) draft.body.pairs.push(['csrf_token', encodeURIComponent(token)]);
  }

  it('does nothing without the token of this very browser and session, whatever the address', async () => {
    assert.ok(world.file);
    const tokens: Record<string, string | undefined> = {
      'no token': undefined,
      'an empty token': '',
      'a token of the right length': 'A'.repeat(f.person.csrfToken.length),
      "another person's token": otherPerson.person.csrfToken,
      "the same person's token of another browser": otherBrowser.csrfToken,
      'the token of a stranger': stranger.csrfToken,
    };
    const image = await databaseImage(world);
    let count = 0;
    const foreign: string[] = [];
    for (const endpoint of byCookie())
      for (const sample of endpoint.samples(f))
        for (const [what, token] of Object.entries(tokens)) {
          if (sample.as === 'stranger' && token === stranger.csrfToken) continue;
          if (sample.foreignForm) {
            foreign.push(endpoint.name);
            break;
          }
          const draft = draftOf(endpoint, sample, f, stranger);
          withToken(draft, token);
          const answer = await sender.send(wireOf(draft));
          assert.equal(answer.status, 403, `${endpoint.name} with ${what}: ${answer.text.slice(0, 200)}`);
          count += 1;
        }
    assert.deepEqual(changesBetween(image, await databaseImage(world)), []);
    // Requests that come from apps' pages, and ask the person; answers of identity providers, taken without cookies.
    assert.deepEqual(foreign.sort(), [
      'POST /oauth2/authorize',
      'POST /oauth2/logout',
      'POST /saml/:organization_id/acs',
    ]);
    assert.ok(count > 150, `only ${count} attempts`);
  });

  it('has no address at which GET or HEAD does something', async () => {
    assert.ok(world.file);
    for (const { name, url, samples } of byCookie()) {
      const [sample] = samples(f);
      const draft = draftOf({ method: 'GET', url }, sample ?? { as: 'person' }, f, stranger);
      const body = draft.body.kind === 'form' ? draft.body.pairs : [];
      const image = await databaseImage(world);
      for (const method of ['GET', 'HEAD'])
        await sender.send({ ...wireOf({ ...draft, body: { kind: 'none' }, query: body }), method });
      assert.deepEqual(effectsBetween(image, await databaseImage(world)), [], name);
    }
  });

  it('keeps cookies out of requests that other sites make, and out of the hands of scripts', async () => {
    const browser = world.stranger();
    const { headers } = await browser.get('/signin');
    for (const cookie of headers.getSetCookie()) {
      assert.match(cookie, /; SameSite=Lax/);
      assert.match(cookie, /; HttpOnly/);
    }
  });

  it('opens no frame on any page', async () => {
    let pages = 0;
    for (const endpoint of endpoints.filter(({ method }) => method === 'GET'))
      for (const sample of endpoint.samples(f)) {
        const answer = await sender.send(wireOf(draftOf(endpoint, sample, f, stranger)));
        if (!String(answer.headers['content-type']).startsWith('text/html')) continue;
        pages += 1;
        assert.match(
          String(answer.headers['content-security-policy']),
          /frame-ancestors 'none'/,
          endpoint.name,
        );
        assert.equal(answer.headers['x-frame-options'], 'DENY', endpoint.name);
      }
    assert.ok(pages > 20);
  });
});

describe('a session', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const sessionOf = (browser: { cookies: Map<string, string> }): string =>
    browser.cookies.get('gatehouse_session') ?? '';
  /** Is a person let in with it? */
  async function isAlive(cookie: string): Promise<boolean> {
    const answer = await fetch(`${world.url}/account`, {
      redirect: 'manual',
      headers: { cookie: `gatehouse_session=${cookie}` },
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  }

  it('is a new one at each login and sign-up, whatever cookie was planted', async () => {
    const acme = await world.organization();
    const victim = await world.person(acme);
    const attacker = await world.person(acme);
    const planted = sessionOf(attacker.browser);
    const fixed = ['x', 's'.repeat(45), planted];
    for (const cookie of fixed) {
      const browser = openBrowser(world.url);
      browser.cookies.set('gatehouse_session', cookie);
      // A form of the attacker's session would go with the planted cookie.
      await browser.submit('/signin?switch=1', { email: victim.email, password: PASSWORD }, '/signin');
      const fresh = sessionOf(browser);
      assert.notEqual(fresh, cookie);
      assert.equal(await isAlive(fresh), true);
    }
    // It was given up by whoever logged in over it.
    assert.equal(await isAlive(planted), false);

    const browser = openBrowser(world.url);
    browser.cookies.set('gatehouse_session', 'planted');
    const form = { name: 'New', email: 'new@example.test', company: 'New', password: PASSWORD };
    assert.equal((await browser.submit('/signup', form)).status, 303);
    assert.notEqual(sessionOf(browser), 'planted');
    assert.equal(await isAlive(sessionOf(browser)), true);
  });

  it('has another CSRF token than the one before it in the same browser', async () => {
    const acme = await world.organization();
    const person = await world.person(acme);
    const tokenOf = async () =>
      /name="csrf_token" value="([^"]+)"/.exec((await person.browser.get('/account')).text)?.[1];
    const before = await tokenOf();
    await person.browser.submit('/signin?switch=1', { email: person.email, password: PASSWORD }, '/signin');
    const after = await tokenOf();
    assert.ok(before && after);
    assert.notEqual(after, before);
    const late = await person.browser.post('/account/profile', { csrf_token: before, name: 'Late' });
    assert.equal(late.status, 403);
  });

  it('ends with a new password, by link and by form, and with signing out', async () => {
    const acme = await world.organization();
    const person = await world.person(acme);
    const other = openBrowser(world.url);
    await other.logIn(person.email, PASSWORD);
    const stolen = sessionOf(other);
    const next = 'correct horse battery staple two';
    const fields = { current_password: PASSWORD, new_password: next };
    assert.equal((await person.browser.submit('/account', fields, '/account/password')).status, 303);
    assert.equal(await isAlive(stolen), false);
    assert.equal(await isAlive(sessionOf(person.browser)), true);

    await openBrowser(world.url).submit('/forgot-password', { email: person.email });
    const [mail] = await world.server.services.identity.outbox.latest(1);
    const link = /\/reset-password\?token=\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    const kept = sessionOf(person.browser);
    assert.equal((await openBrowser(world.url).submit(link, { password: PASSWORD })).status, 303);
    assert.equal(await isAlive(kept), false);

    await person.browser.logIn(person.email, PASSWORD);
    const last = sessionOf(person.browser);
    await person.browser.submit('/signout', {});
    assert.equal(await isAlive(last), false);
  });
});
