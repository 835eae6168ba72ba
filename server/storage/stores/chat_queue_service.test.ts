import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import type { CustomerActor } from '../../domain/chats/actors.ts';
import { CHAT_LIMIT } from '../../domain/chats/routing/desks.ts';
import { agent, type ChatTestbed, message, newCustomer, openChats } from './chat_testbed.conformance.ts';

const ANN = 'ann@acme.test';
const BOB = 'bob@acme.test';

eachEngine((engine) => {
  let bed: ChatTestbed;
  before(async () => {
    bed = await openChats(engine);
  });
  after(() => bed.close());

  // An organization of its own for each test: its agents begin with nothing to do.
  let licenseId = 5_000;
  beforeEach(() => {
    licenseId += 1;
  });

  const ann = () => agent('ann', 'all', licenseId);
  const view = (chatId: string) => bed.chats.getChat(ann(), { chat_id: chatId });

  async function arrive(groupId = 1): Promise<CustomerActor & { chatId: string }> {
    const customer = await newCustomer(bed.chats, 'Tom', licenseId);
    const { chatId } = await bed.chats.startChat(customer, {
      chat: { access: { group_ids: [groupId] }, thread: { events: [message('Hello')] } },
    });
    return { ...customer, chatId };
  }

  async function agentOf(chatId: string): Promise<string | undefined> {
    const { chat } = await view(chatId);
    return chat.users.find(({ type, present }) => type === 'agent' && present)?.id;
  }

  /** Fills group 2, which only Bob serves. */
  async function fillBob(): Promise<(CustomerActor & { chatId: string })[]> {
    const chats: (CustomerActor & { chatId: string })[] = [];
    for (let n = 0; n < CHAT_LIMIT; n++) chats.push(await arrive(2));
    return chats;
  }

  describe('the queue', () => {
    it('takes those for whom nobody has time, however many come at once', async () => {
      const customers = await Promise.all(
        Array.from({ length: 20 }, () => newCustomer(bed.chats, 'Tom', licenseId)),
      );
      const started = await Promise.all(
        customers.map((customer) => bed.chats.startChat(customer, { chat: { access: { group_ids: [1] } } })),
      );
      const views = await Promise.all(started.map(({ chatId }) => view(chatId)));
      const taken = views.map(({ chat }) => chat.users.find(({ type }) => type === 'agent')?.id);
      assert.equal(taken.filter((id) => id === ANN).length, CHAT_LIMIT);
      assert.equal(taken.filter((id) => id === BOB).length, CHAT_LIMIT);
      const positions = views.flatMap(({ shown }) => shown?.queue?.position ?? []);
      assert.deepEqual(
        positions.sort((a, b) => a - b),
        [1, 2, 3, 4, 5, 6, 7, 8],
      );
    });

    it('tells a customer where they stand, and agents find who waits', async () => {
      await fillBob();
      const first = await arrive(2);
      const second = await arrive(2);
      const seen = await bed.chats.getChat(second, { chat_id: second.chatId });
      assert.equal(seen.shown?.queue?.position, 2);
      assert.ok((seen.shown?.queue?.waitTime ?? 0) > 0);
      assert.equal((await view(first.chatId)).shown?.queue?.position, 1);
      assert.equal((await view(first.chatId)).shown?.thread.properties.routing?.unassigned, true);

      const unassigned = { routing: { unassigned: { values: [true] } } };
      const page = await bed.chats.listChatsOfAgent(ann(), { filters: { properties: unassigned } });
      assert.deepEqual(
        page.chats.map(({ chat, lastThread }) => [chat.id, page.places.get(lastThread?.id ?? '')?.position]),
        [
          [second.chatId, 2],
          [first.chatId, 1],
        ],
      );
    });

    it('moves up when a chat closes, in the order in which they came', async () => {
      const [busy, other] = await fillBob();
      assert.ok(busy && other);
      const first = await arrive(2);
      const second = await arrive(2);
      bed.clock.advance(90_000_000);
      await bed.chats.deactivateChat(busy, { id: busy.chatId });
      assert.equal(await agentOf(first.chatId), BOB);
      assert.equal(await agentOf(second.chatId), undefined);
      assert.equal((await view(second.chatId)).shown?.queue?.position, 1);

      const { shown, chat } = await view(first.chatId);
      assert.equal(shown?.queue, undefined);
      assert.ok((shown?.thread.queuesDuration ?? 0) >= 90_000_000);
      assert.equal(chat.properties.routing?.unassigned, undefined);
      assert.equal(shown?.thread.properties.routing?.unassigned, undefined);
      assert.equal(shown?.events.at(-1)?.content.system_message_type, 'routing.assigned');

      await bed.chats.deactivateChat(ann(), { id: other.chatId, ignore_requester_presence: true });
      assert.equal(await agentOf(second.chatId), BOB);
    });

    it('lets nobody be given more than they may have, and serves strictly, whatever happens at once', async () => {
      const busy = await fillBob();
      const waiting: Awaited<ReturnType<typeof arrive>>[] = [];
      for (let n = 0; n < 4; n++) waiting.push(await arrive(2));
      const newcomers = Array.from({ length: 4 }, () => arrive(2));
      await Promise.all([
        ...busy.slice(0, 3).map((one) => bed.chats.deactivateChat(one, { id: one.chatId })),
        ...newcomers,
      ]);
      const served = await Promise.all(waiting.map(({ chatId }) => agentOf(chatId)));
      assert.deepEqual(served, [BOB, BOB, BOB, undefined]);
      for (const newcomer of newcomers) assert.equal(await agentOf((await newcomer).chatId), undefined);
    });

    it('forgets who gave up waiting', async () => {
      const [busy] = await fillBob();
      assert.ok(busy);
      const first = await arrive(2);
      const second = await arrive(2);
      await bed.chats.deactivateChat(first, { id: first.chatId });
      const gone = await view(first.chatId);
      assert.equal(gone.shown?.queue, undefined);
      assert.equal(gone.chat.properties.routing?.unassigned, undefined);
      assert.equal(gone.shown?.thread.properties.routing?.unassigned, true, 'nobody ever came');
      await bed.chats.deactivateChat(busy, { id: busy.chatId });
      assert.equal(await agentOf(second.chatId), BOB);
    });

    it('goes before those who come later, also when they open their chat again', async () => {
      const [busy, leaving] = await fillBob();
      assert.ok(busy && leaving);
      await bed.chats.deactivateChat(leaving, { id: leaving.chatId });
      const resumed = await arrive(2);
      const first = await arrive(2);
      await bed.chats.resumeChat(leaving, { chat: { id: leaving.chatId, access: { group_ids: [2] } } });
      assert.equal(await agentOf(resumed.chatId), BOB);
      assert.equal((await view(leaving.chatId)).shown?.queue?.position, 2);
      await bed.chats.deactivateChat(busy, { id: busy.chatId });
      assert.equal(await agentOf(first.chatId), BOB);
    });

    it('is not for chats that are to be routed by hand', async () => {
      const customer = await newCustomer(bed.chats, 'Tom', licenseId);
      const { chatId } = await bed.chats.startChat(customer, {
        chat: { properties: { routing: { ignore_agents_routing: true } } },
      });
      const { shown } = await view(chatId);
      assert.equal(await agentOf(chatId), undefined);
      assert.equal(shown?.queue, undefined);
      assert.equal(shown?.thread.properties.routing?.unassigned, true);
    });
  });
});
