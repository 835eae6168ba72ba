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
});
