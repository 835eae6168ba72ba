import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
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
  beforeEach(() => {
    bed.signals.length = 0;
  });

  /** Bob has time for six chats at once. */
  let opened: string[] = [];
  afterEach(async () => {
    const closing = opened.map((id) =>
      bed.chats.deactivateChat(agent(), { id, ignore_requester_presence: true }),
    );
    opened = [];
    await Promise.allSettled(closing);
  });

  /** Tom's chat, which Bob has taken. */
  async function toms(...texts: string[]) {
    const tom = await newCustomer(bed.chats, 'Tom');
    const started = await bed.chats.startChat(tom, {
      chat: { thread: { events: texts.map((text) => message(text)) }, access: { group_ids: [2] } },
    });
    opened.push(started.chatId);
    const place = { chat_id: started.chatId, thread_id: started.threadId };
    return { tom, place, chat_id: started.chatId, eventIds: started.eventIds };
  }
  const view = (chat_id: string) => bed.chats.getChat(agent('bob'), { chat_id });
  const bob = agent('bob');

  describe('a thread', () => {
    it('is tagged and untagged, open or closed, once each', async () => {
      const { place, chat_id, tom } = await toms('Hello');
      await bed.chats.tagThread(bob, { ...place, tag: 'Sales' });
      await bed.chats.tagThread(bob, { ...place, tag: 'Sales' });
      await bed.chats.deactivateChat(tom, { id: chat_id });
      await bed.chats.tagThread(bob, { ...place, tag: 'late' });
      assert.deepEqual((await view(chat_id)).shown?.thread.tags, ['Sales', 'late']);
      await refused('not_found', bed.chats.untagThread(bob, { ...place, tag: 'sales' }), /"Sales"/);
      await bed.chats.untagThread(bob, { ...place, tag: 'Sales' });
      assert.deepEqual((await view(chat_id)).shown?.thread.tags, ['late']);
      assert.deepEqual(
        bed.signals.map((signal) => signal.type),
        ['thread_tagged', 'thread_tagged', 'thread_untagged'],
      );
    });

    it('keeps every tag of many that come at once', async () => {
      const { place, chat_id } = await toms();
      const tags = Array.from({ length: 10 }, (_, n) => `tag ${n}`);
      await Promise.all(tags.map((tag) => bed.chats.tagThread(bob, { ...place, tag })));
      assert.deepEqual((await view(chat_id)).shown?.thread.tags.toSorted(), tags);
    });

    it('is closed to those who may not see it', async () => {
      const { place } = await toms();
      const other = await toms();
      await refused('missing_access', bed.chats.tagThread(agent('ann', 'access'), { ...place, tag: 'x' }));
      await refused('missing_access', bed.chats.tagThread(agent('ann', 'my'), { ...place, tag: 'x' }));
      await refused(
        'not_found',
        bed.chats.tagThread(agent('bob', 'all', OTHER_LICENSE), { ...place, tag: 'x' }),
      );
      await refused(
        'not_found',
        bed.chats.tagThread(bob, { ...place, thread_id: other.place.thread_id, tag: 'x' }),
      );
      await bed.chats.tagThread(agent('bob', 'my'), { ...place, tag: 'x' });
    });
  });

  describe('a read marker', () => {
    const at = (chat_id: string, time: number) => ({ chat_id, seen_up_to: formatTimestamp(time) });
    const marker = async (chat_id: string, id: string) =>
      (await view(chat_id)).chat.users.find((user) => user.id === id)?.seenUpTo ?? 0;

    it('goes forward only, and not past the present', async () => {
      const { tom, chat_id } = await toms('Hello');
      const read = await marker(chat_id, tom.customerId);
      bed.clock.advance(1_000_000);
      await bed.chats.sendEvent(bob, { chat_id, event: message('Hi') });
      await bed.chats.markEventsAsSeen(tom, at(chat_id, read - 5));
      assert.equal(await marker(chat_id, tom.customerId), read);
      assert.equal(bed.signals.length, 0);
      await bed.chats.markEventsAsSeen(tom, at(chat_id, read + 7));
      assert.equal(await marker(chat_id, tom.customerId), read + 7);
      await bed.chats.markEventsAsSeen(tom, at(chat_id, read + 10 ** 15));
      const now = await marker(chat_id, tom.customerId);
      assert.ok(now < read + 10 ** 9 && now > read + 7);
      assert.deepEqual(
        bed.signals.map((signal) => signal.type === 'events_marked_as_seen' && signal.seenUpTo),
        [read + 7, now],
      );
    });

    it('ends at the latest of many that come at once', async () => {
      const { chat_id } = await toms('Hello');
      bed.clock.advance(1_000_000);
      const start = bed.clock.now() - 10;
      await Promise.all(
        [5, 9, 2, 7, 1].map((step) => bed.chats.markEventsAsSeen(bob, at(chat_id, start + step))),
      );
      assert.equal(await marker(chat_id, bob.agentId), start + 9);
    });

    it('is refused to those who have none, and without a time', async () => {
      const { chat_id } = await toms();
      await refused('authorization', bed.chats.markEventsAsSeen(agent('ann'), at(chat_id, bed.clock.now())));
      await refused(
        'validation',
        bed.chats.markEventsAsSeen(bob, { chat_id, seen_up_to: 'now' }),
        /RFC 3339/,
      );
      const stranger = await newCustomer(bed.chats);
      await refused('not_found', bed.chats.markEventsAsSeen(stranger, at(chat_id, bed.clock.now())));
    });
  });

  describe('an event that its customer deletes', () => {
    it('is gone for customers, also from the list, and kept with its mark for agents', async () => {
      const { tom, place, chat_id } = await toms('first', 'second');
      const shown = async () =>
        (await bed.chats.listChatsOfCustomer(tom, {})).chats[0]?.chat.lastEvents.message;
      await bed.chats.deleteEvent(tom, { ...place, event_id: `${place.thread_id}_2` });
      const stored = (await view(chat_id)).shown?.events[1];
      assert.equal(stored?.content.text, 'second');
      assert.ok(stored?.deletedAt);
      assert.equal((await shown())?.any.event.deletedAt, stored.deletedAt);
      assert.equal((await shown())?.all?.event.content.text, 'first');
      await bed.chats.deleteEvent(tom, { ...place, event_id: `${place.thread_id}_1` });
      assert.equal((await shown())?.all, null);
      const again = { ...place, event_id: `${place.thread_id}_1` };
      await refused('not_found', bed.chats.deleteEvent(tom, again));
      await bed.chats.sendEvent(tom, { chat_id, event: message('third') });
      assert.equal((await shown())?.any.event.content.text, 'third');
      assert.deepEqual(
        bed.signals.map((signal) => signal.type === 'event_deleted' && signal.eventId),
        [`${place.thread_id}_2`, `${place.thread_id}_1`],
      );
    });

    it('must be theirs, and one that they see', async () => {
      const { tom, place, chat_id } = await toms('mine');
      const { eventId: answer } = await bed.chats.sendEvent(bob, { chat_id, event: message('Hi') });
      const { eventId: secret } = await bed.chats.sendEvent(bob, {
        chat_id,
        event: { ...message('angry'), visibility: 'agents' },
      });
      const remove = (event_id: string, actor = tom) => bed.chats.deleteEvent(actor, { ...place, event_id });
      await refused('authorization', remove(answer));
      await refused('authorization', remove(`${place.thread_id}_2`));
      for (const id of [
        secret,
        `${place.thread_id}_99`,
        `${place.thread_id}_0`,
        'x',
        `X${place.thread_id}_1`,
      ])
        await refused('not_found', remove(id));
      const other = await toms('another');
      await refused('not_found', remove(other.eventIds[0] ?? ''));
      await refused('not_found', remove(`${place.thread_id}_1`, other.tom));
      assert.equal(bed.signals.length, 0);
    });

    it('is deleted once, however often it is asked for at the same time', async () => {
      const { tom, place } = await toms('once');
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          bed.chats.deleteEvent(tom, { ...place, event_id: `${place.thread_id}_1` }),
        ),
      );
      assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(bed.signals.length, 1);
    });
  });

  describe('what is stored nowhere', () => {
    it('is told with its place: typing, thinking, sneak peeks and previews', async () => {
      const { tom, place, chat_id } = await toms('Hello');
      await bed.chats.sendTypingIndicator(bob, { chat_id, is_typing: true });
      await bed.chats.sendThinkingIndicator(bob, {
        chat_id,
        title: 'Hm',
        visibility: 'agents',
        custom_id: 'c',
      });
      await bed.chats.sendSneakPeek(tom, { chat_id, sneak_peek_text: 'Could yo' });
      await bed.chats.sendEventPreview(bob, { chat_id, event: message('Your order', 'p1') });
      assert.deepEqual(
        bed.signals.map(({ type }) => type),
        ['typing_indicator', 'thinking_indicator', 'sneak_peek', 'event_preview'],
      );
      const [typing, thinking, peek, preview] = bed.signals;
      assert.ok(typing?.type === 'typing_indicator');
      const { at, ...told } = typing;
      assert.ok(at <= bed.clock.now());
      assert.deepEqual(told, {
        type: 'typing_indicator',
        chat: {
          chatId: chat_id,
          threadId: place.thread_id,
          customerId: tom.customerId,
          access: [2],
          presentUsers: [
            { id: tom.customerId, visibility: 'all' },
            { id: bob.agentId, visibility: 'all' },
          ],
          followers: [],
        },
        authorId: bob.agentId,
        visibility: 'all',
        isTyping: true,
      });
      assert.ok(
        thinking?.type === 'thinking_indicator' && thinking.title === 'Hm' && thinking.customId === 'c',
      );
      assert.ok(peek?.type === 'sneak_peek' && peek.text === 'Could yo');
      assert.ok(preview?.type === 'event_preview' && preview.event.content.text === 'Your order');
      assert.equal((await view(chat_id)).shown?.events.length, 2);
    });

    it('needs an open thread, and of an agent that they are in it', async () => {
      const { tom, chat_id } = await toms('Hello');
      const typing = (actor = bob) => bed.chats.sendTypingIndicator(actor, { chat_id, is_typing: true });
      await refused('authorization', typing(agent('ann')));
      await refused('missing_access', typing(agent('ann', 'access')));
      await refused(
        'validation',
        bed.chats.sendSneakPeek(tom, { chat_id, sneak_peek_text: 'é'.repeat(10_000) }),
        /16384/,
      );
      await bed.chats.deactivateChat(tom, { id: chat_id });
      await refused('chat_inactive', typing());
      await refused('chat_inactive', bed.chats.sendSneakPeek(tom, { chat_id, sneak_peek_text: 'x' }));
      await refused('chat_inactive', bed.chats.sendEventPreview(bob, { chat_id, event: message('x') }));
      assert.equal(bed.signals.length, 0);
    });

    it('goes to agents who are named, within bounds', async () => {
      const content = { any: ['json', null, 1.5] };
      await bed.chats.multicast(bob, { recipients: { agents: { groups: ['2'] } }, content, type: 'note' });
      assert.deepEqual(bed.signals, [
        { type: 'multicast', authorId: bob.agentId, recipients: [bob.agentId], content, label: 'note' },
      ]);
      const recipients = { agents: { all: true } };
      await refused(
        'validation',
        bed.chats.multicast(bob, { recipients, content: 'x'.repeat(20_000) }),
        /16384/,
      );
    });
  });

  it('a signal of an organization is not heard in another', async () => {
    await bed.chats.multicast(agent('bob', 'all', OTHER_LICENSE), {
      recipients: { agents: { all: true } },
      content: LICENSE,
    });
    assert.equal(bed.signals.length, 0);
  });
});
