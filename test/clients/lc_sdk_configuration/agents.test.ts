import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Configuration } from '@livechat/lc-sdk-js';
import { engines } from '../../support/databases.ts';
import { type Organization, openWorld, type Person, tokensFor, type World } from '../../support/world.ts';

const SCOPES = ['agents--all:rw', 'accounts--all:rw', 'accounts.roles.lc--all:rw', 'groups--all:rw'];

// The published package, unchanged: it speaks https alone, and version 3.4, which had no batches.
describe('@livechat/lc-sdk-js: agents and groups', () => {
  let world: World;
  let acme: Organization;
  let owner: Person;
  let tools: InstanceType<typeof Configuration.Web>;
  before(async () => {
    world = await openWorld(engines.sqlite, ['--tls']);
    assert.ok(world.server.authorityFile);
    // What NODE_EXTRA_CA_CERTS does for a process from its start on.
    setDefaultCACertificates([
      ...getCACertificates('default'),
      readFileSync(world.server.authorityFile, 'utf8'),
    ]);
    acme = await world.organization('Acme');
    owner = await world.person(acme);
    tools = await toolsOf(owner, SCOPES);
  });
  after(() => world.close());

  async function toolsOf(person: Person, scopes: string[]) {
    const app = await world.app(owner, acme, { scopes });
    const accessToken = (await tokensFor(world, person, app)).access_token;
    const grant = () => ({ accessToken, organizationID: acme.id, region: 'dal' });
    return new Configuration.Web(app.clientId, grant, { apiUrl: new URL(world.url).host });
  }

  it('makes, reads, changes, suspends and removes an agent', async () => {
    const id = 'smith@example.test';
    const made = await tools.createAgent(id, {
      name: 'Agent Smith',
      role: 'administrator',
      max_chats_count: 4,
    } as never);
    assert.equal((made as { id: string }).id, id);
    await tools.updateAgent(id, { job_title: 'Support Hero' } as never);
    const found = await tools.getAgent(id, ['job_title', 'max_chats_count', 'suspended'] as never);
    const { name, role, job_title, max_chats_count } = found as unknown as Record<string, unknown>;
    assert.deepEqual(
      [name, role, job_title, max_chats_count],
      ['Agent Smith', 'administrator', 'Support Hero', 4],
    );
    await tools.suspendAgent(id);
    const listed = (await tools.listAgents([0], ['suspended'] as never)) as unknown as {
      id: string;
      suspended: boolean;
    }[];
    assert.equal(listed.find((one) => one.id === id)?.suspended, true);
    await tools.unsuspendAgent(id);
    await tools.approveAgent(id);
    await tools.deleteAgent(id);
    await assert.rejects(tools.getAgent(id, [] as never));
  });

  it('asks for a suspension to be lifted with the suspended agent’s own token', async () => {
    const ann = await world.person(acme, { account: 'member', chat: 'normal' });
    const own = await toolsOf(ann, ['agents--my:ro']);
    await tools.suspendAgent(ann.email);
    await own.requestAgentUnsuspension();
    const mails = await world.server.services.identity.outbox.latest(5);
    assert.ok(mails.some(({ recipient }) => recipient === owner.email));
  });

  it('makes, reads and deletes a group', async () => {
    const made = await tools.createGroup('Sports shoes', { [owner.email]: 'first' } as never, 'en');
    const { id } = made as unknown as { id: number };
    const found = await tools.getGroup(id, ['agent_priorities'] as never);
    assert.deepEqual((found as unknown as Record<string, unknown>).agent_priorities, {
      [owner.email]: 'first',
    });
    await tools.deleteGroup(id);
    await assert.rejects(tools.getGroup(id, [] as never));
  });
});
