import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Organization, openWorld, type Person, tokensFor, type World } from '../support/world.ts';

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

  it('is opened by a personal access token, which HTTP Basic carries', async () => {
    for (const path of ['/v2/accounts', '/v2/accounts/me', '/v2/roles', '/v2/organizations']) {
      const answer = await call(path, bearer);
      assert.deepEqual([answer.status, answer.origin], [200, '*'], path);
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
