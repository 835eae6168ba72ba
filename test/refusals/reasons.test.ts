import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../../server/kernel/clock.ts';
import type { RefusalReason } from '../../server/oauth/refusal_reasons.ts';
import { basic, pkcePair, post, standardQuery } from '../standard/support.ts';
import {
  authorizeQuery,
  codeFor,
  exchangeForm,
  type Organization,
  openWorld,
  type Person,
  REDIRECT,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from '../support/world.ts';
import { refusalsOf } from './support.ts';

const LIST = '/v3.6/agent/action/list_chats';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('the reason of a refusal', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
  });
  after(() => world.close());

  const ask = (app: RegisteredApp, more: Record<string, string> = {}) =>
    owner.browser.get(authorizeQuery(app, more));
  const refresh = (app: RegisteredApp, token: string) => world.token(refreshForm(app, token));
  const otherApp = () => world.app(owner, acme);
  const revokeGrant = async (app: RegisteredApp) => {
    const { grants } = world.server.services;
    const own = await grants.grantsOf(owner.accountId);
    const grant = own.find(({ grant: one }) => one.clientId === app.clientId)?.grant;
    assert.ok(grant);
    await grants.withdraw(owner.accountId, grant.id, { ip: '', userAgent: '', requestId: '' });
  };

  /** Each row: what is done to a fresh app, and what its owner reads of the last thing that was refused. */
  const table: [
    reason: RefusalReason,
    provoke: (app: RegisteredApp) => Promise<unknown>,
    options?: Parameters<World['app']>[2],
  ][] = [
    ['redirect_none_registered', (app) => ask(app), { redirectUris: [] }],
    ['redirect_path_differs', (app) => ask(app, { redirect_uri: `${REDIRECT}s` })],
    ['redirect_sub_path', (app) => ask(app, { redirect_uri: `${REDIRECT}/eu` })],
    ['redirect_host_differs', (app) => ask(app, { redirect_uri: 'https://example.com/callback' })],
    ['redirect_scheme_differs', (app) => ask(app, { redirect_uri: 'http://www.example.com/callback' })],
    ['redirect_port_differs', (app) => ask(app, { redirect_uri: 'https://www.example.com:8443/callback' })],
    ['redirect_malformed', (app) => ask(app, { redirect_uri: `${REDIRECT}#x` })],
    ['response_type_unknown', (app) => ask(app, { response_type: 'id_token' })],
    ['implicit_not_allowed', (app) => ask(app, { response_type: 'token' })],
    ['challenge_missing', (app) => ask(app), { type: 'javascript_app' }],
    ['challenge_length', (app) => ask(app, { code_challenge: 'short' })],
    ['challenge_characters', (app) => ask(app, { code_challenge: `${CHALLENGE}=` })],
    ['method_unknown', (app) => ask(app, { code_challenge: CHALLENGE, code_challenge_method: 'S512' })],
    [
      'method_not_allowed',
      (app) => ask(app, { code_challenge: CHALLENGE, code_challenge_method: 'plain' }),
      { profile: 'strict' },
    ],
    ['method_without_challenge', (app) => ask(app, { code_challenge_method: 'S256' })],
    ['prompt_unknown', (app) => ask(app, { prompt: 'none' })],
    ['invalid_parameters', (app) => ask(app, { state: 's'.repeat(2_049) })],
    ['app_without_scopes', (app) => ask(app), { scopes: [] }],
    ['scope_malformed', (app) => ask(app, { scope: 'chats--everything:ro' })],
    ['scope_not_of_app', (app) => ask(app, { scope: 'customers:own' })],
    [
      'scope_left_out',
      (app) => ask(app, { code_challenge: CHALLENGE, code_challenge_method: 'S256' }),
      { profile: 'strict' },
    ],
    [
      'scope_beyond_role',
      async (app) => (await member()).browser.get(authorizeQuery(app)),
      { scopes: ['groups--all:rw'] },
    ],
    ['private_app', async (app) => (await foreigner()).browser.get(authorizeQuery(app))],
    ['organization_foreign', (app) => ask(app, { organization_id: crypto.randomUUID() })],
    ['resource_unknown', (app) => owner.browser.get(standardQuery(app, { resource: 'https://else.test' }))],
    [
      'request_uri_dead',
      (app) => owner.browser.get(`/oauth2/authorize?client_id=${app.clientId}&request_uri=urn:x`),
    ],

    ['secret_missing', (app) => world.token({ ...exchangeForm(app, 'dal:x'), client_secret: '' })],
    ['secret_wrong', (app) => world.token({ ...exchangeForm(app, 'dal:x'), client_secret: 'wrong' })],
    [
      'secret_of_public_client',
      (app) => world.token({ ...exchangeForm(app, 'dal:x'), client_secret: 'any' }),
      { type: 'javascript_app' },
    ],
    ['grant_type_unknown', (app) => world.token({ ...exchangeForm(app, 'x'), grant_type: 'password' })],
    ['invalid_parameters', (app) => world.token({ client_id: app.clientId })],
    [
      'client_identity_missing',
      (app) => post(world, '/oauth2/token', { grant_type: 'client_credentials' }, basic(app)),
    ],
    [
      'client_public',
      (app) => post(world, '/oauth2/introspect', { client_id: app.clientId, token: 'x' }),
      { type: 'javascript_app' },
    ],
    ['code_malformed', (app) => world.token(exchangeForm(app, 'no-code-at-all'))],
    ['code_percent_encoded', (app) => world.token(exchangeForm(app, 'dal%3Acabc'))],
    [
      'code_unknown',
      async (app) => {
        const code = await codeFor(owner, app);
        await longAfter(days(31));
        return world.token(exchangeForm(app, code));
      },
    ],
    [
      'code_expired',
      async (app) => {
        const code = await codeFor(owner, app);
        world.server.clock.advance(seconds(301));
        return world.token(exchangeForm(app, code));
      },
    ],
    [
      'code_reused',
      async (app) => {
        const form = exchangeForm(app, await codeFor(owner, app));
        await world.token(form);
        return world.token(form);
      },
    ],
    [
      'code_other_client',
      async (app) => world.token(exchangeForm(app, await codeFor(owner, await otherApp()))),
    ],
    [
      'redirect_mismatch',
      async (app) =>
        world.token({ ...exchangeForm(app, await codeFor(owner, app)), redirect_uri: `${REDIRECT}x` }),
    ],
    [
      'verifier_missing',
      async (app) =>
        world.token(
          exchangeForm(
            app,
            await codeFor(owner, app, { code_challenge: CHALLENGE, code_challenge_method: 'S256' }),
          ),
        ),
    ],
    [
      'verifier_mismatch',
      async (app) => {
        const { challenge } = pkcePair();
        const code = await codeFor(owner, app, { code_challenge: challenge, code_challenge_method: 'S256' });
        return world.token({ ...exchangeForm(app, code), code_verifier: pkcePair().verifier });
      },
    ],
    [
      'verifier_malformed',
      async (app) => {
        const { challenge } = pkcePair();
        const code = await codeFor(owner, app, { code_challenge: challenge, code_challenge_method: 'S256' });
        return world.token({ ...exchangeForm(app, code), code_verifier: 'short' });
      },
    ],
    [
      'verifier_without_challenge',
      async (app) =>
        world.token({ ...exchangeForm(app, await codeFor(owner, app)), code_verifier: pkcePair().verifier }),
    ],
    [
      'grant_revoked',
      async (app) => {
        const code = await codeFor(owner, app);
        await revokeGrant(app);
        return world.token(exchangeForm(app, code));
      },
    ],
    ['refresh_malformed', (app) => refresh(app, 'no-token-at-all')],
    [
      'refresh_unknown',
      async (app) => {
        const { refresh_token } = await tokensFor(world, owner, app);
        await longAfter(days(61));
        return refresh(app, refresh_token);
      },
    ],
    [
      'refresh_other_client',
      async (app) => refresh(app, (await tokensFor(world, owner, await otherApp())).refresh_token),
    ],
    [
      'refresh_expired_idle',
      async (app) => {
        const { refresh_token } = await tokensFor(world, owner, app);
        await longAfter(days(30));
        return refresh(app, refresh_token);
      },
    ],
    [
      'refresh_expired_absolute',
      async (app) => {
        const { refresh_token } = await tokensFor(world, owner, app);
        for (let month = 1; month <= 7; month++) {
          world.server.clock.advance(days(29));
          await refresh(app, refresh_token);
        }
        await owner.browser.logIn(owner.email, PASSWORD);
      },
    ],
    [
      'refresh_rotated_reused',
      async (app) => {
        const { refresh_token } = await tokensFor(world, owner, app);
        await refresh(app, refresh_token);
        world.server.clock.advance(seconds(11));
        return refresh(app, refresh_token);
      },
      { switches: { rotateRefreshTokens: true } },
    ],
    [
      'grant_revoked',
      async (app) => {
        const { refresh_token } = await tokensFor(world, owner, app);
        await revokeGrant(app);
        return refresh(app, refresh_token);
      },
    ],
    [
      'account_suspended',
      async (app) => {
        const person = await world.person(acme, { account: 'administrator' });
        const { refresh_token } = await tokensFor(world, person, app);
        await world.changeMembership(person, { suspended_at: 1 });
        return refresh(app, refresh_token);
      },
    ],
    [
      'token_other_client',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, await otherApp());
        return post(world, '/oauth2/revoke', { token: access_token }, basic(app));
      },
    ],
    ['device_code_malformed', (app) => pollDevice(app, 'no-code-at-all')],
    [
      'scope_malformed',
      (app) => post(world, '/oauth2/device_authorization', { scope: 'nothing--all:ro' }, basic(app)),
    ],
    [
      'redirect_path_differs',
      (app) =>
        post(
          world,
          '/oauth2/par',
          { response_type: 'code', redirect_uri: `${REDIRECT}s`, scope: 'chats--all:ro' },
          basic(app),
        ),
    ],
    [
      'token_expired',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, app);
        world.server.clock.advance(seconds(28_801));
        return world.call(LIST, {}, `Bearer ${access_token}`);
      },
    ],
    [
      'token_revoked',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, app);
        await revokeGrant(app);
        return world.call(LIST, {}, `Bearer ${access_token}`);
      },
    ],
    [
      'token_dead',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, app);
        await revokeGrant(app);
        return fetch(`${world.url}/v2/info`, { headers: { authorization: `Bearer ${access_token}` } });
      },
    ],
    [
      'scope_missing',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, app);
        return world.call(LIST, {}, `Bearer ${access_token}`);
      },
      { scopes: ['customers:own'] },
    ],
    [
      'invalid_parameters',
      async (app) => {
        const { access_token } = await tokensFor(world, owner, app);
        return world.call(LIST, { limit: 'many' }, `Bearer ${access_token}`);
      },
    ],
    [
      'origin_not_registered',
      (app) =>
        post(
          world,
          '/v2/customer/token',
          { grant_type: 'cookie', client_id: app.clientId, organization_id: acme.id },
          { origin: 'https://elsewhere.test' },
        ),
      { type: 'javascript_app' },
    ],
  ];

  const PASSWORD = 'correct horse battery staple';
  const member = () => world.person(acme, { account: 'member', chat: 'normal' });
  const foreigner = async () => world.person(await world.organization('Other'));
  /** So long that what is dead is deleted, and the session of the browser over. */
  async function longAfter(time: number): Promise<void> {
    world.server.clock.advance(time);
    while ((await world.server.services.grants.purge()) > 0);
    await owner.browser.logIn(owner.email, PASSWORD);
  }
  const pollDevice = (app: RegisteredApp, deviceCode: string) =>
    post(
      world,
      '/oauth2/token',
      { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode },
      basic(app),
    );

  for (const [at, [reason, provoke, options]] of table.entries())
    it(`says why: ${reason} (${at + 1})`, async () => {
      const app = await world.app(owner, acme, options);
      await provoke(app);
      const [newest] = await refusalsOf(world, app, acme);
      assert.ok(newest, 'nothing was written down');
      assert.equal(newest.reason, reason);
      assert.ok(newest.error.length > 0 && newest.detail.check.length > 0);
      assert.match(newest.requestId, /^[0-9a-f-]{36}$/);
    });
});
