import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import type { DynamicRegistration, InitialAccessToken } from './schemas.ts';

const ADDRESS = '/console/api/organization/dynamic_registration';
const TOKENS = '/console/api/organization/initial_access_tokens';

describe('Dynamic registration in the Console', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let administrator: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    const acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    administrator = await world.person(acme, { name: 'Adam', role: 'administrator' });
  });
  after(() => world.close());

  const read = () => owner.call<DynamicRegistration>('GET', ADDRESS);
  const create = (body: unknown) =>
    owner.call<{ token: InitialAccessToken; secret: string }>('POST', TOKENS, { body });

  it('is off at first, and changed by the owner', async () => {
    const { body } = await read();
    assert.deepEqual(
      [body.mode, body.initial_access_tokens, body.unverified, body.most_unverified],
      ['off', [], 0, 100],
    );
    assert.match(body.endpoint, /\/oauth2\/register\/[0-9a-f-]{36}$/);
    for (const mode of ['open', 'with_initial_access_token', 'off'] as const) {
      const changed = await owner.call<DynamicRegistration>('PUT', ADDRESS, { body: { mode } });
      assert.deepEqual([changed.status, changed.body.mode], [200, mode]);
    }
    assert.equal((await owner.call('PUT', ADDRESS, { body: { mode: 'anybody' } })).status, 400);
  });

  it('is the owner’s alone', async () => {
    const calls: [string, string, unknown][] = [
      ['GET', ADDRESS, undefined],
      ['PUT', ADDRESS, { mode: 'open' }],
      ['POST', TOKENS, { name: 'x' }],
      ['DELETE', `${TOKENS}/x`, undefined],
      ['POST', '/console/api/apps/0b8e3c0a-0000-4000-8000-000000000000/verification', {}],
    ];
    for (const [method, url, body] of calls) {
      const { status } = await administrator.call(method, url, body === undefined ? {} : { body });
      assert.equal(status, 403, `${method} ${url}`);
    }
    assert.equal((await read()).body.mode, 'off');
  });

  it('shows an initial access token once, lists and revokes it', async () => {
    const made = await create({ name: ' Build  server ' });
    assert.equal(made.status, 200);
    assert.match(made.body.secret, /^i[A-Za-z0-9_-]{43}$/);
    const { id, name, uses, last_used_at: lastUsed, expired } = made.body.token;
    assert.deepEqual([name, uses, lastUsed, expired], ['Build server', 0, null, false]);
    const listed = await read();
    assert.deepEqual(listed.body.initial_access_tokens, [made.body.token]);
    assert.ok(!listed.text.includes(made.body.secret));
    assert.equal((await owner.call('DELETE', `${TOKENS}/${id}`)).status, 204);
    assert.equal((await owner.call('DELETE', `${TOKENS}/${id}`)).status, 404);
    assert.deepEqual((await read()).body.initial_access_tokens, []);
  });

  it('refuses a token without a name or with an endless life, and the twenty-first', async () => {
    for (const [body, field] of [
      [{ name: ' ' }, 'name'],
      [{ name: 'x', expires_in_days: 366 }, 'expires_in_days'],
      [{ name: 'x', expires_in_days: 0 }, 'expires_in_days'],
    ] as const) {
      const { status, body: refused } = await create(body);
      assert.deepEqual([status, refused.error.fields[0]?.field], [400, field]);
    }
    for (let n = 0; n < 20; n++) assert.equal((await create({ name: `Token ${n}` })).status, 200);
    const full = await create({ name: 'One more' });
    assert.deepEqual([full.status, full.body.error.type], [409, 'limit_reached']);
  });

  it('has nothing to verify on an app that people made', async () => {
    const { app } = await owner.app('Ours', 'server_side_app');
    const { status, body } = await owner.call('POST', `/console/api/apps/${app.id}/verification`, {
      body: {},
    });
    assert.deepEqual([status, body.error.type], [409, 'conflict']);
    const other = await world.person(await world.organization('Beta'), { name: 'Bo', role: 'owner' });
    const foreign = await other.call('POST', `/console/api/apps/${app.id}/verification`, { body: {} });
    assert.equal(foreign.status, 404);
  });
});
