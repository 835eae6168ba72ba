import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from './support/console_world.ts';

describe('a method of programs in the Console', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let member: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    const acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    member = await world.person(acme, { name: 'Mira', role: 'member' });
  });
  after(() => world.close());

  const door = (person: TestPerson, name: string, body: object) =>
    person.call<{ id: number; error: { type: string; message: string } }>(
      'POST',
      `/console/api/configuration/${name}`,
      { body },
    );

  it('is opened by the session as far as the person’s role goes', async () => {
    const made = await door(owner, 'create_group', { name: 'Sales', agent_priorities: {} });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    const found = await door(member, 'list_groups', {});
    assert.equal(found.status, 200);
    assert.ok(JSON.stringify(found.body).includes('Sales'));
    const refused = await door(member, 'delete_group', { id: made.body.id });
    assert.equal(refused.status, 403);
    assert.equal(refused.body.error.type, 'authorization');
  });

  it('takes the CSRF token, and says what is wrong with an input as the Console does', async () => {
    const forged = await owner.call('POST', '/console/api/configuration/list_groups', {
      body: {},
      csrf: false,
    });
    assert.equal(forged.status, 403);
    const wrong = await door(owner, 'create_group', { name: '' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.body.error.type, 'validation');
  });

  it('serves the Global Accounts API, too', async () => {
    const accounts = await owner.call('GET', '/console/api/v2/accounts');
    assert.equal(accounts.status, 200, JSON.stringify(accounts.body));
  });
});
