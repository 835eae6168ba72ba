import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { presentChatSummaryToAgent } from '../server/apis/present/chat.ts';
import type { AgentActor, CustomerActor } from '../server/domain/chats/actors.ts';
import { type Organization, openWorld, type World } from './support/world.ts';

describe('Properties of an organization, for its pages', () => {
  let world: World;
  let acme: Organization;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    const caller = { user: 'agent', clientId: null, licenseId: acme.licenseId, namespaces: 'all' } as const;
    const { properties } = world.server.services;
    await properties.updateValues(caller, null, {
      test: { int_property: 7 },
      core: { transcript_emails: 'a@b.c' },
    });
    await properties.updateValues(caller, 0, { test: { bool_property: true } });
  });
  after(() => world.close());

  async function read(path: string): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${world.url}${path}`);
    return { status: answer.status, body: await answer.json() };
  }
  const license = (query: string) => read(`/v3.6/customer/action/list_license_properties?${query}`);
  const group = (query: string) => read(`/v3.6/customer/action/list_group_properties?${query}`);

  it('are read without a token: what customers may see, and nothing else', async () => {
    const seen = { status: 200, body: { test: { int_property: 7 } } };
    assert.deepEqual(await license(`organization_id=${acme.id}`), seen);
    assert.deepEqual(await license(`organization_id=${acme.id}&namespace=test&name=int_property`), seen);
    assert.deepEqual((await license(`organization_id=${acme.id}&namespace=core`)).body, {});
    assert.deepEqual((await group(`organization_id=${acme.id}&id=0`)).body, {
      test: { bool_property: true },
    });
    const unversioned = '/customer/action/list_license_properties';
    assert.deepEqual(await read(`${unversioned}?organization_id=${acme.id}`), seen);
    const posted = await world.call(
      `/v3.6/customer/action/list_license_properties?organization_id=${acme.id}`,
      {},
    );
    assert.deepEqual(posted.body, seen.body);
  });

  it('are refused for an organization or a group that does not exist, and without one', async () => {
    const type = async (answer: Promise<{ body: unknown }>) =>
      ((await answer).body as { error: { type: string } }).error.type;
    assert.equal(await type(license(`organization_id=${crypto.randomUUID()}`)), 'license_not_found');
    assert.equal(await type(license('')), 'validation');
    assert.equal(await type(group(`organization_id=${acme.id}&id=9`)), 'group_not_found');
    assert.equal(await type(group(`organization_id=${acme.id}&id=x`)), 'validation');
    assert.equal(await type(group(`organization_id=${acme.id}`)), 'validation');
  });
});

describe('What lists and archives remember', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it('shows properties to each app as their definitions are at the moment', async () => {
    const acme = await world.organization('Acme');
    const person = await world.person(acme);
    const [mine, theirs] = [await world.app(person, acme), await world.app(person, acme)];
    const { chats, properties } = world.server.services;
    const { licenseId } = acme;
    const actor = { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' };
    const owner = { licenseId, clientId: mine.clientId, accountId: person.accountId, actor };
    await properties.register(owner, {
      name: 'plan',
      type: 'string',
      access: { chat: { agent: ['read', 'write'] } },
    });
    const through = (clientId: string): AgentActor => ({
      kind: 'agent',
      licenseId,
      agentId: person.email,
      reach: 'all',
      groupIds: [0],
      clientId,
    });
    const gold = { [mine.clientId]: { plan: 'gold' } };
    await chats.startChat(through(mine.clientId), { chat: { properties: gold } });
    const seen = async (clientId: string) => {
      const page = await chats.listChatsOfAgent(through(clientId), {});
      const viewer = { agentId: person.email, chatRole: 'administrator' } as const;
      return page.chats.map(
        (chat) => presentChatSummaryToAgent(chat, page.agents, viewer, page.reader).properties,
      );
    };
    for (const _ of [1, 2]) {
      assert.deepEqual(await seen(mine.clientId), [gold]);
      assert.deepEqual(await seen(theirs.clientId), [{}]);
    }
    await properties.publish(owner, 'plan', ['read']);
    assert.deepEqual(await seen(theirs.clientId), [gold]);
  });

  it('is not found any more by words that a customer deleted', async () => {
    const acme = await world.organization('Acme');
    const person = await world.person(acme);
    const { chats, archives } = world.server.services;
    const { licenseId } = acme;
    const { id: customerId } = await chats.createCustomer({ licenseId, name: 'Tom' });
    const tom: CustomerActor = { kind: 'customer', licenseId, customerId, ip: null, userAgent: null };
    const { chatId, threadId } = await chats.startChat(tom, {
      chat: { thread: { events: [{ type: 'message', text: 'My number is 4111' }] } },
    });
    const agent: AgentActor = {
      kind: 'agent',
      licenseId,
      agentId: person.email,
      reach: 'all',
      groupIds: [0],
    };
    const found = async () => (await archives.list(agent, { filters: { query: '4111' } })).threads.length;
    assert.equal(await found(), 1);
    await chats.deleteEvent(tom, { chat_id: chatId, thread_id: threadId, event_id: `${threadId}_1` });
    assert.equal(await found(), 0);
  });
});
