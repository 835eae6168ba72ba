import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { type Browser, hiddenFields } from './support/browser_session.ts';
import { codeAt, firstStep, nextStep, secretIn, withTwoStep } from './support/factors.ts';
import { authorizeQuery, type Organization, openWorld, PASSWORD, type World } from './support/world.ts';

describe('the second step of signing in', () => {
  let world: World;
  let acme: Organization;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
  });
  after(() => world.close());

  const person = async () => withTwoStep(world, await world.person(acme));
  const verify = (browser: Browser, path: string, fields: Record<string, string>) =>
    browser.submit(path, fields, '/signin/verify');
  const mailsTo = async (email: string) =>
    (await world.server.services.identity.outbox.latest(50)).filter((mail) => mail.recipient === email);
  const auditOf = async (accountId: string) =>
    (
      await world.server.composition.database.read.query((db) =>
        db.selectFrom('audit_log').select('action').where('account_id', '=', accountId),
      )
    ).map(({ action }) => action);
  const loggedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;

  it('is set up with a code, ends other sessions, tells the person, and is asked for from then on', async () => {
    const ann = await world.person(acme);
    const elsewhere = world.stranger();
    await elsewhere.logIn(ann.email, PASSWORD);
    const { secret } = await withTwoStep(world, ann);
    assert.equal(await loggedIn(ann.browser), true);
    assert.equal(await loggedIn(elsewhere), false);
    assert.match((await ann.browser.get('/account/security')).text, /10 recovery codes left/);
    const [mail] = await mailsTo(ann.email);
    assert.match(mail?.subject ?? '', /Two-step sign-in is on/);
    assert.ok((await auditOf(ann.accountId)).includes('two_step.turned_on'));

    const browser = world.stranger();
    const path = await firstStep(browser, ann.email);
    assert.equal(browser.cookies.get('gatehouse_session'), undefined, 'no session before the second step');
    assert.equal(await loggedIn(browser), false);
    const page = await browser.get(path);
    assert.match(page.text, /Enter your code/);
    assert.match(page.text, new RegExp(ann.email));
    const done = await verify(browser, path, { code: codeAt(world, secret) });
    assert.equal(done.location, '/console');
    assert.equal(await loggedIn(browser), true);
    assert.equal(browser.cookies.get('gatehouse_sign_in'), undefined);
    const sessions = await world.server.services.identity.sessions.list(ann.accountId);
    assert.deepEqual(
      sessions.map(({ amr }) => amr),
      [
        ['pwd', 'otp', 'mfa'],
        ['pwd', 'otp', 'mfa'],
      ],
    );
  });

  it('takes the code before and after the present one, and no older or newer one', async () => {
    const ann = await person();
    for (const [aside, taken] of [
      [-2, false],
      [2, false],
      [-1, true],
      [1, true],
    ] as const) {
      const browser = world.stranger();
      const path = await firstStep(browser, ann.email);
      const answer = await verify(browser, path, { code: codeAt(world, ann.secret, aside) });
      assert.equal(answer.status, taken ? 303 : 401, `${aside}`);
    }
  });

  it('refuses the code that turned it on, and a code that was used', async () => {
    const ann = await world.person(acme);
    const setup = await ann.browser.get('/account/two-step');
    const secret = secretIn(setup.text);
    const code = codeAt(world, secret);
    await ann.browser.post('/account/two-step', { ...hiddenFields(setup.text), code });
    const browser = world.stranger();
    const path = await firstStep(browser, ann.email);
    const replayed = await verify(browser, path, { code });
    assert.equal(replayed.status, 401);
    assert.match(replayed.text, /was used already/);
    nextStep(world);
    const fresh = codeAt(world, secret);
    assert.equal((await verify(browser, path, { code: fresh })).status, 303);
    const again = world.stranger();
    assert.equal((await verify(again, await firstStep(again, ann.email), { code: fresh })).status, 401);
    assert.ok((await auditOf(ann.accountId)).includes('second_step.refused'));
  });

  it('throttles wrong codes per account, across browsers, and says how long to wait', async () => {
    const ann = await person();
    const [other, browser] = [world.stranger(), world.stranger()];
    const elsewhere = await firstStep(other, ann.email);
    for (let count = 0; count < 10; count++)
      assert.equal((await verify(other, elsewhere, { code: '000000' })).status, 401);
    const path = await firstStep(browser, ann.email);
    const locked = await verify(browser, path, { code: codeAt(world, ann.secret) });
    assert.equal(locked.status, 429);
    assert.ok(Number(locked.headers.get('retry-after')) > 0);
    assert.match(locked.text, /Too many tries\. Wait \d+/);
    const recovery = await verify(browser, path, { recovery_code: ann.recoveryCodes[0] ?? '' });
    assert.equal(recovery.status, 429);
    world.server.clock.advance(seconds(15 * 60 + 1));
    const later = await firstStep(browser, ann.email);
    assert.equal((await verify(browser, later, { code: codeAt(world, ann.secret) })).status, 303);
  });

  it('lets a recovery code in once, tells the person, and takes it however it is typed', async () => {
    const ann = await person();
    const [first = ''] = ann.recoveryCodes;
    const browser = world.stranger();
    const path = `${await firstStep(browser, ann.email)}?with=recovery`;
    assert.match((await browser.get(path)).text, /Enter a recovery code/);
    const typed = ` ${first.toUpperCase().replace('-', ' ')} `;
    assert.equal((await verify(browser, path, { recovery_code: typed })).location, '/console');
    const [mail] = await mailsTo(ann.email);
    assert.match(mail?.subject ?? '', /recovery code was used/);
    assert.match(mail?.text ?? '', /9 codes left/);
    assert.ok((await auditOf(ann.accountId)).includes('recovery_code.used'));

    const again = world.stranger();
    const verifyPath = await firstStep(again, ann.email);
    assert.equal((await verify(again, verifyPath, { recovery_code: first })).status, 401);
  });

  describe('between the two steps', () => {
    it('is bound to the browser that gave the password', async () => {
      const ann = await person();
      const browser = world.stranger();
      const path = await firstStep(browser, ann.email);
      const thief = world.stranger();
      await thief.get('/signin');
      const cookie = browser.cookies.get('gatehouse_sign_in') ?? '';
      assert.ok(cookie);
      thief.cookies.set('gatehouse_sign_in', cookie);
      assert.match((await thief.get(path)).location ?? '', /^\/signin\?expired=1/);
      const { csrf_token = '' } = hiddenFields((await thief.get('/signin')).text);
      thief.cookies.set('gatehouse_sign_in', cookie);
      const answer = await thief.post('/signin/verify', { csrf_token, code: codeAt(world, ann.secret) });
      assert.match(answer.location ?? '', /^\/signin\?expired=1/);
      assert.equal(await loggedIn(thief), false);
      thief.cookies.set('gatehouse_session', cookie);
      assert.equal(await loggedIn(thief), false, 'the pending cookie is no session');
      assert.equal((await verify(browser, path, { code: codeAt(world, ann.secret) })).status, 303);
    });

    it('ends after ten minutes, after a new password, and after one use', async () => {
      const ann = await person();
      const browser = world.stranger();
      let path = await firstStep(browser, ann.email);
      world.server.clock.advance(seconds(601));
      assert.match((await browser.get(path)).location ?? '', /expired=1/);
      assert.match((await browser.get('/signin?expired=1')).text, /took too long/);

      path = await firstStep(browser, ann.email);
      await ann.browser.submit(
        '/account',
        { current_password: PASSWORD, new_password: 'a fine new passphrase' },
        '/account/password',
      );
      const { csrf_token = '' } = hiddenFields((await browser.get('/signin')).text);
      const answer = await browser.post('/signin/verify', {
        csrf_token,
        code: codeAt(world, ann.secret),
      });
      assert.match(answer.location ?? '', /expired=1/);
      assert.equal(await loggedIn(browser), false);
    });

    it('begins a new session and ends the one that was there', async () => {
      const ann = await person();
      const eve = await world.person(acme);
      const planted = eve.browser.cookies.get('gatehouse_session') ?? '';
      const browser = world.stranger();
      await browser.get('/signin');
      browser.cookies.set('gatehouse_session', planted);
      const path = await firstStep(browser, ann.email, '/signin?switch=1');
      assert.equal(
        browser.cookies.get('gatehouse_session'),
        planted,
        'nothing changes before the second step',
      );
      await verify(browser, path, { code: codeAt(world, ann.secret) });
      assert.notEqual(browser.cookies.get('gatehouse_session'), planted);
      assert.match((await browser.get('/account')).text, new RegExp(ann.email));
      assert.equal(await loggedIn(eve.browser), false, 'the planted session is dead');
    });

    it('goes on to the page that asked, with "keep me logged in", and never to another site', async () => {
      const ann = await person();
      const browser = world.stranger();
      const asked = await browser.get('/account/apps');
      const answer = await browser.submit(
        asked.location ?? '',
        { email: ann.email, password: PASSWORD, keep_logged_in: '1' },
        '/signin',
      );
      assert.equal(answer.location, '/signin/verify?next=%2Faccount%2Fapps');
      const done = await verify(browser, answer.location ?? '', { code: codeAt(world, ann.secret) });
      assert.equal(done.location, '/account/apps');
      const cookie = done.headers.getSetCookie().find((line) => line.startsWith('gatehouse_session=')) ?? '';
      assert.match(cookie, /Max-Age=2592000/);
      const away = world.stranger();
      await firstStep(away, ann.email);
      nextStep(world);
      const path = '/signin/verify?next=https://evil.example/';
      assert.equal((await verify(away, path, { code: codeAt(world, ann.secret) })).location, '/console');
    });

    it('lets the authorization that waited go on', async () => {
      const ann = await person();
      const owner = await world.person(acme);
      const app = await world.app(owner, acme);
      const browser = world.stranger();
      const asked = await browser.get(authorizeQuery(app, { state: 'xyz' }));
      const path = await firstStep(browser, ann.email, asked.location ?? '');
      const page = await browser.get(path);
      assert.match(page.text, /to continue to/);
      assert.match(
        page.headers.get('content-security-policy') ?? '',
        /form-action 'self' https:\/\/www\.example\.com/,
      );
      const done = await verify(browser, path, { code: codeAt(world, ann.secret) });
      const address = new URL(done.location ?? '', world.url);
      assert.equal(address.origin, 'https://www.example.com');
      assert.ok(address.searchParams.get('code'));
      assert.equal(address.searchParams.get('state'), 'xyz');
    });

    it('is not passed over by a reset link', async () => {
      const ann = await person();
      const browser = world.stranger();
      await browser.submit('/forgot-password', { email: ann.email });
      const [mail] = await mailsTo(ann.email);
      const link = /(\/reset-password\?token=[A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      const reset = await browser.submit(link, { password: PASSWORD.toUpperCase() }, '/reset-password');
      assert.equal(reset.location, '/signin?reset=1');
      const fields = { email: ann.email, password: PASSWORD.toUpperCase() };
      const answer = await browser.submit('/signin', fields);
      assert.match(answer.location ?? '', /^\/signin\/verify/);
      assert.equal(await loggedIn(browser), false);
    });

    it('says so when the key of the server was replaced since', async () => {
      const ann = await person();
      await world.server.composition.database.write((session) =>
        session.execute((db) =>
          db
            .updateTable('totp_factors')
            .set({ sealed_secret: Buffer.alloc(60).toString('base64') })
            .where('account_id', '=', ann.accountId),
        ),
      );
      const browser = world.stranger();
      const answer = await verify(browser, await firstStep(browser, ann.email), { code: '123456' });
      assert.equal(answer.status, 409);
      assert.match(answer.text, /ask the operator/);
    });

    it('leaves a wrong password and an unknown account alike', async () => {
      const ann = await person();
      const plain = async (email: string) => {
        const answer = await world.stranger().submit('/signin', { email, password: 'wrong password' });
        const text = answer.text.replaceAll(email, '').replace(/name="csrf_token" value="[^"]+"/g, '');
        return { status: answer.status, cookies: answer.headers.getSetCookie().length, text };
      };
      assert.deepEqual(await plain(ann.email), await plain('nobody@example.test'));
    });

    const bad: [string, Record<string, string>, number][] = [
      ['nothing', {}, 400],
      ['an empty code', { code: '  ' }, 400],
      ['an empty recovery code', { recovery_code: '' }, 400],
      ['five digits', { code: '12345' }, 401],
      ['seven digits', { code: '1234567' }, 401],
      ['letters', { code: 'abcdef' }, 401],
      ['digits of another script', { code: '١٢٣٤٥٦' }, 401],
      ['10 000 digits', { code: '1'.repeat(10_000) }, 401],
      ['a NUL', { code: '12345\u0000' }, 400],
      ['CRLF', { code: '123\r\n456' }, 401],
      ['a recovery code of 10 000 letters', { recovery_code: 'a'.repeat(10_000) }, 401],
      ['a recovery code of signs', { recovery_code: '%_%_%-%_%_%' }, 401],
      ['a recovery code of emoji', { recovery_code: '😀😀😀😀😀😀😀😀😀😀' }, 401],
    ];
    it('refuses bad input and does nothing', async () => {
      const ann = await person();
      const browser = world.stranger();
      const path = await firstStep(browser, ann.email);
      for (const [what, fields, status] of bad) {
        const answer = await verify(browser, path, fields);
        assert.equal(answer.status, status, what);
        assert.equal(await loggedIn(browser), false, what);
        await world.server.services.identity.throttle.clear('second_factor_account', ann.accountId);
      }
      assert.equal((await world.server.services.identity.twoStep.state(ann.accountId)).codesLeft, 10);
      const { csrf_token = '' } = hiddenFields((await browser.get(path)).text);
      const answer = await fetch(`${world.url}/signin/verify`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
        body: `csrf_token=${csrf_token}&code=1&code=2`,
      });
      assert.equal(answer.status, 400);
    });
  });
});
