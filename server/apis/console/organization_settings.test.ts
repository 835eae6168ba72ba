import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import type { OrganizationSettings } from './schemas.ts';

const URL = '/console/api/organization/settings';

describe('the settings of an organization', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let administrator: TestPerson;
  let stranger: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    const acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    administrator = await world.person(acme, { name: 'Adam', role: 'administrator' });
    stranger = await world.person(await world.organization('Other'), { name: 'Otto', role: 'owner' });
  });
  after(() => world.close());

  it('are changed by the owner, and seen by administrators', async () => {
    const before = await administrator.call<OrganizationSettings>('GET', URL);
    assert.deepEqual(before.body, { version: 1, force_strict: false });
    const saved = await owner.call<OrganizationSettings>('PATCH', URL, {
      body: { version: 1, force_strict: true },
    });
    assert.deepEqual(saved.body, { version: 2, force_strict: true });
    assert.deepEqual((await administrator.call('GET', URL)).body, saved.body);
    assert.equal((await stranger.call<OrganizationSettings>('GET', URL)).body.force_strict, false);
  });

  it('tell the second of two who save at once, and keep what the first saved', async () => {
    const { version } = (await owner.call<OrganizationSettings>('GET', URL)).body;
    await owner.call('PATCH', URL, { body: { version, force_strict: true } });
    const second = await owner.call('PATCH', URL, { body: { version, force_strict: false } });
    assert.equal(second.status, 409);
    assert.equal(second.body.error.type, 'conflict');
    assert.equal(second.body.error.current_version, version + 1);
    assert.equal((await owner.call<OrganizationSettings>('GET', URL)).body.force_strict, true);
  });

  it('hold redirect URIs that an app saves to the strict profile', async () => {
    const { version } = (await owner.call<OrganizationSettings>('GET', URL)).body;
    await owner.call('PATCH', URL, { body: { version, force_strict: true } });
    const { app } = await owner.app('Plain', 'server_side_app');
    const refused = await owner.call('PUT', `/console/api/apps/${app.id}/authorization`, {
      body: {
        version: app.version,
        redirect_uris: ['http://www.example.com/callback'],
        scopes: [],
        profile: 'compatible',
        switches: { accept_sub_paths: false, allow_plain_http: true, rotate_refresh_tokens: false },
      },
    });
    assert.equal(refused.status, 400);
    assert.deepEqual(
      refused.body.error.fields.map(({ field }) => field),
      ['redirect_uris[0]'],
    );
  });
});
