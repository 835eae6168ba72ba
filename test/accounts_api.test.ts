import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Compile } from 'typebox/compile';
import { registry } from '../server/apis/registry/registry.ts';
import { type Organization, openWorld, type Person, tokensFor, type World } from './support/world.ts';

describe('the Global Accounts API', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let stranger: Person;
  let bearer: string;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
    owner = await world.person(acme);
    const elsewhere = await world.organization('Elsewhere');
    stranger = await world.person(elsewhere);
    bearer = await tokenWith(['accounts--all:ro', 'accounts.roles--all:ro']);
  });
  after(() => world.close());

  const tokenWith = async (scopes: string[]): Promise<string> => {
    const own = await world.server.services.identity.member(acme.licenseId, owner.accountId);
    assert.ok(own);
    const form = { name: 'CLI', scopes, expiresInDays: 1 };
    const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
    const { secret } = await world.server.services.grants.personal.create(own.membership, form, actor);
    return `Basic ${btoa(`${owner.accountId}:${secret}`)}`;
  };
  const call = async (path: string, authorization?: string, method = 'GET') => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${world.url}${path}`, { method, headers });
    const text = await response.text();
    return {
      status: response.status,
      origin: response.headers.get('access-control-allow-origin'),
      body: text === '' ? undefined : JSON.parse(text),
    };
  };

  it('answers each method to a personal access token, as it declares', async () => {
    for (const method of registry.accounts) {
      // Changes, and what must be set up first, have tests of their own.
      if (method.http.method !== 'GET' || method.name === 'get_saml') continue;
      const example = (method.example ?? {}) as Record<string, string>;
      const path = method.http.path.replace(/:([a-z_]+)/g, (_, name: string) => example[name] ?? '');
      const answer = await call(path, bearer, method.http.method);
      assert.equal(answer.status, 200, `${method.name}: ${JSON.stringify(answer.body)}`);
      assert.ok(Compile(method.output as never).Check(answer.body), method.name);
      assert.equal(answer.origin, '*');
    }
  });

  it('is opened by an app’s access token', async () => {
    const app = await world.app(owner, acme);
    const { access_token: token } = await tokensFor(world, owner, app);
    const mine = await call('/v2/organizations/my', `Bearer ${token}`);
    assert.deepEqual([mine.status, mine.body.organization_id], [200, acme.id]);
  });

  it('refuses a customer’s token with words, and who brings none', async () => {
    const app = await world.app(owner, acme, { type: 'javascript_app' });
    const response = await fetch(`${world.url}/v2/customer/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://www.example.com' },
      body: JSON.stringify({
        grant_type: 'cookie',
        response_type: 'token',
        client_id: app.clientId,
        organization_id: acme.id,
      }),
    });
    const { access_token: customer } = (await response.json()) as { access_token: string };
    const refused = await call('/v2/accounts/me', `Bearer ${customer}`);
    assert.deepEqual([refused.status, refused.body.error], [401, 'unauthorized']);
    assert.match(refused.body.error_description, /customer's access token/);
    assert.equal((await call('/v2/accounts/me')).status, 401);
  });

  it('shows the own account alone to accounts--my:ro, and roles to who may read them', async () => {
    const narrow = await tokenWith(['accounts--my:ro']);
    const own = await call('/v2/accounts/me', narrow);
    assert.deepEqual([own.status, own.body.email, own.body.roles], [200, owner.email, undefined]);
    assert.equal(
      (await call(`/v2/accounts/${stranger.accountId}`, narrow)).body.sub_error,
      'insufficient_scope',
    );
    const all = await call('/v2/accounts', narrow);
    assert.deepEqual(
      [all.status, all.body.error, all.body.sub_error],
      [403, 'access_denied', 'insufficient_scope'],
    );
    const seen = await call('/v2/accounts/me', bearer);
    assert.deepEqual(
      seen.body.roles.map(({ product, role }: Record<string, string>) => `${product} ${role}`),
      ['Accounts owner', 'LiveChat administrator'],
    );
  });

  it('knows nothing of other organizations', async () => {
    assert.equal((await call(`/v2/accounts/${stranger.accountId}`, bearer)).status, 404);
    assert.equal((await call('/v2/organizations/00000000-0000-4000-8000-000000000000', bearer)).status, 404);
    assert.ok(!JSON.stringify((await call('/v2/accounts', bearer)).body).includes(stranger.email));
    assert.equal((await call('/v2/roles', bearer, 'PUT')).status, 405);
  });
});
