import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../../server/kernel/clock.ts';
import { eachEngine } from '../support/databases.ts';
import {
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { answerFor, basic, byForm, exchangeOf, opens, post, refreshOf, tokensOf } from './support.ts';

const TOKEN = '/oauth2/token';
const DESCRIPTION = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{20,}$/;

eachEngine((engine) => {
  describe('/oauth2/token', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    let webApp: RegisteredApp;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme, { optional: ['customers:own'] });
      webApp = await world.app(owner, acme, { type: 'javascript_app' });
    });
    after(() => world.close());

    describe('for a code', () => {
      it('gives tokens with scopes joined by spaces, which nobody keeps', async () => {
        const answer = await post(world, TOKEN, await exchangeOf(owner, app));
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        const { access_token, refresh_token, ...rest } = answer.body;
        assert.match(access_token, /^dal:a/);
        assert.match(refresh_token, /^r/);
        assert.deepEqual(rest, {
          token_type: 'Bearer',
          expires_in: 28_800,
          scope: 'chats--all:ro customers:own',
          account_id: owner.accountId,
          organization_id: acme.id,
        });
        assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
        assert.equal(await opens(world, access_token), 200);
      });

      it('takes the secret by Basic, in the body, and none of an app without one', async () => {
        const { client_id: _, client_secret: __, ...form } = await exchangeOf(owner, app);
        assert.equal((await post(world, TOKEN, form, basic(app))).status, 200);
        assert.equal((await post(world, TOKEN, await exchangeOf(owner, app))).status, 200);
        assert.equal((await post(world, TOKEN, await exchangeOf(owner, webApp))).status, 200);
      });

      it('does without the redirect URI where PKCE stands in (OAuth 2.1 §10.2), and only there', async () => {
        const { redirect_uri: _, ...form } = await exchangeOf(owner, app);
        assert.equal((await post(world, TOKEN, form)).status, 200);
        const code = (await answerFor(owner, app)).get('code') ?? '';
        const plain = { grant_type: 'authorization_code', code, ...byForm(app) };
        assert.equal((await post(world, TOKEN, plain)).body.error, 'invalid_grant');
        assert.equal((await post(world, TOKEN, { ...plain, redirect_uri: REDIRECT })).status, 200);
        const other = { ...(await exchangeOf(owner, app)), redirect_uri: `${REDIRECT}/` };
        assert.equal((await post(world, TOKEN, other)).body.error, 'invalid_grant');
      });

      it("takes a code of LiveChat's dialect, and gives one to it", async () => {
        const livechat = exchangeForm(app, await codeFor(owner, app));
        assert.equal((await post(world, TOKEN, livechat)).status, 200);
        const { code_verifier = '', code = '' } = await exchangeOf(owner, app);
        assert.equal((await world.token({ ...exchangeForm(app, code), code_verifier })).status, 200);
      });

      it('gives tokens to exactly one of fifty at once, and kills them with the replay', async () => {
        const form = await exchangeOf(owner, app);
        const answers = await Promise.all(Array.from({ length: 50 }, () => post(world, TOKEN, form)));
        const won = answers.filter((answer) => answer.status === 200);
        assert.equal(won.length, 1);
        assert.ok(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'));
        assert.equal(await opens(world, won[0]?.body.access_token), 401);
      });
    });

    describe('by refreshing', () => {
      it('gives a new access token', async () => {
        const first = await tokensOf(world, owner, app);
        const second = await post(world, TOKEN, refreshOf(app, first.refresh_token));
        assert.equal(second.status, 200);
        assert.equal(second.body.scope, 'chats--all:ro customers:own');
        assert.notEqual(second.body.access_token, first.access_token);
        assert.equal(await opens(world, second.body.access_token), 200);
      });

      for (const type of ['server_side_app', 'javascript_app'] as const)
        it(`of a ${type} gives a token for fewer scopes, and keeps the rest for later`, async () => {
          const narrow = await world.app(owner, acme, { type, optional: ['customers:own'] });
          const first = await tokensOf(world, owner, narrow);
          const form = { ...refreshOf(narrow, first.refresh_token), scope: 'customers:own' };
          const less = await post(world, TOKEN, form);
          assert.equal(less.body.scope, 'customers:own');
          assert.equal(await opens(world, less.body.access_token), 403);
          const again = await post(world, TOKEN, form);
          assert.equal(again.body.scope, 'customers:own', 'a retry says the same');
          const later = await post(world, TOKEN, refreshOf(narrow, less.body.refresh_token));
          assert.equal(later.body.scope, 'chats--all:ro customers:own');
        });

      it('never gives more scopes than were granted, and leaves the refresh token good', async () => {
        const { refresh_token } = await tokensOf(world, owner, webApp, { scope: 'chats--all:ro' });
        for (const scope of ['agents--all:rw', 'chats--all:ro customers:own', 'nonsense', 'a,b']) {
          const answer = await post(world, TOKEN, { ...refreshOf(webApp, refresh_token), scope });
          assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_scope']);
        }
        assert.equal((await post(world, TOKEN, refreshOf(webApp, refresh_token))).status, 200);
      });

      it('kills the family of a rotated token that comes back, even with a scope that is wrong', async () => {
        const first = await tokensOf(world, owner, webApp);
        const second = await post(world, TOKEN, refreshOf(webApp, first.refresh_token));
        world.server.clock.advance(seconds(11));
        const reused = { ...refreshOf(webApp, first.refresh_token), scope: 'agents--all:rw' };
        assert.equal((await post(world, TOKEN, reused)).body.error, 'invalid_grant');
        assert.equal(await opens(world, second.body.access_token), 401);
      });
    });

    describe('refuses a request', () => {
      type Change = (form: Record<string, string>) => Record<string, string>;
      const cases: [string, Change, number, string][] = [
        ['without a grant type', ({ grant_type: _, ...form }) => form, 400, 'invalid_request'],
        ['with an empty grant type', (form) => ({ ...form, grant_type: '' }), 400, 'invalid_request'],
        [
          'of an unknown grant type',
          (form) => ({ ...form, grant_type: 'password' }),
          400,
          'unsupported_grant_type',
        ],
        [
          "of LiveChat's spelling",
          (form) => ({ ...form, grant_type: 'code' }),
          400,
          'unsupported_grant_type',
        ],
        [
          'for an identity of its own',
          (form) => ({ ...form, grant_type: 'client_credentials' }),
          400,
          'unauthorized_client',
        ],
        ['without a client', ({ client_id: _, ...form }) => form, 401, 'invalid_client'],
        ['of an unknown client', (form) => ({ ...form, client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        ['without the secret', ({ client_secret: _, ...form }) => form, 401, 'invalid_client'],
        ['with a wrong secret', (form) => ({ ...form, client_secret: 'wrong' }), 401, 'invalid_client'],
        ['with an assertion', (form) => ({ ...form, client_assertion: 'e30.e30.' }), 401, 'invalid_client'],
        ['without a code', ({ code: _, ...form }) => form, 400, 'invalid_request'],
        ['with a code that is none', (form) => ({ ...form, code: 'dal:nonsense' }), 400, 'invalid_grant'],
        ['without the verifier', ({ code_verifier: _, ...form }) => form, 400, 'invalid_grant'],
        [
          'with another verifier',
          (form) => ({ ...form, code_verifier: 'x'.repeat(43) }),
          400,
          'invalid_grant',
        ],
        ['with an endless code', (form) => ({ ...form, code: 'x'.repeat(5000) }), 400, 'invalid_request'],
        ['with NUL in the code', (form) => ({ ...form, code: 'x\0' }), 400, 'invalid_request'],
      ];
      for (const [what, change, status, error] of cases)
        it(`${what}: ${error}, says why, and changes nothing`, async () => {
          const good = await exchangeOf(owner, app);
          const answer = await post(world, TOKEN, change(good));
          assert.deepEqual([answer.status, answer.body.error], [status, error]);
          assert.deepEqual(Object.keys(answer.body), ['error', 'error_description']);
          assert.match(answer.body.error_description, DESCRIPTION);
          assert.equal(answer.headers.get('cache-control'), 'no-store');
          assert.equal(answer.headers.get('www-authenticate'), null);
          assert.ok(!JSON.stringify(answer.body).includes(app.clientSecret));
          assert.equal((await post(world, TOKEN, good)).status, 200, 'the code is still good');
        });

      it('by Basic with a wrong secret, and names the scheme', async () => {
        const { client_id: _, client_secret: __, ...form } = await exchangeOf(owner, app);
        for (const headers of [basic(app, 'wrong'), { authorization: 'Bearer x' }]) {
          const answer = await post(world, TOKEN, form, headers);
          assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_client']);
          assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm=/);
        }
      });

      it('that proves the client twice, or two clients', async () => {
        const form = await exchangeOf(owner, app);
        assert.equal((await post(world, TOKEN, form, basic(app))).body.error, 'invalid_request');
        const { client_secret: _, ...named } = form;
        const other = basic({ ...app, clientId: webApp.clientId });
        assert.equal((await post(world, TOKEN, named, other)).body.error, 'invalid_client');
      });

      it('with the code of another client', async () => {
        const other = await world.app(owner, acme);
        const form = { ...(await exchangeOf(owner, app)), ...byForm(other) };
        assert.equal((await post(world, TOKEN, form)).body.error, 'invalid_grant');
      });

      it('in JSON, in plain text, with a doubled parameter, too large, or with a secret in the address', async () => {
        const send = async (body: string, type: string, path = TOKEN) => {
          const init = { method: 'POST', body, headers: { 'content-type': type } };
          const response = await fetch(world.url + path, init);
          return [response.status, ((await response.json()) as { error: string }).error];
        };
        const form = await exchangeOf(owner, app);
        const encoded = new URLSearchParams(form).toString();
        const type = 'application/x-www-form-urlencoded';
        assert.deepEqual(await send(JSON.stringify(form), 'application/json'), [400, 'invalid_request']);
        assert.deepEqual(await send(JSON.stringify(form), type), [401, 'invalid_client'], 'read as a form');
        assert.deepEqual(await send(encoded, 'text/plain'), [400, 'invalid_request']);
        assert.deepEqual(await send(`${encoded}&code=x`, type), [400, 'invalid_request']);
        assert.deepEqual(await send(`${encoded}&x=${'y'.repeat(70_000)}`, type), [413, 'invalid_request']);
        const leaked = `${TOKEN}?client_secret=x`;
        assert.deepEqual(await send(encoded, type, leaked), [400, 'invalid_request']);
        assert.equal((await post(world, TOKEN, form)).status, 200, 'the code is still good');
      });
    });
  });
});
