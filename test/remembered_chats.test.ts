import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { presentChatSummaryToAgent } from '../server/apis/present/chat.ts';
import { stringifyAnswer } from '../server/apis/present/lasting.ts';
import type { AgentActor, CustomerActor } from '../server/domain/chats/actors.ts';
import { agentsById } from '../server/domain/chats/people.ts';
import { peopleDirectory } from '../server/domain/identity/people_directory.ts';
import { createStorage } from '../server/storage/storage.ts';
import { openWorld, type World } from './support/world.ts';

describe('What is remembered of chats', () => {
  let world: World;
  let agent: AgentActor;
  let customerId: string;
  let customer: CustomerActor;
  let chatId: string;

  before(async () => {
    world = await openWorld();
    const { licenseId } = await world.organization();
    const person = await world.person({ id: '', licenseId });
    agent = { kind: 'agent', licenseId, agentId: person.email, reach: 'all', groupIds: [0] };
    customerId = (await chats().createCustomer({ licenseId, name: 'Cora' })).id;
    customer = { kind: 'customer', licenseId, customerId, ip: '203.0.113.7', userAgent: 'test' };
    chatId = (await chats().startChat(customer, { active: true })).chatId;
  });
  after(() => world.close());

  const chats = () => world.server.services.chats;
  const list = async (): Promise<string> => {
    const page = await chats().listChatsOfAgent(agent, {});
    const viewer = { agentId: agent.agentId, chatRole: 'administrator' } as const;
    return stringifyAnswer({
      chats: page.chats.map((chat) => presentChatSummaryToAgent(chat, page.agents, viewer, page.reader)),
    });
  };

  /** The same list from the database alone. */
  async function unremembered(): Promise<string> {
    const storage = createStorage(world.server.composition.database);
    const agents = await agentsById(
      peopleDirectory(
        storage,
        world.server.clock,
        () => 0,
        () => '',
      ),
      agent.licenseId,
    );
    const viewer = { agentId: agent.agentId, chatRole: 'administrator' } as const;
    const reader = await world.server.services.properties.reader({ user: 'agent', clientId: null }, []);
    const found = await storage.read.chats(agent.licenseId).chats([chatId]);
    return JSON.stringify({
      chats: found.map((chat) => presentChatSummaryToAgent(chat, agents, viewer, reader)),
    });
  }

  const message = (text: string, visibility: 'all' | 'agents' = 'all') => ({
    chat_id: chatId,
    event: { type: 'message' as const, text, visibility },
  });

  const thread = async () => {
    const { shown } = await chats().getChat(agent, { chat_id: chatId });
    return { chat_id: chatId, thread_id: shown?.thread.id ?? '' };
  };

  const changes: [string, () => Promise<unknown>][] = [
    ['a message of the agent', () => chats().sendEvent(agent, message('Hello'))],
    ['a message of the customer', () => chats().sendEvent(customer, message('Hi'))],
    ['a word among agents', () => chats().sendEvent(agent, message('psst', 'agents'))],
    [
      'a read marker',
      () => chats().markEventsAsSeen(customer, { chat_id: chatId, seen_up_to: '2100-01-01T00:00:00Z' }),
    ],
    [
      'a property of the chat',
      () => chats().updateChatProperties(agent, { id: chatId, properties: { test: { int_property: 1 } } }),
    ],
    [
      'its end',
      () => chats().deleteChatProperties(agent, { id: chatId, properties: { test: ['int_property'] } }),
    ],
    [
      'a property of the thread',
      async () =>
        chats().updateThreadProperties(agent, {
          ...(await thread()),
          properties: { test: { int_property: 1 } },
        }),
    ],
    [
      'a property of its last event',
      async () => {
        const { shown } = await chats().getChat(agent, { chat_id: chatId });
        const last = shown?.events.findLast(({ type }) => type === 'message');
        return chats().updateEventProperties(agent, {
          ...(await thread()),
          event_id: `${last?.threadId}_${last?.number}`,
          properties: { test: { int_property: 1 } },
        });
      },
    ],
    ['a tag', async () => chats().tagThread(agent, { ...(await thread()), tag: 'sales' })],
    ['its end', async () => chats().untagThread(agent, { ...(await thread()), tag: 'sales' })],
    [
      'an event that the customer deletes',
      async () => {
        const { eventId } = await chats().sendEvent(customer, message('oops'));
        await list();
        await chats().deleteEvent(customer, { ...(await thread()), event_id: eventId });
      },
    ],
    ['the end of the thread', () => chats().deactivateChat(agent, { id: chatId })],
    ['a new thread', () => chats().resumeChat(agent, { chat: { id: chatId } })],
    [
      'a new name of the customer',
      () =>
        world.server.composition.storage.write(async (stores) => {
          const store = stores.chats(agent.licenseId);
          const known = await store.lockCustomer(customerId);
          assert.ok(known);
          await store.saveCustomer({ ...known, name: 'Cornelia' });
        }),
    ],
  ];
  for (const [what, change] of changes)
    it(`is given up by ${what}`, async () => {
      const before = await list();
      assert.equal(await list(), before);
      await change();
      const now = await list();
      assert.notEqual(now, before);
      assert.equal(now, await unremembered());
    });

  it('is given up by every one of many messages at once', async () => {
    await list();
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        await chats().sendEvent(agent, message(`message ${n}`));
        // Whoever was told that it is written finds it, or a later one.
        assert.match(await list(), /"text":"message \d+"/);
      }),
    );
    assert.equal(await list(), await unremembered());
  });

  it('is given up, with the list it was in, by another chat', async () => {
    await list();
    const visitor = await chats().createCustomer({ licenseId: agent.licenseId, name: 'Vera' });
    const { ip, userAgent } = customer;
    const started = await chats().startChat(
      { kind: 'customer', licenseId: agent.licenseId, customerId: visitor.id, ip, userAgent },
      { active: true },
    );
    const page = await chats().listChatsOfAgent(agent, {});
    assert.deepEqual(
      page.chats.map(({ chat }) => chat.id),
      [started.chatId, chatId],
    );
    assert.equal(page.found, 2);
    await chats().deactivateChat(agent, { id: started.chatId });
    const active = await chats().listChatsOfAgent(agent, { filters: { active: true } });
    assert.deepEqual(
      active.chats.map(({ chat }) => chat.id),
      [chatId],
    );
  });
});
