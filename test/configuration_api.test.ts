import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listGroups } from '../server/apis/configuration/list_groups.ts';
import { openCrew } from './support/registry/crew.ts';
import { type Organization, openWorld, type Person, tokensFor, type World } from './support/world.ts';

describe('the Configuration API', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let ann: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme, { account: 'owner', chat: 'administrator', groups: [0] });
    ann = await world.person(acme, { account: 'member', chat: 'normal', groups: [0] });
  });
  after(() => world.close());

  const call = (name: string, body: unknown, authorization?: string) =>
    world.call(`/v3.6/configuration/action/${name}`, body, authorization);
  async function bearer(person: Person, scopes: string[]): Promise<string> {
    const app = await world.app(owner, acme, { scopes });
    return `Bearer ${(await tokensFor(world, person, app)).access_token}`;
  }

  it('is opened by a personal access token by Basic, and by an agent’s access token', async () => {
    const crew = await openCrew(world, 'Initech', 4);
    const byPersonal = await crew.call(listGroups as never, {});
    assert.equal(byPersonal.status, 200);
    assert.deepEqual(byPersonal.body.at(-1), { id: 4, name: 'Initech group', language_code: 'en' });
    const byBearer = await call('list_groups', {}, await bearer(owner, ['groups--all:ro']));
    assert.equal(byBearer.status, 200);
  });

  it('refuses a customer’s token in words', async () => {
    const app = await world.app(owner, acme, { scopes: ['customers:own'] });
    const { access_token } = await tokensFor(world, owner, app);
    const granted = await fetch(`${world.url}/v2/customer/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
      body: JSON.stringify({
        grant_type: 'agent_token',
        client_id: app.clientId,
        response_type: 'token',
        organization_id: acme.id,
      }),
    });
    const { access_token: customer } = (await granted.json()) as { access_token: string };
    const refused = await call('list_groups', {}, `Bearer ${customer}`);
    assert.equal(refused.status, 401);
    assert.match(refused.body.error.message, /customer's access token/);
  });

  it('tells of an agent what is asked for, and of others with agents--all:ro alone', async () => {
    const mine = await bearer(ann, ['agents--my:ro']);
    const self = await call('get_agent', { id: ann.email }, mine);
    assert.deepEqual(Object.keys(self.body).sort(), [
      'account_id',
      'avatar',
      'id',
      'login_status',
      'name',
      'role',
    ]);
    assert.equal(self.body.role, 'normal');
    const other = await call('get_agent', { id: owner.email }, mine);
    assert.equal(other.body.error.type, 'missing_access');
    const all = await bearer(owner, ['agents--all:ro']);
    const whole = await call(
      'get_agent',
      { id: ann.email.toUpperCase(), fields: ['groups', 'suspended', 'max_chats_count', 'work_scheduler'] },
      all,
    );
    assert.deepEqual(whole.body.groups, [{ id: 0, priority: 'normal' }]);
    assert.equal(whole.body.suspended, false);
    assert.equal(whole.body.max_chats_count, 6);
    const none = await call('get_agent', { id: 'nobody@example.test' }, all);
    assert.equal(none.body.error.type, 'not_found');
  });

  it('lists agents by group and by suspension', async () => {
    const all = await bearer(owner, ['agents--all:ro']);
    const ids = async (filters: object) =>
      (await call('list_agents', { filters }, all)).body.map((one: { id: string }) => one.id).sort();
    assert.deepEqual(await ids({}), [ann.email, owner.email].sort());
    assert.deepEqual(await ids({ suspended: true }), []);
    assert.deepEqual(await ids({ group_ids: [77] }), []);
    assert.deepEqual(await ids({ group_ids: [0, 77], suspended: false }), [ann.email, owner.email].sort());
  });

  it('steers routing by the priorities of a group, and forgets a deleted one', async () => {
    const all = await bearer(owner, ['groups--all:rw']);
    const { licenseId } = acme;
    const first = async (id: number) =>
      (await world.server.services.customers.availability.predict(licenseId, [id])).agent?.id;
    const made = await call(
      'create_group',
      { name: 'Shoes', agent_priorities: { [ann.email]: 'first', [owner.email]: 'last' } },
      all,
    );
    const { id } = made.body;
    assert.equal(await first(id), ann.email);
    const swapped = { [ann.email]: 'supervisor', [owner.email]: 'normal' };
    assert.equal((await call('update_group', { id, agent_priorities: swapped }, all)).status, 200);
    assert.equal(await first(id), owner.email);
    const told = await call('get_group', { id, fields: ['agent_priorities', 'routing_status'] }, all);
    assert.deepEqual(told.body.agent_priorities, swapped);
    assert.equal(told.body.routing_status, 'online');
    assert.equal((await call('delete_group', { id }, all)).status, 200);
    assert.equal((await call('get_group', { id }, all)).body.error.type, 'not_found');
    assert.equal(await first(id), undefined);
    const next = await call('create_group', { name: 'Shoes', agent_priorities: {} }, all);
    assert.equal(next.body.id, id + 1, 'an id is not given twice');
  });

  it('refuses a group’s name that another has in other case or form, and group 0’s end', async () => {
    const all = await bearer(owner, ['groups--all:rw']);
    const name = (text: string) => call('create_group', { name: text, agent_priorities: {} }, all);
    assert.equal((await name('Caf\u00e9')).status, 200);
    assert.equal((await name('CAFE\u0301')).body.error.type, 'already_exists');
    assert.equal((await call('delete_group', { id: 0 }, all)).body.error.type, 'validation');
    const emptied = await call('update_group', { id: 0, agent_priorities: {} }, all);
    assert.match(emptied.body.error.message, /last group/);
    const bea = await world.person(acme, { account: 'member', chat: 'administrator', groups: [0] });
    const mine = await bearer(bea, ['groups--my:rw']);
    assert.equal((await call('delete_group', { id: 1 }, mine)).body.error.type, 'missing_access');
  });
});
