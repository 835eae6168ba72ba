import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { basic, post } from '../standard/support.ts';
import { databaseImage, effectsBetween } from '../support/database_image.ts';
import { eachEngine } from '../support/databases.ts';
import { checkErrorShape, type Surface } from '../support/endpoints/answers.ts';
import { type Fixtures, openFixtures } from '../support/endpoints/fixtures.ts';
import type { WireAnswer } from '../support/endpoints/request.ts';
import { openWorld, REDIRECT, type World } from '../support/world.ts';

/** Everything that this server hands out and takes back. */
const FAMILIES: Record<string, (f: Fixtures) => string> = {
  code: (f) => f.code,
  'access token': (f) => f.accessToken,
  'refresh token': (f) => f.refreshToken,
  "customer's access token": (f) => f.customerToken,
  'personal access token': (f) => f.personalToken.secret,
  'identity transfer token': (f) => f.identityTransfer,
  'registration access token': (f) => f.registered.token,
  'device code': (f) => f.deviceCode,
  'user code': (f) => f.userCode,
  request_uri: (f) => f.requestUri,
  'handle of a request': (f) => f.handle,
  'session cookie': (f) => f.person.browser.cookies.get('gatehouse_session') ?? '',
  'link of a forgotten password': (f) => f.resetToken,
  'link of a confirmation': (f) => f.confirmToken,
  'CSRF token': (f) => f.person.csrfToken,
  'client secret': (f) => f.app.clientSecret,
  'client id': (f) => f.app.clientId,
};
type Family = keyof typeof FAMILIES & string;

/** Each page has its CSRF token; the device page shows again what was typed as a code. */
const NO_SECRETS: Family[] = ['user code', 'client id', 'CSRF token'];

interface Place {
  surface: Surface;
  /** What belongs there. */
  takes: Family[];
  /** RFC 7009 and RFC 7662 answer 200 for what is no token of theirs; a page answers by a redirect. */
  status?: number;
  send(world: World, f: Fixtures, token: string): Promise<Response>;
}

const AGENT = '/v3.6/agent/action/list_chats';
const get = (world: World, path: string, headers: Record<string, string> = {}) =>
  fetch(world.url + path, { headers, redirect: 'manual' });
const send = (
  world: World,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
) =>
  fetch(world.url + path, {
    method,
    redirect: 'manual',
    body: body instanceof URLSearchParams ? body : JSON.stringify(body),
    headers: {
      ...(body instanceof URLSearchParams ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
  });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const client = (f: Fixtures) => ({ client_id: f.app.clientId, client_secret: f.app.clientSecret });
const standardForm =
  (path: string, make: (token: string, f: Fixtures) => Record<string, string>) =>
  (world: World, f: Fixtures, token: string) =>
    send(world, path, new URLSearchParams(make(token, f)), basic(f.app));
const page =
  (path: string, make: (token: string, f: Fixtures) => Record<string, string>) =>
  (world: World, f: Fixtures, token: string) =>
    send(world, path, new URLSearchParams({ csrf_token: f.person.csrfToken, ...make(token, f) }), {
      cookie: f.person.cookieHeader(),
    });

const PLACES: Record<string, Place> = {
  'Bearer of the Agent Chat API': {
    surface: 'action',
    takes: ['access token'],
    send: (world, _, token) => send(world, AGENT, {}, bearer(token)),
  },
  'Basic of the Agent Chat API': {
    surface: 'action',
    takes: ['personal access token'],
    send: (world, f, token) =>
      send(
        world,
        AGENT,
        {},
        { authorization: `Basic ${Buffer.from(`${f.person.accountId}:${token}`).toString('base64')}` },
      ),
  },
  'Bearer of the Customer Chat API': {
    surface: 'action',
    takes: ["customer's access token"],
    send: (world, f, token) =>
      send(world, `/v3.6/customer/action/list_chats?organization_id=${f.organizationId}`, {}, bearer(token)),
  },
  'Bearer of /v2/info': {
    surface: 'livechat',
    takes: ['access token'],
    send: (world, _, token) => get(world, '/v2/info', bearer(token)),
  },
  'Bearer of DELETE /v2/token': {
    surface: 'livechat',
    takes: ['access token', 'refresh token'],
    send: (world, _, token) => send(world, '/v2/token', {}, bearer(token), 'DELETE'),
  },
  '`code` of /v2/token': {
    surface: 'livechat',
    takes: ['code'],
    send: (world, f, token) =>
      send(world, '/v2/token', {
        grant_type: 'authorization_code',
        code: token,
        redirect_uri: REDIRECT,
        ...client(f),
      }),
  },
  '`refresh_token` of /v2/token': {
    surface: 'livechat',
    takes: ['refresh token'],
    send: (world, f, token) =>
      send(world, '/v2/token', { grant_type: 'refresh_token', refresh_token: token, ...client(f) }),
  },
  '`client_secret` of /v2/token': {
    surface: 'livechat',
    takes: ['client secret'],
    send: (world, f, token) =>
      send(world, '/v2/token', {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: f.app.clientId,
        client_secret: token,
      }),
  },
  '`code` of /oauth2/token': {
    surface: 'standard',
    takes: ['code'],
    send: standardForm('/oauth2/token', (code) => ({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
    })),
  },
  '`refresh_token` of /oauth2/token': {
    surface: 'standard',
    takes: ['refresh token'],
    send: standardForm('/oauth2/token', (refresh_token) => ({ grant_type: 'refresh_token', refresh_token })),
  },
  '`device_code` of /oauth2/token': {
    surface: 'standard',
    takes: ['device code'],
    send: standardForm('/oauth2/token', (device_code) => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code,
    })),
  },
  '`token` of /oauth2/revoke': {
    surface: 'standard',
    // An app may give back, and ask about, all that it got.
    takes: ['access token', 'refresh token', "customer's access token"],
    status: 200,
    send: standardForm('/oauth2/revoke', (token) => ({ token })),
  },
  '`token` of /oauth2/introspect': {
    surface: 'standard',
    takes: ['access token', 'refresh token', "customer's access token"],
    status: 200,
    send: standardForm('/oauth2/introspect', (token) => ({ token })),
  },
  'Bearer of /v2/customer/info': {
    surface: 'livechat',
    takes: ["customer's access token"],
    send: (world, _, token) => get(world, '/v2/customer/info', bearer(token)),
  },
  'Bearer of DELETE /v2/customer/token': {
    surface: 'livechat',
    takes: ["customer's access token"],
    send: (world, _, token) => send(world, '/v2/customer/token', {}, bearer(token), 'DELETE'),
  },
  'Bearer of the agent token grant': {
    surface: 'livechat',
    takes: ['access token'],
    send: (world, f, token) =>
      send(
        world,
        '/v2/customer/token',
        { grant_type: 'agent_token', client_id: f.app.clientId, response_type: 'token' },
        bearer(token),
      ),
  },
  '`code` of the identity transfer grant': {
    surface: 'livechat',
    takes: ['identity transfer token'],
    send: (world, f, token) =>
      send(world, '/v2/customer/token', {
        grant_type: 'identity_token',
        client_id: f.app.clientId,
        code: token,
      }),
  },
  'Bearer of an identity transfer by an agent': {
    surface: 'livechat',
    takes: ['access token'],
    send: (world, f, token) =>
      send(
        world,
        '/v2/customer/identity_transfer',
        { bearer_type: 'agent', client_id: f.app.clientId, customer_id: f.customerId },
        bearer(token),
      ),
  },
  'Bearer of an identity transfer by a customer': {
    surface: 'livechat',
    takes: ["customer's access token"],
    send: (world, f, token) =>
      send(
        world,
        '/v2/customer/identity_transfer',
        { bearer_type: 'customer', client_id: f.app.clientId },
        bearer(token),
      ),
  },
  'Bearer of a registered app': {
    surface: 'standard',
    takes: ['registration access token'],
    send: (world, f, token) =>
      get(world, `/oauth2/register/${f.organizationId}/${f.registered.clientId}`, bearer(token)),
  },
  'Bearer of the OpenID userinfo': {
    surface: 'standard',
    takes: [],
    send: (world, _, token) => get(world, '/oauth2/userinfo', bearer(token)),
  },
  '`request_uri` of /oauth2/authorize': {
    surface: 'page',
    takes: ['request_uri'],
    status: 303,
    send: (world, f, token) =>
      get(
        world,
        `/oauth2/authorize?${new URLSearchParams({ client_id: f.app.clientId, request_uri: token })}`,
        {
          cookie: f.person.cookieHeader(),
        },
      ),
  },
  '`handle` of the consent page': {
    surface: 'page',
    takes: ['handle of a request'],
    send: page('/grant-access', (handle) => ({ handle, decision: 'allow' })),
  },
  '`user_code` of the device page': {
    surface: 'page',
    takes: ['user code'],
    send: page('/device', (user_code) => ({ user_code, decision: 'allow' })),
  },
  '`token` of a new password': {
    surface: 'page',
    takes: ['link of a forgotten password'],
    send: page('/reset-password', (token) => ({ token, password: 'quite another horse battery' })),
  },
  '`token` of a confirmation': {
    surface: 'page',
    takes: ['link of a confirmation'],
    send: page('/confirm-email', (token) => ({ token })),
  },
  '`csrf_token` of a form': {
    surface: 'page',
    takes: ['CSRF token'],
    send: page('/account/profile', (csrf_token) => ({ csrf_token, name: 'Another' })),
  },
  'the CSRF header of the Console': {
    surface: 'console',
    takes: ['CSRF token'],
    send: (world, f, token) =>
      send(
        world,
        '/console/api/apps',
        { name: 'Another', product: 'livechat' },
        {
          cookie: f.person.cookieHeader(),
          'x-csrf-token': token,
        },
      ),
  },
  'the session cookie of the Console': {
    surface: 'console',
    takes: ['session cookie'],
    send: (world, _, token) =>
      get(world, '/console/api/session', { cookie: `gatehouse_session=${encodeURIComponent(token)}` }),
  },
  'the cookies of a customer': {
    surface: 'livechat',
    takes: [],
    send: (world, f, token) =>
      send(
        world,
        '/v2/customer/token',
        {
          grant_type: 'cookie',
          client_id: f.app.clientId,
          organization_id: f.organizationId,
          redirect_uri: REDIRECT,
        },
        {
          cookie: `__lc_cid=${f.customerId}; __lc_cst=${encodeURIComponent(token)}`,
          origin: 'https://evil.example',
        },
      ),
  },
};

eachEngine((engine) => {
  describe('a token at a place that is not its own', () => {
    let world: World;
    let f: Fixtures;
    before(async () => {
      world = await openWorld(engine);
      f = await openFixtures(world);
    });
    after(() => world.close());

    for (const [name, place] of Object.entries(PLACES))
      it(`is refused and does nothing: ${name}`, async () => {
        const image = world.file && (await databaseImage(world));
        const descriptions = new Set<string>();
        for (const [family, tokenOf] of Object.entries(FAMILIES)) {
          if (place.takes.includes(family)) continue;
          const response = await place.send(world, f, tokenOf(f));
          const text = await response.text();
          const say = `${family}: ${response.status} ${text.slice(0, 200)}`;
          if (place.status === undefined) {
            assert.ok(response.status >= 400 && response.status < 500, say);
            checkErrorShape(place.surface, { ...wire(response), text });
          } else assert.equal(response.status, place.status, say);
          if (response.status === 303) assert.match(response.headers.get('location') ?? '', /^\/ooops\?/);
          assert.ok(
            !text.includes(tokenOf(f)) || NO_SECRETS.includes(family) || name.includes('user_code'),
            `${say} echoes it`,
          );
          descriptions.add(text);
        }
        if (name.includes('introspect')) assert.deepEqual([...descriptions], ['{"active":false}']);
        if (world.file && image) assert.deepEqual(effectsBetween(image, await databaseImage(world)), []);
      });

    if (engine.name === 'sqlite')
      it('belongs where it is taken', async () => {
        for (const [name, place] of Object.entries(PLACES))
          for (const family of place.takes) {
            const own = await openFixtures(world);
            const response = await place.send(world, own, FAMILIES[family]?.(own) ?? '');
            const text = await response.text();
            // A device that nobody allowed yet, and a refresh token that is none, come to the next check.
            const isNext =
              /authorization_pending|invalid_grant/.test(text) && /device_code|client_secret/.test(name);
            assert.ok(
              response.status < 400 || isNext,
              `${name}, ${family}: ${response.status} ${text.slice(0, 200)}`,
            );
          }
      });

    it('as an unknown grant or response type is told what there is', async () => {
      for (const path of ['/v2/token', '/oauth2/token', '/v2/customer/token']) {
        const answer = await post(world, path, {
          grant_type: 'password',
          ...client(f),
          username: 'x',
          password: 'y',
        });
        assert.equal(answer.body.error, 'unsupported_grant_type', path);
        assert.match(answer.body.error_description, /authorization_code|agent_token/);
      }
      for (const responseType of ['id_token', 'code token', 'none', 'CODE', 'code id_token']) {
        const query = new URLSearchParams({
          response_type: responseType,
          client_id: f.app.clientId,
          redirect_uri: REDIRECT,
        });
        for (const path of ['/', '/oauth2/authorize']) {
          const { location = '' } = await f.person.browser.get(`${path}?${query}`);
          assert.match(
            location,
            /(error|oauth_exception)=unsupported_response_type/,
            `${path} ${responseType}`,
          );
          assert.doesNotMatch(location, /[?&#](code|access_token|id_token)=/);
        }
      }
    });
  });
});

function wire(response: Response): Omit<WireAnswer, 'text'> {
  return { status: response.status, headers: Object.fromEntries(response.headers) };
}
