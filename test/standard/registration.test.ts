import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as oauth from 'oauth4webapi';
import { days, seconds } from '../../server/kernel/clock.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Answer,
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  REDIRECT,
  type World,
} from '../support/world.ts';
import { opens, pkcePair, post } from './support.ts';

type Json = Record<string, unknown>;

eachEngine((engine) => {
  describe('apps that register themselves (RFC 7591, 7592)', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
      owner = await world.person(acme);
    });
    after(() => world.close());

    const settings = () => world.server.services.registration.settings;
    const editor = (of = acme) => ({
      licenseId: of.licenseId,
      accountId: owner.accountId,
      actor: { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' },
    });
    /** What an address registered is forgotten after an hour. */
    const forgetAttempts = () => world.server.clock.advance(seconds(3601));
    const send = async (method: string, url: string, body?: unknown, token?: string): Promise<Answer> => {
      const response = await fetch(url.startsWith('http') ? url : world.url + url, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
    };
    const register = (metadata: Json = {}, token?: string, of = acme) =>
      send('POST', `/oauth2/register/${of.id}`, { redirect_uris: [REDIRECT], ...metadata }, token);
    const registered = async (metadata: Json = {}): Promise<Answer['body']> => {
      await settings().setMode(editor(), 'open');
      const answer = await register(metadata);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    };
    const advertised = async () => {
      const response = await fetch(`${world.url}/.well-known/oauth-authorization-server`);
      return ((await response.json()) as Json).registration_endpoint;
    };

    it('are refused until the owner allows it, alike where there is no such organization', async () => {
      const refused = await register();
      assert.deepEqual([refused.status, refused.body.error], [403, 'access_denied']);
      assert.match(refused.body.error_description, /owner can allow it/);
      const unknown = await register({}, undefined, { ...acme, id: crypto.randomUUID() });
      assert.deepEqual([unknown.status, unknown.body], [refused.status, refused.body]);
      assert.equal(await advertised(), undefined);
    });

    it('need an initial access token where the owner says so', async () => {
      await settings().setMode(editor(), 'with_initial_access_token');
      assert.equal(await advertised(), `${world.url}/oauth2/register/${acme.id}`);
      const { token, text } = await settings().createToken(editor(), { name: 'CI', expiresInDays: 30 });
      const other = await world.organization('Beta');
      await settings().setMode(editor(other), 'with_initial_access_token');
      assert.equal(await advertised(), undefined, 'two organizations: a client cannot know which');
      const foreign = await settings().createToken(editor(other), { name: 'x', expiresInDays: 30 });
      for (const wrong of [undefined, 'nonsense', 'dal:nonsense', foreign.text, `${text}x`]) {
        const answer = await register({}, wrong);
        assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_token']);
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer .*invalid_token/);
      }
      const good = await register({ client_name: 'Robot' }, text);
      assert.equal(good.status, 201, JSON.stringify(good.body));
      const [used] = (await settings().read(acme.licenseId)).initialTokens;
      assert.deepEqual([used?.id, used?.uses], [token.id, 1]);
      await settings().setMode(editor(other), 'off');
      await settings().revokeToken(editor(), token.id);
      assert.equal((await register({}, text)).status, 401);
      const short = await settings().createToken(editor(), { name: 'short', expiresInDays: 1 });
      world.server.clock.advance(days(1));
      assert.equal((await register({}, short.text)).status, 401, 'it has expired');
      await settings().revokeToken(editor(), short.token.id);
    });

    it('are answered with what was registered, and a secret this once', async () => {
      const { client_id, client_secret, client_id_issued_at, registration_access_token, ...rest } =
        await registered({
          client_name: '  Chat \u202eReport ',
          scope: 'chats--access:ro customers:ro',
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_post',
          client_uri: 'https://report.example/',
          logo_uri: 'https://report.example/logo.png',
        });
      assert.match(client_id, /^[0-9a-f]{32}$/);
      assert.equal(client_secret.length, 32);
      assert.match(registration_access_token, /^g[A-Za-z0-9_-]{43}$/);
      assert.ok(Math.abs(client_id_issued_at - world.server.clock.now() / 1e6) < 10);
      assert.deepEqual(rest, {
        client_secret_expires_at: 0,
        registration_client_uri: `${world.url}/oauth2/register/${acme.id}/${client_id}`,
        client_name: 'Chat Report',
        client_uri: 'https://report.example/',
        redirect_uris: [REDIRECT],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        scope: 'chats--access:ro customers:ro',
      });
      const { client, registration } = (await world.server.services.apps.client(client_id)) ?? {};
      assert.deepEqual([client?.profile, registration], ['strict', { verified: false }]);
    });

    it('are refused in the words of RFC 7591', async () => {
      await settings().setMode(editor(), 'open');
      forgetAttempts();
      const cases: [unknown, string][] = [
        [{ redirect_uris: ['http://app.example/'] }, 'invalid_redirect_uri'],
        [{ redirect_uris: [] }, 'invalid_redirect_uri'],
        [{ redirect_uris: [REDIRECT], scope: 'everything' }, 'invalid_client_metadata'],
        [{ redirect_uris: [REDIRECT], grant_types: ['implicit'] }, 'invalid_client_metadata'],
        [[], 'invalid_client_metadata'],
      ];
      for (const [body, error] of cases) {
        const answer = await send('POST', `/oauth2/register/${acme.id}`, body);
        assert.deepEqual([answer.status, answer.body.error], [400, error], JSON.stringify(answer.body));
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      }
      const form = await post(world, `/oauth2/register/${acme.id}`, { client_name: 'x' });
      assert.deepEqual([form.status, form.body.error], [400, 'invalid_client_metadata']);
    });

    it('ask for consent every time, under a plain warning, until the owner verifies them', async () => {
      forgetAttempts();
      const app = await registered({ client_name: 'Stranger', token_endpoint_auth_method: 'none' });
      const { verifier, challenge } = pkcePair();
      const query = `/oauth2/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: app.client_id,
        redirect_uri: REDIRECT,
        scope: 'chats--access:ro',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      })}`;
      await owner.browser.logIn(owner.email, PASSWORD);
      const ask = async (): Promise<string> => (await owner.browser.get(query)).location ?? '';
      const question = await ask();
      assert.match(question, /^\/grant-access\?handle=/);
      const { text } = await owner.browser.get(question);
      assert.match(text, /Unverified app/);
      assert.match(text, /It registered itself with <bdi>Acme<.bdi> and chose its own name/);
      const allowed = await owner.browser.submit(question, { decision: 'allow' });
      const code = new URL(allowed.location ?? '').searchParams.get('code') ?? '';
      const tokens = await post(world, '/oauth2/token', {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: REDIRECT,
        client_id: app.client_id,
      });
      assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
      assert.equal(await opens(world, tokens.body.access_token), 200);
      assert.match(await ask(), /^\/grant-access/, 'it is asked again');

      const known = await world.server.services.apps.client(app.client_id);
      await settings().verify(editor(), known?.app.id ?? '');
      assert.ok((await ask()).startsWith(`${REDIRECT}?code=`), 'a verified app is one of the organization');
      await assert.rejects(settings().verify(editor(), known?.app.id ?? ''), /verified already/);

      const { registration_access_token: token, registration_client_uri: uri } = app;
      const changed = await send(
        'PUT',
        uri,
        { ...app, redirect_uris: ['https://elsewhere.example/'] },
        token,
      );
      assert.equal(changed.status, 200, JSON.stringify(changed.body));
      assert.deepEqual((await world.server.services.apps.client(app.client_id))?.registration, {
        verified: false,
      });
    });

    it('are held to the strict profile', async () => {
      forgetAttempts();
      const { client_id } = await registered();
      const { apps } = world.server.services;
      const known = await apps.client(client_id);
      assert.ok(known);
      const { redirectUris, switches } = known.client;
      const change = (profile: 'compatible' | 'strict') =>
        apps.updateAuthorization(editor(), known.app.id, {
          version: known.app.version,
          redirectUris,
          scopes: [],
          profile,
          switches,
        });
      await assert.rejects(change('compatible'), /always held to the strict profile/);
      await change('strict');
    });

    it('read, change and remove themselves by their registration access token', async () => {
      forgetAttempts();
      const app = await registered({ client_name: 'Before' });
      const { registration_access_token: token, registration_client_uri: uri, client_id } = app;
      const read = await send('GET', uri, undefined, token);
      assert.equal(read.status, 200);
      assert.deepEqual(
        [read.body.client_name, read.body.client_secret, read.body.registration_access_token],
        ['Before', undefined, token],
      );
      const changed = await send(
        'PUT',
        uri,
        { client_id, client_name: 'After', redirect_uris: [REDIRECT] },
        token,
      );
      assert.deepEqual([changed.status, changed.body.client_name], [200, 'After']);
      assert.equal((await send('GET', uri, undefined, token)).body.client_name, 'After');
      for (const [body, words] of [
        [{ redirect_uris: [REDIRECT] }, /client_id/],
        [{ client_id, redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' }, /cannot change/],
        [{ client_id, redirect_uris: [] }, /at least one/],
      ] as const) {
        const refused = await send('PUT', uri, body, token);
        assert.equal(refused.status, 400);
        assert.match(refused.body.error_description, words);
      }
      const other = await registered();
      for (const wrong of [undefined, other.registration_access_token, 'nonsense'])
        for (const method of ['GET', 'DELETE'])
          assert.equal((await send(method, uri, undefined, wrong)).status, 401, method);
      assert.equal((await send('DELETE', uri, undefined, token)).status, 204);
      assert.equal((await send('GET', uri, undefined, token)).status, 401);
      assert.equal(await world.server.services.apps.client(client_id), undefined);
      assert.equal((await send('PATCH', uri, {}, token)).status, 405);
    });

    it('say where browsers may go after signing out, and have it so', async () => {
      forgetAttempts();
      const bye = 'https://www.example.com/bye';
      const app = await registered({ post_logout_redirect_uris: [bye, bye] });
      assert.deepEqual(app.post_logout_redirect_uris, [bye]);
      const { client_id, registration_access_token: token, registration_client_uri: uri } = app;
      assert.deepEqual((await send('GET', uri, undefined, token)).body.post_logout_redirect_uris, [bye]);
      const signOut = async (to: string) => {
        const query = new URLSearchParams({ client_id, post_logout_redirect_uri: to, state: 'x' });
        return world.stranger().get(`/oauth2/logout?${query}`);
      };
      const went = await signOut(bye);
      assert.equal(went.status, 200);
      assert.match(went.text, /href="https:\/\/www\.example\.com\/bye\?state=x"/);
      assert.equal((await signOut(`${bye}2`)).status, 400);
      for (const wrong of [['http://a.example/'], ['https://a.example/#x'], 'https://a.example/', [1]]) {
        const refused = await register({ post_logout_redirect_uris: wrong });
        assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_redirect_uri']);
        assert.match(refused.body.error_description, /^post_logout_redirect_uris/);
      }
      // RFC 7592 §2.2: what is left out is dropped.
      const changed = await send('PUT', uri, { client_id, redirect_uris: [REDIRECT] }, token);
      assert.equal(changed.body.post_logout_redirect_uris, undefined);
      assert.equal((await signOut(bye)).status, 400);
    });

    it('tell their owner what they were refused', async () => {
      forgetAttempts();
      const {
        client_id,
        registration_access_token: token,
        registration_client_uri: uri,
      } = await registered();
      const steps: [() => Promise<Answer>, [error: string, reason: string, method: string]][] = [
        [
          () => send('PUT', uri, { client_id, redirect_uris: ['http://a.example/'] }, token),
          ['invalid_redirect_uri', 'invalid_parameters', 'PUT'],
        ],
        [() => send('GET', uri, undefined, 'nonsense'), ['invalid_token', 'not_authenticated', 'GET']],
        [() => send('PUT', uri, '[]', token), ['invalid_client_metadata', 'invalid_parameters', 'PUT']],
      ];
      for (const [provoke, expected] of steps) {
        assert.ok((await provoke()).status >= 400);
        const { insight } = world.server.services;
        await insight.flush();
        const page = { before: undefined, limit: 10 };
        const [newest] = (await insight.refusals.list(acme.licenseId, client_id, page)).refusals;
        assert.equal(newest?.endpoint, 'registration');
        assert.deepEqual([newest?.error, newest?.reason, newest?.detail.method], expected);
        assert.ok((newest?.detail.check ?? '').length > 0);
        assert.doesNotMatch(JSON.stringify(newest), new RegExp(token));
      }
    });

    it('may be registered by oauth4webapi, which then gets tokens', async () => {
      await settings().setMode(editor(), 'open');
      forgetAttempts();
      const insecure = { [oauth.allowInsecureRequests]: true };
      const found = await oauth.discoveryRequest(new URL(world.url), { ...insecure, algorithm: 'oauth2' });
      const server = await oauth.processDiscoveryResponse(new URL(world.url), found);
      const metadata = { redirect_uris: [REDIRECT], client_name: 'Library', scope: 'chats--access:ro' };
      const sent = await oauth.dynamicClientRegistrationRequest(server, metadata, insecure);
      const self = await oauth.processDynamicClientRegistrationResponse(sent);
      const verifier = oauth.generateRandomCodeVerifier();
      const address = new URL(server.authorization_endpoint ?? '');
      address.search = new URLSearchParams({
        response_type: 'code',
        client_id: self.client_id,
        redirect_uri: REDIRECT,
        scope: 'chats--access:ro',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      await owner.browser.logIn(owner.email, PASSWORD);
      const question = (await owner.browser.get(address.href)).location ?? '';
      const back = new URL((await owner.browser.submit(question, { decision: 'allow' })).location ?? '');
      const checked = oauth.validateAuthResponse(server, self, back);
      const proof = oauth.ClientSecretBasic(String(self.client_secret));
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        self,
        proof,
        checked,
        REDIRECT,
        verifier,
        insecure,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, self, answer);
      assert.equal(await opens(world, tokens.access_token), 200);
    });

    it('are bounded per address', async () => {
      await settings().setMode(editor(), 'open');
      forgetAttempts();
      const answers = await Promise.all(Array.from({ length: 21 }, () => register({ redirect_uris: [] })));
      const [refused, ...others] = answers.filter(({ status }) => status !== 400);
      assert.deepEqual([refused?.status, others.length], [429, 0]);
      assert.ok(Number(refused?.headers.get('retry-after')) <= 3600);
    });

    it('are bounded per organization, and purged when nobody came to use them', async () => {
      const full = await world.organization('Full');
      await settings().setMode(editor(full), 'open');
      forgetAttempts();
      const fill = async (count: number) => {
        for (let n = 0; n < count; n++) {
          const answer = await world.server.services.registration.register(
            full.id,
            undefined,
            { redirect_uris: [REDIRECT] },
            { ...editor().actor, ip: `192.0.2.${n % 250}` },
          );
          assert.ok(answer.ok);
        }
      };
      await fill(100);
      forgetAttempts();
      const refused = await register({}, undefined, full);
      assert.deepEqual([refused.status, refused.body.error], [403, 'access_denied']);
      assert.match(refused.body.error_description, /100 apps/);
      const { registration } = world.server.services;
      assert.equal(await registration.purge(), 0);
      world.server.clock.advance(days(31));
      while ((await registration.purge()) > 0);
      assert.equal((await settings().read(full.licenseId)).unverified, 0);
    });
  });
});
