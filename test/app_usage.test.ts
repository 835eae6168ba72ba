import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openWorld, type Person, type RegisteredApp, tokensFor, type World } from './support/world.ts';

describe('the usage of an app', () => {
  let world: World;
  let owner: Person;
  let app: RegisteredApp;
  before(async () => {
    world = await openWorld();
    const acme = await world.organization();
    owner = await world.person(acme);
    app = await world.app(owner, acme, { scopes: ['chats--all:rw', 'agents--all:ro'] });
  });
  after(() => world.close());

  const usage = async (query = '') =>
    JSON.parse((await owner.browser.get(`/console/api/apps/${app.details.app.id}/usage${query}`)).text);

  it('is counted by method and status, in every version, and tells the smaller set of scopes', async () => {
    const { access_token: token } = await tokensFor(world, owner, app);
    const bearer = `Bearer ${token}`;
    for (const version of ['3.5', '3.6', '3.6'])
      assert.equal((await world.call(`/v${version}/agent/action/list_chats`, {}, bearer)).status, 200);
    assert.equal((await world.call('/v3.6/agent/action/list_chats', { limit: 1000 }, bearer)).status, 400);
    await world.server.services.insight.usage.flush();
    const told = await usage();
    const listed = told.methods.find((one: { method: string }) => one.method === 'agent.list_chats');
    assert.equal(listed.requests, 4);
    assert.equal(listed.refused, 1);
    assert.ok(listed.p50_ms === null || listed.p50_ms >= 1);
    assert.ok(told.methods.some((one: { method: string }) => one.method === 'POST /v2/token'));
    assert.equal(told.series.length, 1);
    assert.equal(told.series[0].refused, 1);
    assert.deepEqual(told.scopes, {
      days: 14,
      used: ['chats--all:rw'],
      unused: ['agents--all:ro'],
      smaller: ['chats--all:ro'],
    });
  });

  it('adds up over flushes, and writes nothing where nothing came', async () => {
    const before = (await usage()).requests;
    await world.token({ client_id: app.clientId, grant_type: 'nonsense' });
    await world.server.services.insight.usage.flush();
    await world.server.services.insight.usage.flush();
    assert.equal((await usage()).requests, before + 1);
  });

  it('is not for those who are not of the organization, and takes the times it knows', async () => {
    const other = await world.person(await world.organization('Other'));
    const path = `/console/api/apps/${app.details.app.id}/usage`;
    assert.equal((await other.browser.get(path)).status, 404);
    assert.equal((await owner.browser.get(`${path}?days=8`)).status, 400);
  });

  it('lets strangers’ inventions of apps go', async () => {
    await world.token({ client_id: 'f'.repeat(32), grant_type: 'nonsense' });
    await world.server.services.insight.usage.flush();
    const rows = await world.server.composition.database.read.query((db) =>
      db.selectFrom('app_requests').select('client_id').distinct(),
    );
    assert.deepEqual(
      rows.map(({ client_id }) => client_id),
      [app.clientId],
    );
  });
});
