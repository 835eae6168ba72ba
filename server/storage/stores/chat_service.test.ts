import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import type { Actor } from '../../domain/chats/actors.ts';
import { days, seconds } from '../../kernel/clock.ts';
import {
  agent,
  type ChatTestbed,
  LICENSE,
  message,
  newCustomer,
  OTHER_LICENSE,
  openChats,
  refused,
} from './chat_testbed.conformance.ts';

eachEngine((engine) => {
  let bed: ChatTestbed;
  before(async () => {
    bed = await openChats(engine);
  });
  after(() => bed.close());

  const eventsOf = async (actor: Actor, chatId: string) =>
    (await bed.chats.getChat(actor, { chat_id: chatId })).shown?.events ?? [];

  describe('a customer', () => {
    it('starts a chat, which goes to an agent', async () => {
      const customer = await newCustomer(bed.chats, 'Tom');
      const started = await bed.chats.startChat(customer, {
        chat: {
          thread: { events: [message('Hello'), message('Anybody there?')] },
          access: { group_ids: [2] },
        },
      });
      assert.deepEqual(started.eventIds, [`${started.threadId}_1`, `${started.threadId}_2`]);
      const view = await bed.chats.getChat(customer, { chat_id: started.chatId });
      assert.equal(view.chat.active, true);
      // Bob is the only one of group 2 who is not suspended.
      assert.deepEqual(
        view.chat.users.map(({ id, present }) => [id, present]),
        [
          [customer.customerId, true],
          ['bob@acme.test', true],
        ],
      );
      assert.equal(view.shown?.events[2]?.content.system_message_type, 'routing.assigned');
      assert.equal(view.shown?.thread.visit?.ip, '203.0.113.7');
      assert.equal(view.customer?.chatId, started.chatId);
      assert.ok((view.chat.users[0]?.seenUpTo ?? 0) >= (view.shown?.events[2]?.createdAt ?? 0));
    });

    it('has one chat and is told so', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, {});
      await refused('limit_reached', bed.chats.startChat(customer, {}), /resume_chat/);
      await refused('chat_already_active', bed.chats.resumeChat(customer, { chat: { id: chatId } }));
      await refused(
        'limit_reached',
        bed.chats.startChat(agent(), { chat: { users: [{ id: customer.customerId, type: 'customer' }] } }),
      );
    });

    it('starts a chat in which nobody is left waiting when no group has an agent', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, { chat: { access: { group_ids: [3] } } });
      const view = await bed.chats.getChat(customer, { chat_id: chatId });
      assert.deepEqual(view.chat.users.length, 1);
      assert.deepEqual(view.shown?.events, []);
    });

    it('cannot ask for a group that does not exist', async () => {
      const customer = await newCustomer(bed.chats);
      await refused(
        'group_not_found',
        bed.chats.startChat(customer, { chat: { access: { group_ids: [77] } } }),
      );
    });

    it('closes the chat and opens a new thread in it', async () => {
      const customer = await newCustomer(bed.chats, 'Tina');
      const first = await bed.chats.startChat(customer, {
        chat: { thread: { events: [message('one')] }, properties: { test: { int_property: 1 } } },
      });
      await bed.chats.deactivateChat(customer, { id: first.chatId });
      const closing = (await eventsOf(customer, first.chatId)).at(-1);
      assert.equal(closing?.content.text, 'Tina closed the chat');
      await refused('chat_inactive', bed.chats.deactivateChat(customer, { id: first.chatId }));
      const event = message('too late');
      await refused('chat_inactive', bed.chats.sendEvent(customer, { chat_id: first.chatId, event }));
      const attached = await bed.chats.sendEvent(customer, {
        chat_id: first.chatId,
        event,
        attach_to_last_thread: true,
      });
      assert.equal(attached.eventId, `${first.threadId}_4`);

      const second = await bed.chats.resumeChat(customer, {
        chat: {
          id: first.chatId,
          properties: { test: { bool_property: true } },
          thread: { events: [message('two')] },
        },
        continuous: true,
      });
      const view = await bed.chats.getChat(customer, { chat_id: first.chatId });
      assert.equal(view.shown?.thread.id, second.threadId);
      assert.equal(view.shown?.thread.previousThreadId, first.threadId);
      assert.deepEqual(view.chat.properties, {
        test: { int_property: 1, bool_property: true },
        routing: { continuous: true },
      });
      const old = await bed.chats.getChat(customer, { chat_id: first.chatId, thread_id: first.threadId });
      assert.equal(old.shown?.thread.nextThreadId, second.threadId);
      assert.equal(view.chat.threadsCount, 2);
    });

    it('sees no chat but their own', async () => {
      const one = await newCustomer(bed.chats);
      const other = await newCustomer(bed.chats);
      const { chatId, threadId } = await bed.chats.startChat(one, {});
      const event = message('hi');
      for (const run of [
        () => bed.chats.getChat(other, { chat_id: chatId }),
        () => bed.chats.getChat(other, { chat_id: chatId, thread_id: threadId }),
        () => bed.chats.listThreads(other, { chat_id: chatId }),
        () => bed.chats.sendEvent(other, { chat_id: chatId, event }),
        () => bed.chats.resumeChat(other, { chat: { id: chatId } }),
        () => bed.chats.deactivateChat(other, { id: chatId }),
        () => bed.chats.getChat(other, { chat_id: 'AAAAAAAAAA' }),
      ])
        await refused('not_found', run(), /^There is no chat with this id\.$/);
    });

    it('writes for everybody only', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, {});
      const event = { ...message('psst'), visibility: 'agents' as const };
      await refused('validation', bed.chats.sendEvent(customer, { chat_id: chatId, event }), /visibility/);
      const forged = { ...message('I am Ann'), author_id: 'ann@acme.test' };
      const someone = await newCustomer(bed.chats);
      await refused(
        'validation',
        bed.chats.startChat(someone, { chat: { thread: { events: [forged] } } }),
        /author_id/,
      );
      await refused(
        'validation',
        bed.chats.startChat(someone, { chat: { thread: { events: [event] } } }),
        /visibility/,
      );
    });
  });

  describe('an agent', () => {
    it('starts a chat with a customer and a colleague, who speak in it', async () => {
      const customer = await newCustomer(bed.chats);
      const started = await bed.chats.startChat(agent(), {
        chat: {
          users: [
            { id: customer.customerId, type: 'customer' },
            { id: 'bob@acme.test', type: 'agent' },
          ],
          access: { group_ids: [1] },
          thread: {
            events: [
              message('Hi'),
              { ...message('Me too'), author_id: 'bob@acme.test' },
              { ...message('Oh'), author_id: customer.customerId },
            ],
            properties: { test: { int_property: 12 } },
          },
        },
      });
      const view = await bed.chats.getChat(agent('bob', 'access'), { chat_id: started.chatId });
      assert.deepEqual(
        view.shown?.events.map(({ authorId }) => authorId),
        ['ann@acme.test', 'bob@acme.test', customer.customerId],
      );
      assert.deepEqual(view.shown?.thread.properties, { test: { int_property: 12 } });
      assert.equal((await bed.chats.customer(LICENSE, customer.customerId))?.chatId, started.chatId);
    });

    it('names users that there are', async () => {
      const start = (users: { id: string; type: 'agent' | 'customer' }[]) =>
        bed.chats.startChat(agent(), { chat: { users } });
      await refused('validation', start([{ id: 'eve@evil.test', type: 'agent' }]), /no agent/);
      await refused('validation', start([{ id: 'sue@acme.test', type: 'agent' }]), /suspended/);
      await refused('validation', start([{ id: 'nobody', type: 'customer' }]), /no customer/);
      const foreign = await newCustomer(bed.chats, undefined, OTHER_LICENSE);
      await refused('validation', start([{ id: foreign.customerId, type: 'customer' }]), /no customer/);
    });

    it('writes in chats they are in', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, { chat: { access: { group_ids: [2] } } });
      const event = message('May I?');
      await refused('authorization', bed.chats.sendEvent(agent(), { chat_id: chatId, event }));
      await refused(
        'missing_access',
        bed.chats.sendEvent(agent('ann', 'access'), { chat_id: chatId, event }),
      );
      const note = await bed.chats.sendEvent(agent('bob', 'my'), {
        chat_id: chatId,
        event: { ...message('a note'), visibility: 'agents' },
      });
      const { chats } = await bed.chats.listChatsOfCustomer(customer, {});
      assert.equal(chats[0]?.chat.lastEvents.message?.all, null);
      assert.match(note.eventId, /_2$/);
    });

    it('closes chats they are in, or says that they mean it', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, { chat: { access: { group_ids: [2] } } });
      await refused(
        'authorization',
        bed.chats.deactivateChat(agent(), { id: chatId }),
        /ignore_requester_presence/,
      );
      await bed.chats.deactivateChat(agent(), { id: chatId, ignore_requester_presence: true });
      assert.equal((await eventsOf(agent(), chatId)).at(-1)?.content.text, 'Ann closed the chat');
      await refused(
        'chat_inactive',
        bed.chats.sendEvent(agent('bob'), { chat_id: chatId, event: message('late') }),
      );
    });

    it('resumes a closed chat with its customer, for everybody again', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, { chat: { access: { group_ids: [2] } } });
      await bed.chats.deactivateChat(customer, { id: chatId });
      await refused('missing_access', bed.chats.resumeChat(agent('ann', 'access'), { chat: { id: chatId } }));
      await bed.chats.resumeChat(agent('ann'), { chat: { id: chatId } });
      const { chat } = await bed.chats.getChat(agent('ann', 'my'), { chat_id: chatId });
      assert.deepEqual(chat.access, [0]);
      assert.deepEqual(
        chat.users.filter(({ present }) => present).map(({ id }) => id),
        [customer.customerId, 'ann@acme.test'],
      );
      const other = await newCustomer(bed.chats);
      await bed.chats.deactivateChat(agent('ann'), { id: chatId });
      const users = [{ id: other.customerId, type: 'customer' as const }];
      await refused('validation', bed.chats.resumeChat(agent('ann'), { chat: { id: chatId, users } }));
    });

    it('does not read an old thread of other groups', async () => {
      const customer = await newCustomer(bed.chats);
      const first = await bed.chats.startChat(customer, { chat: { access: { group_ids: [2] } } });
      await bed.chats.deactivateChat(customer, { id: first.chatId });
      await bed.chats.resumeChat(customer, { chat: { id: first.chatId, access: { group_ids: [1] } } });
      const ann = agent('ann', 'access');
      const old = { chat_id: first.chatId, thread_id: first.threadId };
      await bed.chats.getChat(ann, { chat_id: first.chatId });
      await refused('missing_access', bed.chats.getChat(ann, old));
      assert.equal((await bed.chats.listThreads(ann, { chat_id: first.chatId })).threads.length, 1);
      assert.equal((await bed.chats.listThreads(agent('ann'), { chat_id: first.chatId })).threads.length, 2);
      await refused('not_found', bed.chats.getChat(ann, { chat_id: first.chatId, thread_id: 'AAAAAAAAAA' }));
    });

    it('learns nothing of another organization', async () => {
      const { chatId, threadId } = await bed.chats.startChat(agent(), {});
      const foreign = agent('ann', 'all', OTHER_LICENSE);
      for (const run of [
        () => bed.chats.getChat(foreign, { chat_id: chatId }),
        () => bed.chats.listThreads(foreign, { chat_id: chatId }),
        () => bed.chats.sendEvent(foreign, { chat_id: chatId, event: message('x') }),
        () => bed.chats.resumeChat(foreign, { chat: { id: chatId } }),
        () => bed.chats.deactivateChat(foreign, { id: chatId, ignore_requester_presence: true }),
      ])
        await refused('not_found', run(), /^There is no chat with this id\.$/);
      const own = await bed.chats.startChat(foreign, {});
      await refused('not_found', bed.chats.getChat(foreign, { chat_id: own.chatId, thread_id: threadId }));
    });
  });

  describe('a repeat of a request', () => {
    it('of start_chat gets the same answer', async () => {
      const customer = await newCustomer(bed.chats);
      const input = { chat: { thread: { events: [message('Hi', 'a1'), message('there', 'a2')] } } };
      const first = await bed.chats.startChat(customer, input);
      assert.deepEqual(await bed.chats.startChat(customer, input), first);
      const other = { chat: { thread: { events: [message('Hi', 'a1'), message('else', 'a2')] } } };
      await refused('limit_reached', bed.chats.startChat(customer, other));
    });

    it('of start_chat by an agent starts nothing more, for a day', async () => {
      const input = { chat: { thread: { events: [message('Team?', 'standup')] } } };
      const first = await bed.chats.startChat(agent(), input);
      assert.deepEqual(await bed.chats.startChat(agent(), input), first);
      assert.notEqual((await bed.chats.startChat(agent('bob'), input)).chatId, first.chatId);
      bed.clock.advance(days(1) + seconds(1));
      assert.notEqual((await bed.chats.startChat(agent(), input)).chatId, first.chatId);
    });

    it('of resume_chat gets the same answer', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, {});
      await bed.chats.deactivateChat(customer, { id: chatId });
      const input = { chat: { id: chatId, thread: { events: [message('Again', 'r1')] } } };
      const first = await bed.chats.resumeChat(customer, input);
      assert.deepEqual(await bed.chats.resumeChat(customer, input), first);
    });

    it('of send_event is stored once; another text under the same custom id is another event', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, {});
      const send = (text: string) =>
        bed.chats.sendEvent(customer, { chat_id: chatId, event: message(text, 'same') });
      const first = await send('one');
      assert.deepEqual(await send('one'), first);
      assert.notDeepEqual(await send('two'), first);
      assert.equal((await eventsOf(customer, chatId)).filter(({ type }) => type === 'message').length, 2);
    });
  });

  describe('races', () => {
    it('50 starts by one customer give one chat with one open thread', async () => {
      const customer = await newCustomer(bed.chats);
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) =>
          bed.chats.startChat(customer, { chat: { thread: { events: [message(`try ${n}`)] } } }),
        ),
      );
      const won = results.filter(({ status }) => status === 'fulfilled');
      assert.equal(won.length, 1);
      for (const result of results)
        if (result.status === 'rejected') assert.equal(result.reason.code, 'limit_reached');
      const { chats, found } = await bed.chats.listChatsOfCustomer(customer, {});
      assert.equal(found, 1);
      assert.equal(chats[0]?.chat.threadsCount, 1);
    });

    it('50 repeats of one start get one answer', async () => {
      const customer = await newCustomer(bed.chats);
      const input = { chat: { thread: { events: [message('Hi', 'once')] } } };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => bed.chats.startChat(customer, input)),
      );
      assert.equal(new Set(answers.map(({ chatId, threadId }) => chatId + threadId)).size, 1);
    });

    it('50 events at once are numbered 1 to 50', async () => {
      const { chatId, threadId } = await bed.chats.startChat(agent(), {});
      const sent = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          bed.chats.sendEvent(agent(), { chat_id: chatId, event: message(`event ${n}`) }),
        ),
      );
      const ids = sent.map(({ eventId }) => eventId);
      const numbers = ids.map((id) => Number(id.slice(threadId.length + 1))).sort((a, b) => a - b);
      assert.deepEqual(
        numbers,
        Array.from({ length: 50 }, (_, n) => n + 1),
      );
      const events = await eventsOf(agent(), chatId);
      for (const [index, event] of events.entries()) {
        const previous = events[index - 1];
        if (previous) assert.ok(event.createdAt > previous.createdAt);
      }
    });

    it('closing, resuming and writing at once leave one open thread at most, and every list in step', async () => {
      const customer = await newCustomer(bed.chats);
      const { chatId } = await bed.chats.startChat(customer, {});
      await Promise.allSettled(
        Array.from({ length: 60 }, (_, n) => {
          if (n % 3 === 0) return bed.chats.deactivateChat(customer, { id: chatId });
          if (n % 3 === 1) return bed.chats.resumeChat(customer, { chat: { id: chatId } });
          return bed.chats.sendEvent(customer, { chat_id: chatId, event: message(`${n}`) });
        }),
      );
      const { threads } = await bed.chats.listThreads(customer, { chat_id: chatId, limit: 100 });
      const open = threads.filter(({ thread }) => thread.active);
      assert.ok(open.length <= 1);
      if (open[0]) assert.equal(open[0].thread.id, threads[0]?.thread.id);
      const { chats } = await bed.chats.listChatsOfCustomer(customer, {});
      assert.equal(chats.length, 1);
      assert.equal(chats[0]?.chat.active, open.length === 1);
      for (const { thread, events } of threads)
        assert.deepEqual(
          events.map(({ number }) => number),
          Array.from({ length: thread.eventsCount }, (_, n) => n + 1),
        );
    });
  });
});
