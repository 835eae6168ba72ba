import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Chat, ChatUser } from '../chat.ts';
import type { ChatStorage, ChatStore } from '../chat_store.ts';
import { listingOf } from '../listing.ts';
import type { QueueEntry } from './queue_rules.ts';
import { FIRST_CHAT_SECONDS } from './routing_store.ts';

const ORGANIZATION = 2001;
const OTHER = 2002;
const T = 1_780_000_000_000_000;

/** What every engine must do with seats, queue and timers; `open` gives an empty storage. */
export function routingStoreConformance(
  name: string,
  open: () => Promise<{ storage: ChatStorage; close(): Promise<void> }>,
): void {
  describe(`routing store on ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let ids = 0;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());

    const read = (licenseId = ORGANIZATION) => opened.storage.read.chats(licenseId);
    const write = <T>(unit: (store: ChatStore) => Promise<T>, licenseId = ORGANIZATION) =>
      opened.storage.write((stores) => unit(stores.chats(licenseId)));
    const newId = () => (36 ** 9 * 12 + ids++ * 7).toString(36).toUpperCase();
    const user = (id: string, more: Partial<ChatUser> = {}): ChatUser => ({
      id,
      type: 'agent',
      present: true,
      visibility: 'all',
      seenUpTo: null,
      ...more,
    });

    function chat(users: ChatUser[], more: Partial<Chat> = {}): Chat {
      const made = {
        id: newId(),
        customId: null,
        createdAt: T,
        customerId: 'b7eff798-f8df-4364-8059-649c35c9ed0c',
        continuous: false,
        access: [0],
        properties: {},
        users,
        followers: [],
        lastThreadId: null,
        lastThreadCreatedAt: null,
        active: true,
        threadsCount: 0,
        lastEvents: {},
        agentLastEventAt: null,
        customerLastEventAt: null,
        ...more,
      };
      return { ...made, listing: listingOf(made, undefined) };
    }

    const entry = (chatId: string, queuedAt: number): QueueEntry => ({
      chatId,
      queuedAt,
      groups: [1, 2],
      agentIds: null,
      without: [],
      bots: true,
    });

    it('counts open chats with customers that an agent is seen in', async () => {
      const counted = chat([user('a'), user('b', { visibility: 'agents' }), user('c', { present: false })]);
      const amongAgents = chat([user('a')], { customerId: null });
      const closed = chat([user('a')], { active: false });
      await write(async (store) => {
        for (const one of [counted, amongAgents, closed]) await store.insertChat(one);
      });
      assert.deepEqual(await read().seatCounts(), new Map([['a', 1]]));
      assert.deepEqual(await read().seatsOf('a'), [counted.id, amongAgents.id]);
      assert.deepEqual(await read().seatsOf('b'), [counted.id]);
      assert.equal((await read(OTHER).seatCounts()).size, 0);
      assert.deepEqual(await read(OTHER).seatsOf('a'), []);

      const changed = { ...counted, users: [user('a', { present: false }), user('b'), user('c')] };
      await write((store) => store.saveChat(changed, counted));
      assert.deepEqual(
        await read().seatCounts(),
        new Map([
          ['b', 1],
          ['c', 1],
        ]),
      );
      await write(async (store) => {
        await store.saveChat({ ...changed, active: false }, changed);
        await store.saveChat({ ...amongAgents, active: false }, amongAgents);
      });
      assert.equal((await read().seatCounts()).size, 0);
      assert.deepEqual(await read().seatsOf('a'), []);
    });

    it('keeps the queue in order, each chat once, for its organization', async () => {
      const [first, second, third] = [chat([]), chat([]), chat([])];
      await write(async (store) => {
        assert.equal(await store.lastQueuedAt(), 0);
        for (const one of [first, second, third]) await store.insertChat(one);
        await store.enqueue(entry(second.id, T + 2));
        await store.enqueue({ ...entry(first.id, T + 1), agentIds: ['a'], without: ['b'], bots: false });
        await store.enqueue(entry(third.id, T + 3));
        await store.enqueue(entry(first.id, T + 9));
        assert.equal(await store.lastQueuedAt(), T + 3);
      });
      const queue = await read().queue();
      assert.deepEqual(
        queue.map(({ chatId }) => chatId),
        [first.id, second.id, third.id],
      );
      assert.deepEqual(queue[0], { ...entry(first.id, T + 1), agentIds: ['a'], without: ['b'], bots: false });
      assert.deepEqual(await read(OTHER).queue(), []);
      await write((store) => store.dequeue(first.id), OTHER);
      await write((store) => store.dequeue(second.id));
      // A chat that closes waits no longer.
      await write((store) => store.saveChat({ ...third, active: false }, third));
      assert.deepEqual(
        (await read().queue()).map(({ chatId }) => chatId),
        [first.id],
      );
      await write((store) => store.dequeue(first.id));
    });

    it('remembers of agents what was set, each by itself', async () => {
      await write(async (store) => {
        await store.lockAgent('new');
        await store.setRoutingStatus('ann', 'not_accepting_chats');
        await store.recordAssignment('ann', T);
        await store.recordAssignment('ann', T + 1);
        await store.setChatLimit('ann', 9);
        await store.setChatLimit('bob', 2);
        await store.setChatLimit('bob', null);
      });
      assert.deepEqual(
        await read().agentStates(),
        new Map([
          ['ann', { assignedAt: T + 1, status: 'not_accepting_chats', chatLimit: 9 }],
          ['bob', { assignedAt: 0, status: null, chatLimit: null }],
          ['new', { assignedAt: 0, status: null, chatLimit: null }],
        ]),
      );
      assert.equal((await read(OTHER).agentStates()).size, 0);
    });

    it('gives a timer that is due to one of those who come for it', async () => {
      const open = chat([user('zoe')]);
      await write(async (store) => {
        await store.insertChat(open);
        await store.setTimer(open.id, T + 5);
      });
      const due = async (now: number) =>
        (await opened.storage.read.chatTimers.due(now, 10)).filter(({ chatId }) => chatId === open.id);
      assert.deepEqual(await due(T + 4), []);
      assert.deepEqual(await due(T + 5), [{ licenseId: ORGANIZATION, chatId: open.id, dueAt: T + 5 }]);
      assert.equal(await write((store) => store.claimTimer(open.id, T + 5, T + 50), OTHER), false);
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => write((store) => store.claimTimer(open.id, T + 5, T + 50))),
      );
      assert.equal(claims.filter(Boolean).length, 1);
      assert.deepEqual(await due(T + 49), []);

      await write((store) => store.callForAgentsChats('zoe', T + 7), OTHER);
      assert.deepEqual(await due(T + 49), []);
      await write((store) => store.callForAgentsChats('zoe', T + 7));
      assert.equal((await due(T + 7)).length, 1);
      await write(async (store) => {
        await store.enqueue(entry(open.id, T));
        await store.setTimer(open.id, T + 90);
        await store.callForQueue(T + 8);
      });
      assert.equal((await due(T + 8)).length, 1);
      await write((store) => store.saveChat({ ...open, active: false }, open));
      assert.deepEqual(await due(T + 999), []);
    });

    it('averages how long chats take', async () => {
      assert.equal(await read().chatSeconds(), FIRST_CHAT_SECONDS);
      await write(async (store) => {
        await store.lockRouting();
        await store.recordChatLength(1_100);
      });
      assert.equal(await read().chatSeconds(), 400);
      assert.equal(await read(OTHER).chatSeconds(), FIRST_CHAT_SECONDS);
    });

    it('lets one unit of work route at a time', async () => {
      let inside = 0;
      let most = 0;
      await Promise.all(
        Array.from({ length: 10 }, () =>
          write(async (store) => {
            await store.lockRouting();
            inside += 1;
            most = Math.max(most, inside);
            await store.agentStates();
            inside -= 1;
          }, OTHER),
        ),
      );
      assert.equal(most, 1);
    });
  });
}
