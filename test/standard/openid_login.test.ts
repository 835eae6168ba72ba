import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { type Browser, hiddenFields, type PageAnswer } from '../support/browser_session.ts';
import {
  authorizeQuery,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  tokensFor,
  type World,
} from '../support/world.ts';
import { claimsOf, OPENID, SIGN_IN_APP, signIn, tampered, unsigned } from './openid_support.ts';
import { answerFor, byForm, pkcePair, post, refreshOf, standardQuery } from './support.ts';

describe('how a person shows up (OpenID Connect Core 1.0 §3.1.2.1)', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, SIGN_IN_APP);
  });
  after(() => world.close());

  const ask = (browser: Browser, more: Record<string, string>, of = app) =>
    browser.get(standardQuery(of, { scope: OPENID, state: 's', ...more }));
  const back = (answer: PageAnswer): URLSearchParams => {
    assert.equal(answer.status, 303, answer.text.slice(0, 200));
    assert.ok(answer.location?.startsWith(`${REDIRECT}?`), `led to ${answer.location}`);
    return new URL(answer.location ?? '').searchParams;
  };
  const silent = async (browser: Browser, more: Record<string, string> = {}, of = app) => {
    const answer = back(await ask(browser, { prompt: 'none', ...more }, of));
    assert.equal(answer.get('iss'), world.url);
    assert.equal(answer.get('state'), 's');
    return answer.get('error') ?? (answer.get('code') === null ? 'nothing' : 'code');
  };
  const exchange = async (code: string | null) => {
    const form = {
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: REDIRECT,
      ...byForm(app),
    };
    const answer = await post(world, '/oauth2/token', form);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body as { id_token: string };
  };
  const person = () => world.person(acme, { account: 'member' });

  describe('prompt=none', () => {
    it('answers with a code, or says what would have to be asked', async () => {
      assert.equal(await silent(owner.browser), 'code');
      assert.equal(await silent(world.stranger()), 'login_required');
    });

    it('says consent_required where the person has not allowed it, and not a moment later', async () => {
      const open = await world.app(owner, acme, { ...SIGN_IN_APP, scopes: [], visibility: 'public' });
      const somebody = await person();
      assert.equal(await silent(somebody.browser, {}, open), 'consent_required');
      const asked = await ask(somebody.browser, {}, open);
      await somebody.browser.submit(asked.location ?? '', { decision: 'allow' });
      assert.equal(await silent(somebody.browser, {}, open), 'code');
    });

    it('says account_selection_required to a person of two organizations', async () => {
      const open = await world.app(owner, acme, { ...SIGN_IN_APP, scopes: [], visibility: 'public' });
      const other = await world.organization('Other');
      const somebody = await person();
      await world.server.composition.storage.write(({ identity }) =>
        identity.addMembership({
          licenseId: other.licenseId,
          accountId: somebody.accountId,
          accountRole: 'member',
          chatRole: 'normal',
          suspendedAt: null,
          createdAt: world.server.clock.now(),
        }),
      );
      assert.equal(await silent(somebody.browser, {}, open), 'account_selection_required');
      assert.equal(await silent(somebody.browser, { organization_id: other.id }, open), 'consent_required');
    });

    it('sends nobody to an address that is not registered', async () => {
      const answer = await ask(world.stranger(), { prompt: 'none', redirect_uri: 'https://evil.example/' });
      assert.match(answer.location ?? '', /^\/ooops/);
    });

    it('sends nobody on to an app that registered itself before they logged in', async () => {
      const settings = world.server.services.registration.settings;
      const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
      await settings.setMode({ licenseId: acme.licenseId, accountId: owner.accountId, actor }, 'open');
      const registered = await fetch(`${world.url}/oauth2/register/${acme.id}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: [REDIRECT], scope: OPENID }),
      });
      assert.equal(registered.status, 201);
      const { client_id: clientId } = (await registered.json()) as { client_id: string };
      const { challenge } = pkcePair();
      const more = { code_challenge: challenge, code_challenge_method: 'S256', prompt: 'none' };
      const own = { ...app, clientId };
      const stranger = await ask(world.stranger(), more, own);
      assert.match(stranger.location ?? '', /^\/signin/);
      assert.equal(await silent(owner.browser, more, own), 'consent_required');
    });

    it('says login_required where the login is too old', async () => {
      const somebody = await person();
      world.server.clock.advance(seconds(120));
      assert.equal(await silent(somebody.browser, { max_age: '60' }), 'login_required');
      assert.equal(await silent(somebody.browser, { max_age: '3600' }), 'code');
    });
  });

  const logInAgain = async (somebody: Person, asked: PageAnswer, as = somebody.email) => {
    assert.match(asked.location ?? '', /^\/signin\?handle=.*&switch=again$/);
    const form = await somebody.browser.get(asked.location ?? '');
    assert.match(form.text, /Please log in again/);
    assert.match(form.text, new RegExp(`value="${somebody.email}"`));
    const hidden = hiddenFields(form.text);
    return somebody.browser.post('/signin', { ...hidden, email: as, password: PASSWORD });
  };

  for (const [words, more] of [
    ['prompt=login', { prompt: 'login' }],
    ['max_age, when the login is older', { max_age: '60' }],
    ['max_age=0', { max_age: '0' }],
  ] as const)
    it(`asks for the password again for ${words}, once, and says in auth_time when that was`, async () => {
      const somebody = await person();
      world.server.clock.advance(seconds(300));
      const before = world.server.clock.now();
      const code = back(await logInAgain(somebody, await ask(somebody.browser, more))).get('code');
      const { auth_time: authTime } = claimsOf((await exchange(code)).id_token);
      assert.ok(Number(authTime) >= Math.floor(before / 1_000_000));
    });

  it('asks again on the next request with prompt=login, also by a pushed one', async () => {
    const somebody = await person();
    await logInAgain(somebody, await ask(somebody.browser, { prompt: 'login' }));
    const again = await ask(somebody.browser, { prompt: 'login' });
    assert.match(again.location ?? '', /switch=again/);
    const form = { response_type: 'code', redirect_uri: REDIRECT, scope: OPENID, prompt: 'login' };
    const pushed = await post(world, '/oauth2/par', { ...form, ...byForm(app) });
    assert.equal(pushed.status, 201, JSON.stringify(pushed.body));
    // Logged in between the push and the visit: not for this request.
    await somebody.browser.logIn(somebody.email, PASSWORD);
    const { request_uri } = pushed.body;
    const visit = await somebody.browser.get(
      `/oauth2/authorize?${new URLSearchParams({ client_id: app.clientId, request_uri })}`,
    );
    assert.match(visit.location ?? '', /switch=again/);
  });

  it('lets the person go on with the present account or another for prompt=select_account', async () => {
    const somebody = await person();
    const asked = await ask(somebody.browser, { prompt: 'select_account' });
    assert.match(asked.location ?? '', /^\/choose-account\?handle=/);
    const page = await somebody.browser.get(asked.location ?? '');
    assert.match(page.text, new RegExp(somebody.email));
    const hidden = hiddenFields(page.text);
    const other = await somebody.browser.post('/choose-account', { ...hidden, account: 'other' });
    assert.match(other.location ?? '', /^\/signin\?handle=.*switch=1$/);
    const on = back(await somebody.browser.post('/choose-account', { ...hidden, account: 'present' }));
    assert.equal(claimsOf((await exchange(on.get('code'))).id_token).sub, somebody.accountId);
  });

  it('goes on with the account that was logged in to instead', async () => {
    const [somebody, other] = [await person(), await person()];
    const asked = await ask(somebody.browser, { prompt: 'select_account' });
    const form = await somebody.browser.submit(asked.location ?? '', { account: 'other' }, '/choose-account');
    const code = back(
      await somebody.browser.submit(
        form.location ?? '',
        { email: other.email, password: PASSWORD },
        '/signin',
      ),
    ).get('code');
    assert.equal(claimsOf((await exchange(code)).id_token).sub, other.accountId);
  });

  describe('id_token_hint', () => {
    it('names the person: the very one goes on, another has to log in', async () => {
      const [somebody, other] = [await person(), await person()];
      const { id_token: hint } = await signIn(world, somebody, app);
      assert.equal(await silent(somebody.browser, { id_token_hint: hint }), 'code');
      assert.equal(await silent(other.browser, { id_token_hint: hint }), 'login_required');
      world.server.clock.advance(seconds(7_200));
      assert.equal(await silent(somebody.browser, { id_token_hint: hint }), 'code');
    });

    it('does not take another person for the one who was asked for', async () => {
      const [somebody, other] = [await person(), await person()];
      const { id_token: hint } = await signIn(world, somebody, app);
      const asked = await ask(other.browser, { id_token_hint: hint });
      assert.equal(back(await logInAgain(other, asked)).get('error'), 'login_required');
      const right = await logInAgain(
        other,
        await ask(other.browser, { id_token_hint: hint }),
        somebody.email,
      );
      assert.ok(back(right).get('code'));
    });

    it('is refused when it is none of ours, or another app’s', async () => {
      const foreign = await world.app(owner, acme, SIGN_IN_APP);
      const { id_token: good } = await signIn(world, owner, app);
      const { id_token: others } = await signIn(world, owner, foreign);
      const [header, payload] = good.split('.');
      const hints = {
        'with other claims': tampered(good, { sub: 'somebody else' }),
        'without a signature': unsigned(good),
        'cut off': `${header}.${payload}.`,
        'of another app': others,
        nonsense: 'nonsense',
        'much too long': `${good}${'x'.repeat(1_000)}`,
      };
      for (const [name, hint] of Object.entries(hints)) {
        assert.equal(
          back(await ask(owner.browser, { id_token_hint: hint })).get('error'),
          'invalid_request',
          name,
        );
        const pushed = { response_type: 'code', redirect_uri: REDIRECT, id_token_hint: hint };
        const answer = await post(world, '/oauth2/par', { ...pushed, ...byForm(app) });
        assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request'], name);
      }
    });
  });

  it('refuses what cannot be meant, to the app', async () => {
    const cases: [Record<string, string>, string][] = [
      [{ prompt: 'none login' }, 'invalid_request'],
      [{ prompt: 'create' }, 'invalid_request'],
      [{ max_age: '-1' }, 'invalid_request'],
      [{ max_age: 'soon' }, 'invalid_request'],
      [{ max_age: '9'.repeat(20) }, 'invalid_request'],
      [{ nonce: 'n'.repeat(1_025) }, 'invalid_request'],
      [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
      [{ scope: 'openid offline' }, 'invalid_scope'],
    ];
    for (const [more, error] of cases)
      assert.equal(back(await ask(owner.browser, more)).get('error'), error, JSON.stringify(more));
    const counts = await ask(owner.browser, { max_age: '', nonce: '', prompt: '', id_token_hint: '' });
    assert.ok(back(counts).get('code'), 'an empty parameter counts as left out');
    for (const doubled of ['nonce=a&nonce=b', 'max_age=1&max_age=2', 'prompt=login&prompt=none']) {
      const answer = await owner.browser.get(`${standardQuery(app, { scope: OPENID })}&${doubled}`);
      assert.equal(answer.status, 400, doubled);
    }
    for (const name of ['nonce', 'max_age', 'prompt', 'id_token_hint', 'request'])
      assert.equal((await ask(owner.browser, { [name]: 'a\0b' })).status, 400, name);
    for (const name of ['nonce', 'max_age', 'prompt'])
      assert.equal(
        back(await ask(owner.browser, { [name]: 'a\r\nb: c' })).get('error'),
        'invalid_request',
        name,
      );
  });

  describe('what the tokens say', () => {
    it('comes with the scopes, and not without', async () => {
      const claims = async (scope: string) => {
        const { id_token: token } = await signIn(world, owner, app, { scope });
        const { name, email, email_verified: verified } = claimsOf(token);
        return [name, email, verified];
      };
      assert.deepEqual(await claims('openid'), [undefined, undefined, undefined]);
      assert.deepEqual(await claims('openid profile'), ['Person 1', undefined, undefined]);
      assert.deepEqual(await claims('openid email'), [undefined, owner.email, true]);
      const { id_token: none } = await signIn(world, owner, app, { scope: 'profile email' });
      assert.equal(none, undefined);
    });

    it('has the nonce as it came, and the organization', async () => {
      const nonce = 'sp ace "quote" é';
      const { id_token: token } = await signIn(world, owner, app, { nonce });
      const claims = claimsOf(token);
      assert.equal(claims.nonce, nonce);
      assert.equal(claims['urn:gatehouse:organization_id'], acme.id);
      assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 3_600);
    });

    it('leaves the ID token out of a refresh that asks for less', async () => {
      const { refresh_token: refresh } = await signIn(world, owner, app, {
        scope: `${OPENID} customers:own`,
      });
      const less = await post(world, '/oauth2/token', { ...refreshOf(app, refresh), scope: 'customers:own' });
      assert.deepEqual([less.body.scope, less.body.id_token], ['customers:own', undefined]);
      const all = await post(world, '/oauth2/token', refreshOf(app, refresh));
      assert.ok(all.body.id_token);
    });
  });

  describe("in LiveChat's dialect", () => {
    it('leaves the scopes of OpenID Connect out', async () => {
      const tokens = await tokensFor(world, owner, app);
      assert.equal(tokens.scope, 'chats--all:ro,customers:own');
      const named = await owner.browser.get(authorizeQuery(app, { scope: 'openid,chats--all:ro,email' }));
      const form = {
        code: new URL(named.location ?? '').searchParams.get('code') ?? '',
        redirect_uri: REDIRECT,
      };
      const answer = await world.token({ grant_type: 'authorization_code', ...form, ...byForm(app) });
      assert.equal(answer.body.scope, 'chats--all:ro');
      assert.equal(answer.body.id_token, undefined);
    });

    it('refuses a request that names nothing else, and every prompt but its own', async () => {
      for (const [more, expected] of [
        [{ scope: 'openid' }, /oauth_exception=invalid_scope/],
        [{ prompt: 'login' }, /oauth_exception=invalid_request/],
        [{ prompt: 'none' }, /oauth_exception=invalid_request/],
      ] as const)
        assert.match((await owner.browser.get(authorizeQuery(app, more))).location ?? '', expected);
    });

    it('does not name them either for a code of the standard dialect', async () => {
      const code = (await answerFor(owner, app, { scope: `${OPENID} customers:own` })).get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
      const answer = await world.token({ ...form, ...byForm(app) });
      assert.deepEqual([answer.body.scope, answer.body.id_token], ['customers:own', undefined]);
    });
  });
});
