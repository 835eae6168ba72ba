import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ConsoleWorld,
  openConsoleWorld,
  type TestOrganization,
  type TestPerson,
} from '../../../test/support/console_world.ts';
import type { App } from './schemas.ts';

describe('The bot identity of an app in the Console', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let acme: TestOrganization;
  before(async () => {
    world = await openConsoleWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
  });
  after(() => world.close());

  const address = (app: App) => `/console/api/apps/${app.id}/bot`;

  it('is given, renamed and removed, and the app tells of it', async () => {
    const { app } = await owner.app('Server', 'server_side_app');
    assert.equal(app.authorization?.bot, null);
    const given = await owner.call<App>('POST', address(app), { body: { name: '  Night   clerk ' } });
    assert.equal(given.status, 200);
    const { id, created_at: created, ...rest } = given.body.authorization?.bot ?? {};
    assert.match(id ?? '', /^[0-9a-f]{32}$/);
    assert.ok(created);
    assert.deepEqual(rest, { name: 'Night clerk', avatar_url: null, last_used_at: null, scopes: [] });
    assert.ok(given.body.version > app.version);
    const renamed = await owner.call<App>('PATCH', address(app), { body: { name: 'Day clerk' } });
    assert.deepEqual(
      [renamed.body.authorization?.bot?.name, renamed.body.authorization?.bot?.id],
      ['Day clerk', id],
    );
    const removed = await owner.call<App>('DELETE', address(app));
    assert.deepEqual([removed.status, removed.body.authorization?.bot], [200, null]);
    assert.equal((await owner.call('DELETE', address(app))).status, 404);
  });

  it('tells which of the app’s scopes the bot may ask for', async () => {
    const { app } = await owner.app('Scoped', 'server_side_app');
    const block = app.authorization;
    await owner.call('PUT', `/console/api/apps/${app.id}/authorization`, {
      body: {
        version: app.version,
        redirect_uris: [],
        scopes: ['chats--all:rw', 'agents--all:rw', 'customers:ro'].map((scope) => ({
          scope,
          required: true,
        })),
        profile: block?.profile,
        switches: block?.switches,
      },
    });
    const { body } = await owner.call<App>('POST', address(app), { body: { name: 'Clerk' } });
    assert.deepEqual(body.authorization?.bot?.scopes, ['chats--access:rw', 'customers:ro']);
  });

  it('is refused to JavaScript apps, a second time, without a name, and across organizations', async () => {
    const { app } = await owner.app('Server', 'server_side_app');
    const { app: webApp } = await owner.app('Browser', 'javascript_app');
    const { app: bare } = await owner.app('Bare');
    const give = (of: App, name = 'Clerk', by = owner) => by.call('POST', address(of), { body: { name } });
    const javascript = await give(webApp);
    assert.deepEqual([javascript.status, javascript.body.error.type], [400, 'validation']);
    assert.equal((await give(bare)).status, 404);
    const nameless = await give(app, ' ');
    assert.deepEqual([nameless.status, nameless.body.error.fields[0]?.field], [400, 'name']);
    assert.equal((await give(app, 'x'.repeat(101))).status, 400);
    const stranger = await world.person(await world.organization('Beta'), { name: 'Bo', role: 'owner' });
    assert.equal((await give(app, 'Clerk', stranger)).status, 404);
    assert.equal((await give(app)).status, 200);
    assert.equal((await give(app)).status, 409);
    const member = await world.person(acme, { name: 'Mia', role: 'member' });
    assert.equal((await give(app, 'Clerk', member)).status, 403);
  });
});
