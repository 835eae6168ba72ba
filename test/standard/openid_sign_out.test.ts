import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days } from '../../server/kernel/clock.ts';
import { type Browser, hiddenFields } from '../support/browser_session.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { anotherBrowser, BYE, SIGN_IN_APP, signIn, tampered, unsigned } from './openid_support.ts';
import { post, refreshOf } from './support.ts';

const LOGOUT = '/oauth2/logout';

describe('signing out by an app (OpenID Connect RP-Initiated Logout 1.0)', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let somebody: Person;
  let app: RegisteredApp;
  let other: RegisteredApp;
  let hint: string;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, SIGN_IN_APP);
    other = await world.app(owner, acme, SIGN_IN_APP);
    somebody = await world.person(acme, { account: 'member' });
    hint = (await signIn(world, owner, app)).id_token;
  });
  after(() => world.close());

  const visit = (browser: Browser, parameters: Record<string, string>) =>
    browser.get(`${LOGOUT}?${new URLSearchParams(parameters)}`);
  const isLoggedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;
  /** A session of its own for each test, and an ID token of it. */
  const loggedIn = async (remember = false) => {
    const person = await anotherBrowser(world, acme, owner, remember);
    const { id_token: token, refresh_token: refresh } = await signIn(world, person, app, { scope: 'openid' });
    return { person, hint: token, refresh };
  };

  it('ends the session at once for an ID token of this very session, and goes where the app asks', async () => {
    const { person, hint: own } = await loggedIn();
    const answer = await visit(person.browser, {
      id_token_hint: own,
      post_logout_redirect_uri: BYE,
      state: 'a b&c',
    });
    assert.equal(answer.status, 303);
    assert.equal(answer.location, `${BYE}?state=a%20b%26c`);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(await isLoggedIn(person.browser), false);
  });

  it('ends on a page of this server where the app names no address', async () => {
    const { person, hint: own } = await loggedIn();
    const answer = await visit(person.browser, { id_token_hint: own });
    assert.equal(answer.status, 200);
    assert.match(answer.text, /You are signed out/);
    assert.equal(await isLoggedIn(person.browser), false);
  });

  it('leaves the tokens of the app as they are', async () => {
    const { person, hint: own, refresh } = await loggedIn();
    await visit(person.browser, { id_token_hint: own });
    const again = await post(world, '/oauth2/token', refreshOf(app, refresh));
    assert.equal(again.status, 200, JSON.stringify(again.body));
  });

  it('takes an ID token that expired long ago', async () => {
    const { person: remembered, hint: own } = await loggedIn(true);
    world.server.clock.advance(days(20));
    assert.ok(await isLoggedIn(remembered.browser));
    const answer = await visit(remembered.browser, { id_token_hint: own, post_logout_redirect_uri: BYE });
    assert.equal(answer.location, BYE);
    assert.equal(await isLoggedIn(remembered.browser), false);
    owner = await anotherBrowser(world, acme, owner);
  });

  it('takes a form of the app by POST, which comes without our cookies', async () => {
    const { person, hint: own } = await loggedIn();
    const response = await fetch(world.url + LOGOUT, {
      method: 'POST',
      body: new URLSearchParams({ id_token_hint: own, post_logout_redirect_uri: BYE, unknown: 'x' }),
      redirect: 'manual',
    });
    assert.equal(response.status, 303);
    const address = response.headers.get('location') ?? '';
    assert.ok(address.startsWith(`${LOGOUT}?id_token_hint=`));
    assert.ok(!address.includes('unknown'));
    assert.equal((await person.browser.get(address)).location, BYE);
    assert.equal(await isLoggedIn(person.browser), false);
  });

  describe('asks the person first', () => {
    const asks = async (browser: Browser, parameters: Record<string, string>) => {
      const page = await visit(browser, parameters);
      assert.equal(page.status, 200, page.text.slice(0, 300));
      assert.match(page.text, /Sign out\?/);
      assert.ok(await isLoggedIn(browser), 'nothing has happened yet');
      return page;
    };

    it('without an ID token, with the app named by client_id', async () => {
      const { person } = await loggedIn();
      const page = await asks(person.browser, {
        client_id: app.clientId,
        post_logout_redirect_uri: BYE,
        state: '"><script>alert(1)</script>',
      });
      assert.match(page.text, /List Chats/);
      assert.ok(!page.text.includes('<script>alert'));
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /form-action 'self' https:\/\/www\.example\.com;/,
      );
      const done = await person.browser.post(`${LOGOUT}/confirm`, hiddenFields(page.text));
      assert.equal(done.status, 303);
      const back = new URL(done.location ?? '');
      assert.equal(back.origin + back.pathname, BYE);
      assert.equal(back.searchParams.get('state'), '"><script>alert(1)</script>');
      assert.equal(await isLoggedIn(person.browser), false);
    });

    it('without anything, and then ends here', async () => {
      const { person } = await loggedIn();
      const page = await asks(person.browser, {});
      const done = await person.browser.post(`${LOGOUT}/confirm`, hiddenFields(page.text));
      assert.match(done.text, /You are signed out/);
      assert.equal(await isLoggedIn(person.browser), false);
    });

    it('for an ID token of another person, or of an earlier session', async () => {
      const { person, hint: own } = await loggedIn();
      const later = await anotherBrowser(world, acme, owner);
      await asks(later.browser, { id_token_hint: own });
      const other = await anotherBrowser(world, acme, somebody);
      await asks(other.browser, { id_token_hint: own });
      await asks(person.browser, {
        id_token_hint: (await signIn(world, other, app, { scope: 'openid' })).id_token,
      });
    });

    it('for what is no ID token of this server', async () => {
      const { person, hint: own } = await loggedIn();
      const bad = [
        tampered(own, { sub: somebody.accountId }),
        tampered(own, { iat: 1 }),
        unsigned(own),
        'x',
        `${own}x`,
      ];
      for (const token of bad) await asks(person.browser, { id_token_hint: token });
    });

    it('and does nothing without the token of its own form', async () => {
      const { person } = await loggedIn();
      const page = await asks(person.browser, { client_id: app.clientId });
      const { csrf_token: _, ...rest } = hiddenFields(page.text);
      for (const form of [rest, { ...rest, csrf_token: 'x' }]) {
        assert.equal((await person.browser.post(`${LOGOUT}/confirm`, form)).status, 403);
        assert.ok(await isLoggedIn(person.browser));
      }
    });
  });

  describe('where nobody is logged in', () => {
    it('goes on at once for an ID token, and by a link for a client_id', async () => {
      const stranger = world.stranger();
      const known = await visit(stranger, { id_token_hint: hint, post_logout_redirect_uri: BYE, state: 's' });
      assert.equal(known.location, `${BYE}?state=s`);
      const named = await visit(stranger, { client_id: app.clientId, post_logout_redirect_uri: BYE });
      assert.equal(named.status, 200);
      assert.match(named.text, /href="https:\/\/www\.example\.com\/bye"/);
      assert.match((await visit(stranger, {})).text, /You are signed out/);
    });
  });

  it('refuses what is wrong, says why, and signs nobody out', async () => {
    const cases: [string, Record<string, string>, RegExp][] = [
      [
        'an address that is not registered',
        { id_token_hint: hint, post_logout_redirect_uri: `${BYE}/` },
        /not registered/,
      ],
      [
        'a foreign address',
        { client_id: app.clientId, post_logout_redirect_uri: 'https://evil.example/' },
        /not registered/,
      ],
      [
        'an address with a query',
        { id_token_hint: hint, post_logout_redirect_uri: `${BYE}?x=1` },
        /not registered/,
      ],
      [
        'an address with a line break',
        { id_token_hint: hint, post_logout_redirect_uri: `${BYE}\r\nx: y` },
        /not registered/,
      ],
      [
        'a redirect URI',
        { id_token_hint: hint, post_logout_redirect_uri: 'https://www.example.com/callback' },
        /not registered/,
      ],
      ['an address without an app', { post_logout_redirect_uri: BYE }, /needs an app/],
      [
        'an address with a bad ID token',
        { id_token_hint: unsigned(hint), post_logout_redirect_uri: BYE },
        /needs an app/,
      ],
      ['an unknown app', { client_id: 'f'.repeat(32) }, /No app has this client_id/],
      [
        'an ID token of another app',
        { id_token_hint: hint, client_id: other.clientId },
        /issued to another app/,
      ],
      ['a state without end', { id_token_hint: hint, state: 's'.repeat(2_049) }, /2049 characters/],
      ['an ID token without end', { id_token_hint: 'e'.repeat(4_097) }, /at most 4096/],
      ['a NUL', { id_token_hint: hint, state: 'a\0b' }, /NUL|U\+0000/],
    ];
    for (const [name, parameters, words] of cases) {
      const answer = await visit(owner.browser, parameters);
      assert.equal(answer.status, 400, name);
      assert.match(answer.text, words, name);
      assert.equal(answer.location, undefined, name);
      assert.ok(await isLoggedIn(owner.browser), name);
      // A form leads to the same.
      const form = await fetch(world.url + LOGOUT, {
        method: 'POST',
        body: new URLSearchParams(parameters),
        redirect: 'manual',
      });
      assert.ok(form.status === 400 || (form.headers.get('location') ?? '').startsWith(`${LOGOUT}?`), name);
    }
    for (const name of ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state']) {
      const doubled = await owner.browser.get(`${LOGOUT}?${name}=a&${name}=b`);
      assert.equal(doubled.status, 400, name);
      // An empty one counts as left out: the person is asked.
      assert.match((await owner.browser.get(`${LOGOUT}?${name}=`)).text, /Sign out\?/);
    }
    const json = await fetch(world.url + LOGOUT, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(json.status, 415);
    const head = await fetch(`${world.url}${LOGOUT}?id_token_hint=${hint}`, { method: 'HEAD' });
    assert.equal(head.status, 405);
    assert.ok(await isLoggedIn(owner.browser));
  });

  it('writes down that the session ended', async () => {
    const { person, hint: own } = await loggedIn();
    const before = await countEnded();
    await visit(person.browser, { id_token_hint: own });
    assert.equal(await countEnded(), before + 1);
  });

  const countEnded = async () => {
    const rows = await world.server.composition.database.read.query((db) =>
      db
        .selectFrom('audit_log')
        .select('action')
        .where('account_id', '=', owner.accountId)
        .where('action', '=', 'session.ended'),
    );
    return rows.length;
  };
});
