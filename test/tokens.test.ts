import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { eachEngine } from './support/databases.ts';
import {
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from './support/world.ts';

const LIST = '/v3.6/agent/action/list_chats';

eachEngine((engine) => {
  describe('tokens', () => {
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

    const info = (token: string) =>
      fetch(`${world.url}/v2/info`, { headers: { authorization: `Bearer ${token}` } }).then(
        (answer) => answer.status,
      );
    const works = async (token: string) => (await world.call(LIST, {}, `Bearer ${token}`)).status;

    describe('for a code', () => {
      it('come with everything that LiveChat documents', async () => {
        const answer = await world.token(exchangeForm(app, await codeFor(owner, app)));
        assert.equal(answer.status, 200);
        const { access_token, refresh_token, ...rest } = answer.body;
        assert.match(access_token, /^dal:a[A-Za-z0-9_-]{43}$/);
        assert.match(refresh_token, /^r[A-Za-z0-9_-]{43}$/);
        assert.deepEqual(rest, {
          account_id: owner.accountId,
          client_id: app.clientId,
          expires_in: 28_800,
          organization_id: acme.id,
          scope: 'chats--all:ro,customers:own',
          token_type: 'Bearer',
        });
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
        assert.equal(await works(access_token), 200);
      });

      it('are given for a form, for JSON, for JSON without its type, and for a secret by Basic', async () => {
        const post = async (body: string, headers: Record<string, string>) =>
          (await fetch(`${world.url}/v2/token`, { method: 'POST', body, headers })).status;
        const json = async () => JSON.stringify(exchangeForm(app, await codeFor(owner, app)));
        assert.equal(await post(await json(), { 'content-type': 'application/json' }), 200);
        assert.equal(await post(await json(), { 'content-type': 'text/plain' }), 200);
        assert.equal(await post(await json(), { 'content-type': 'application/x-www-form-urlencoded' }), 200);
        const { client_secret: _, client_id: __, ...form } = exchangeForm(app, await codeFor(owner, app));
        const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
        assert.equal((await world.token(form, { authorization: `Basic ${basic}` })).status, 200);
        const spelled = { ...exchangeForm(app, await codeFor(owner, app)), grant_type: 'code' };
        assert.equal((await world.token(spelled)).status, 200);
      });

      it("are given for LiveChat's curl sample as it is printed, indentation and all", async () => {
        const form = exchangeForm(app, await codeFor(owner, app));
        const body = Object.entries(form)
          .map(([name, value]) => `${name}=${value}`)
          .join('&  ');
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        assert.equal((await fetch(`${world.url}/v2/token`, { method: 'POST', body, headers })).status, 200);
      });

      it('are given to exactly one of fifty at once, and the family dies with the replay', async () => {
        for (let round = 0; round < 3; round++) {
          const form = exchangeForm(app, await codeFor(owner, app));
          const answers = await Promise.all(Array.from({ length: 50 }, () => world.token(form)));
          const won = answers.filter((answer) => answer.status === 200);
          assert.equal(won.length, 1);
          assert.ok(
            answers.every((answer) => answer.status === 200 || answer.body.error === 'invalid_grant'),
          );
          assert.equal(await works(won[0]?.body.access_token), 401);
          assert.equal(
            (await world.token(refreshForm(app, won[0]?.body.refresh_token))).body.error,
            'invalid_grant',
          );
        }
      });

      it('of a JavaScript app need the verifier instead of a secret', async () => {
        const verifier = randomBytes(32).toString('base64url');
        const challenge = createHash('sha256').update(verifier).digest('base64url');
        const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
        const code = await codeFor(owner, webApp, pkce);
        const wrong = await world.token({ ...exchangeForm(webApp, code), code_verifier: 'x'.repeat(43) });
        assert.equal(wrong.body.error, 'invalid_grant');
        const right = await world.token({ ...exchangeForm(webApp, code), code_verifier: verifier });
        assert.equal(right.status, 200, 'a wrong verifier does not use the code up');
      });

      it('are not given after the code expired', async () => {
        const form = exchangeForm(app, await codeFor(owner, app));
        world.server.clock.advance(seconds(301));
        assert.equal((await world.token(form)).body.error, 'invalid_grant');
      });
    });

    describe('bad token requests', () => {
      const cases: [string, (form: Record<string, string>) => Record<string, string>, number, string][] = [
        ['without a grant type', ({ grant_type: _, ...form }) => form, 422, 'invalid_request'],
        [
          'of an unknown grant type',
          (form) => ({ ...form, grant_type: 'password' }),
          400,
          'unsupported_grant_type',
        ],
        ['without a client', ({ client_id: _, ...form }) => form, 401, 'invalid_client'],
        ['of an unknown client', (form) => ({ ...form, client_id: 'f'.repeat(32) }), 401, 'invalid_client'],
        ['without the secret', ({ client_secret: _, ...form }) => form, 401, 'invalid_client'],
        ['with a wrong secret', (form) => ({ ...form, client_secret: 'wrong' }), 401, 'invalid_client'],
        ['without a code', ({ code: _, ...form }) => form, 422, 'invalid_request'],
        ['with a code that is none', (form) => ({ ...form, code: 'dal:nonsense' }), 400, 'invalid_grant'],
        [
          'with %3A in the code',
          (form) => ({ ...form, code: form.code?.replace(':', '%3A') ?? '' }),
          400,
          'invalid_grant',
        ],
        ['without the redirect URI', ({ redirect_uri: _, ...form }) => form, 400, 'invalid_grant'],
        [
          'with another redirect URI',
          (form) => ({ ...form, redirect_uri: `${REDIRECT}/` }),
          400,
          'invalid_grant',
        ],
        [
          'with a verifier nobody announced',
          (form) => ({ ...form, code_verifier: 'x'.repeat(50) }),
          400,
          'invalid_grant',
        ],
        ['with an endless code', (form) => ({ ...form, code: 'x'.repeat(5000) }), 422, 'invalid_request'],
      ];
      for (const [what, change, status, error] of cases)
        it(`${what} are refused, say why, and change nothing`, async () => {
          const good = exchangeForm(app, await codeFor(owner, app));
          const answer = await world.token(change(good));
          assert.equal(answer.status, status);
          assert.equal(answer.body.error, error);
          assert.equal(answer.body.oauth_exception, error);
          assert.ok(answer.body.error_description.length > 20);
          assert.match(answer.body.request_id, /^[0-9a-f-]{36}$/);
          assert.ok(!JSON.stringify(answer.body).includes(app.clientSecret));
          assert.equal((await world.token(good)).status, 200, 'the code is still good');
        });

      it('by the code of another client are refused', async () => {
        const code = await codeFor(owner, app);
        const other = await world.app(owner, acme);
        assert.equal((await world.token(exchangeForm(other, code))).body.error, 'invalid_grant');
      });

      it('with a parameter that comes twice are refused', async () => {
        const form = new URLSearchParams(exchangeForm(app, await codeFor(owner, app)));
        const body = `${form}&grant_type=authorization_code`;
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await fetch(`${world.url}/v2/token`, { method: 'POST', body, headers });
        assert.equal(response.status, 422);
        assert.match(await response.text(), /came more than once/);
      });

      it('with broken JSON, another content type, a huge body or another method are refused', async () => {
        const post = async (init: RequestInit) => (await fetch(`${world.url}/v2/token`, init)).status;
        const json = { 'content-type': 'application/json' };
        assert.equal(await post({ method: 'POST', body: '{"grant_type":', headers: json }), 422);
        assert.equal(await post({ method: 'POST', body: '[]', headers: json }), 422);
        assert.equal(
          await post({ method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } }),
          415,
        );
        assert.equal(await post({ method: 'POST', body: 'x'.repeat(70_000), headers: json }), 413);
        assert.equal(await post({ method: 'PUT', body: '{}', headers: json }), 405);
        assert.equal(await post({ method: 'GET' }), 405);
      });

      it('with a secret in the address are refused', async () => {
        const response = await fetch(`${world.url}/v2/token?client_secret=x`, {
          method: 'POST',
          body: new URLSearchParams({ grant_type: 'refresh_token' }),
        });
        assert.equal(response.status, 422);
      });
    });

    describe('by refreshing', () => {
      it('a server-side app keeps its refresh token and gets a new access token', async () => {
        const first = await tokensFor(world, owner, app);
        const second = await world.token(refreshForm(app, first.refresh_token));
        assert.equal(second.status, 200);
        assert.equal(second.body.refresh_token, first.refresh_token);
        assert.notEqual(second.body.access_token, first.access_token);
        assert.deepEqual(
          [await works(first.access_token), await works(second.body.access_token)],
          [200, 200],
        );
      });

      it('a rotating app gets one successor, the same for a retry within ten seconds', async () => {
        const rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
        const first = await tokensFor(world, owner, rotating);
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => world.token(refreshForm(rotating, first.refresh_token))),
        );
        assert.ok(answers.every((answer) => answer.status === 200));
        assert.equal(new Set(answers.map((answer) => answer.body.refresh_token)).size, 1);
        assert.equal(new Set(answers.map((answer) => answer.body.access_token)).size, 1);
        assert.notEqual(answers[0]?.body.refresh_token, first.refresh_token);
        assert.equal(await works(answers[0]?.body.access_token), 200);
      });

      it('a rotated refresh token that comes back later kills the family', async () => {
        const rotating = await world.app(owner, acme, { switches: { rotateRefreshTokens: true } });
        const first = await tokensFor(world, owner, rotating);
        const second = await world.token(refreshForm(rotating, first.refresh_token));
        world.server.clock.advance(seconds(11));
        const reused = await world.token(refreshForm(rotating, first.refresh_token));
        assert.equal(reused.body.error, 'invalid_grant');
        assert.equal(await works(second.body.access_token), 401);
        assert.equal(
          (await world.token(refreshForm(rotating, second.body.refresh_token))).body.error,
          'invalid_grant',
        );
      });

      it('nothing is given after 30 idle days, nor after 180 days at all', async () => {
        const idle = await tokensFor(world, owner, app);
        world.server.clock.advance(seconds(30 * 86_400 + 1));
        await owner.browser.logIn(owner.email, PASSWORD);
        assert.equal((await world.token(refreshForm(app, idle.refresh_token))).body.error, 'invalid_grant');
        const kept = await tokensFor(world, owner, app);
        for (let use = 0; use < 6; use++) {
          world.server.clock.advance(seconds(29 * 86_400));
          assert.equal((await world.token(refreshForm(app, kept.refresh_token))).status, 200);
        }
        world.server.clock.advance(seconds(7 * 86_400));
        assert.equal((await world.token(refreshForm(app, kept.refresh_token))).body.error, 'invalid_grant');
        await owner.browser.logIn(owner.email, PASSWORD);
      });

      it('another client, a wrong secret or an access token get nothing', async () => {
        const tokens = await tokensFor(world, owner, app);
        const other = await world.app(owner, acme);
        assert.equal(
          (await world.token(refreshForm(other, tokens.refresh_token))).body.error,
          'invalid_grant',
        );
        const wrong = { ...refreshForm(app, tokens.refresh_token), client_secret: 'wrong' };
        assert.equal((await world.token(wrong)).body.error, 'invalid_client');
        assert.equal((await world.token(refreshForm(app, tokens.access_token))).body.error, 'invalid_grant');
        assert.equal((await world.token(refreshForm(app, tokens.refresh_token))).status, 200);
      });
    });

    describe('asked about and taken back', () => {
      it('are described by /v2/info, by header or by the parameter `code`', async () => {
        const tokens = await tokensFor(world, owner, app);
        const byHeader = await fetch(`${world.url}/v2/info`, {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        const body = (await byHeader.json()) as Record<string, unknown>;
        assert.ok(Number(body.expires_in) <= 28_800 && Number(body.expires_in) > 28_700);
        const { expires_in: _, ...rest } = body;
        assert.deepEqual(rest, {
          access_token: tokens.access_token,
          account_id: owner.accountId,
          client_id: app.clientId,
          organization_id: acme.id,
          scope: 'chats--all:ro,customers:own',
          token_type: 'Bearer',
        });
        const byCode = await fetch(`${world.url}/v2/info?code=${encodeURIComponent(tokens.access_token)}`);
        assert.equal(byCode.status, 200);
      });

      it('are unknown to /v2/info when they are dead or of another kind', async () => {
        const tokens = await tokensFor(world, owner, app);
        assert.equal(await info('dal:nonsense'), 422);
        assert.equal(await info(tokens.refresh_token), 422);
        world.server.clock.advance(seconds(28_801));
        assert.equal(await info(tokens.access_token), 422);
        assert.equal(await works(tokens.access_token), 401);
        await owner.browser.logIn(owner.email, PASSWORD);
      });

      it('die in pairs: an access token takes its refresh token along, at once', async () => {
        const tokens = await tokensFor(world, owner, app);
        assert.equal(await works(tokens.access_token), 200);
        const gone = await fetch(`${world.url}/v2/token`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        assert.equal(gone.status, 200);
        assert.deepEqual(await gone.json(), {});
        assert.equal(await works(tokens.access_token), 401);
        assert.equal((await world.token(refreshForm(app, tokens.refresh_token))).body.error, 'invalid_grant');
        const again = await fetch(`${world.url}/v2/token?code=${encodeURIComponent(tokens.access_token)}`, {
          method: 'DELETE',
        });
        assert.equal(again.status, 404);
      });

      it('die in pairs: a refresh token takes its access tokens along', async () => {
        const tokens = await tokensFor(world, owner, app);
        const gone = await fetch(`${world.url}/v2/token?code=${tokens.refresh_token}`, { method: 'DELETE' });
        assert.equal(gone.status, 200);
        assert.equal(await works(tokens.access_token), 401);
      });

      it('are all dead at once when the app is deleted', async () => {
        const doomed = await world.app(owner, acme);
        const tokens = await tokensFor(world, owner, doomed);
        const code = await codeFor(owner, doomed);
        assert.equal(await works(tokens.access_token), 200);
        const actor = { ip: '', userAgent: '', requestId: '' };
        const editor = { licenseId: acme.licenseId, accountId: owner.accountId, actor };
        await world.server.services.apps.delete(editor, doomed.details.app.id, 'List Chats');
        assert.equal(await works(tokens.access_token), 401);
        assert.equal(
          (await world.token(refreshForm(doomed, tokens.refresh_token))).body.error,
          'invalid_client',
        );
        assert.equal((await world.token(exchangeForm(doomed, code))).body.error, 'invalid_client');
      });

      it('are dead when the person takes the access back on the account page', async () => {
        const granted = await world.app(owner, acme);
        const tokens = await tokensFor(world, owner, granted);
        const page = await owner.browser.get('/account/apps');
        const [, link = ''] = /href="(\/account\/apps\/revoke\?grant_id=[^"]+)"/.exec(page.text) ?? [];
        const answer = await owner.browser.submit(link, {});
        assert.equal(answer.status, 303);
        assert.equal(await works(tokens.access_token), 401);
      });

      it('are 25 of each kind at most for a client and an account; the oldest gives way', async () => {
        const busy = await world.app(owner, acme);
        const first = await tokensFor(world, owner, busy);
        for (let count = 0; count < 24; count++) await tokensFor(world, owner, busy);
        assert.equal(await works(first.access_token), 200);
        await tokensFor(world, owner, busy);
        assert.equal(await works(first.access_token), 401);
      });
    });

    describe('of the wrong family', () => {
      let agentToken: string;
      let customerToken: string;
      before(async () => {
        await owner.browser.logIn(owner.email, PASSWORD);
        agentToken = (await tokensFor(world, owner, app)).access_token;
        const answer = await world.call(
          '/v2/customer/token',
          { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
          `Bearer ${agentToken}`,
        );
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        customerToken = answer.body.access_token;
      });

      const customerList = () => `/v3.6/customer/action/list_chats?organization_id=${acme.id}`;
      const refused: [string, () => [string, string | undefined], RegExp][] = [
        [
          "a customer's token on the Agent Chat API",
          () => [LIST, `Bearer ${customerToken}`],
          /customer's access token; this API takes an agent's/,
        ],
        [
          "an agent's token on the Customer Chat API",
          () => [customerList(), `Bearer ${agentToken}`],
          /agent's access token; the Customer Chat API takes a customer's/,
        ],
        ['a token with %3A', () => [LIST, `Bearer ${agentToken.replace(':', '%3A')}`], /contains %3A/],
        ['no token', () => [LIST, undefined], /No credential/],
        ['a token that is none', () => [LIST, 'Bearer dal:nonsense'], /unknown/],
        ['another scheme', () => [LIST, 'Digest x'], /not understood/],
        [
          'a personal access token on the Customer Chat API',
          () => [customerList(), `Basic ${btoa('a:b')}`],
          /Personal access tokens do not open/,
        ],
        [
          'a wrong personal access token',
          () => [LIST, `Basic ${btoa(`${owner.accountId}:x`)}`],
          /personal access token is wrong/,
        ],
      ];
      for (const [what, request, words] of refused)
        it(`${what} is refused, and told why`, async () => {
          const [path, authorization] = request();
          const answer = await world.call(path, {}, authorization);
          assert.equal(answer.status, 401);
          assert.equal(answer.body.error.type, 'authentication');
          assert.match(answer.body.error.message, words);
        });

      it('opens the Customer Chat API when it is a customer', async () => {
        const answer = await world.call(customerList(), {}, `Bearer ${customerToken}`);
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
      });
    });
  });
});
