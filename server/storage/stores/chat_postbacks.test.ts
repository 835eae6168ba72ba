import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import { presentEventToCustomer } from '../../apis/present/event.ts';
import type { EventRequest } from '../../wire/event.ts';
import {
  agent,
  type ChatTestbed,
  message,
  newCustomer,
  openChats,
  refused,
} from './chat_testbed.conformance.ts';

const card: EventRequest = {
  type: 'rich_message',
  template_id: 'quick_replies',
  elements: [
    {
      buttons: ['yes', 'no'].map((value) => ({
        text: value,
        type: 'message' as const,
        value,
        postback_id: 'send',
      })),
    },
  ],
};

eachEngine((engine) => {
  let bed: ChatTestbed;
  before(async () => {
    bed = await openChats(engine);
  });
  after(() => bed.close());
  beforeEach(() => {
    bed.signals.length = 0;
  });
  const bob = agent('bob');

  async function carded() {
    const tom = await newCustomer(bed.chats, 'Tom');
    const { chatId, threadId } = await bed.chats.startChat(tom, {
      chat: { thread: { events: [message('Is my grinder ready?')] }, access: { group_ids: [2] } },
    });
    const { eventId } = await bed.chats.sendEvent(bob, { chat_id: chatId, event: card });
    const place = { chat_id: chatId, thread_id: threadId };
    const press = (value: string, toggled = true) => ({
      ...place,
      event_id: eventId,
      postback: { id: 'send', toggled, button_value: value },
    });
    const shown = async () => {
      const view = await bed.chats.getChat(bob, { chat_id: chatId });
      const event = view.shown?.events.at(-1);
      assert.ok(event);
      const elements = event.content.elements as { buttons: { user_ids: string[] }[] }[];
      return { event, view, users: elements[0]?.buttons.map((button) => button.user_ids) };
    };
    return { tom, chatId, place, eventId, press, shown };
  }

  describe('a button of a rich message', () => {
    it('knows who has it on, and its author is told', async () => {
      const { tom, eventId, press, shown } = await carded();
      await bed.chats.sendPostback(tom, press('yes'));
      await bed.chats.sendPostback(bob, press('yes'));
      await bed.chats.sendPostback(tom, press('no'));
      await bed.chats.sendPostback(tom, press('no', false));
      const { event, view, users } = await shown();
      assert.deepEqual(users, [[tom.customerId, bob.agentId], []]);
      assert.deepEqual(view.chat.lastEvents.rich_message?.any.event.content, event.content);
      const forTom = presentEventToCustomer(
        event,
        (id) => (id === tom.customerId ? id : 'hidden'),
        view.reader,
      );
      assert.deepEqual(forTom?.elements?.[0]?.buttons?.[0]?.user_ids, [tom.customerId, 'hidden']);
      const [first] = bed.signals;
      assert.ok(first?.type === 'rich_message_postback');
      assert.deepEqual(
        [first.userId, first.cardAuthorId, first.eventId, first.postback.toggled],
        [tom.customerId, bob.agentId, eventId, true],
      );
      assert.equal(bed.signals.length, 4);
    });

    it('is noted once for each of many who press at once, and quietly in a closed thread', async () => {
      const { tom, chatId, press, shown } = await carded();
      await Promise.all([bob, tom, bob, tom].map((actor) => bed.chats.sendPostback(actor, press('yes'))));
      assert.deepEqual((await shown()).users?.[0]?.toSorted(), [tom.customerId, bob.agentId].toSorted());
      await bed.chats.deactivateChat(tom, { id: chatId });
      bed.signals.length = 0;
      await bed.chats.sendPostback(tom, press('yes', false));
      assert.equal(bed.signals.length, 0);
    });

    it('must be there, and be theirs to press', async () => {
      const { tom, place, press } = await carded();
      await refused('validation', bed.chats.sendPostback(tom, press('perhaps')), /Its postbacks: send/);
      await refused(
        'validation',
        bed.chats.sendPostback(tom, { ...press('yes'), event_id: `${place.thread_id}_1` }),
      );
      await refused(
        'not_found',
        bed.chats.sendPostback(tom, { ...press('yes'), event_id: `${place.thread_id}_9` }),
      );
      await refused('authorization', bed.chats.sendPostback(agent('ann'), press('yes')));
      await refused('missing_access', bed.chats.sendPostback(agent('ann', 'access'), press('yes')));
      const stranger = await newCustomer(bed.chats);
      await refused('not_found', bed.chats.sendPostback(stranger, press('yes')));
    });
  });

  it('a summary comes as an event in an open thread, and once with a closed one', async () => {
    const { tom, chatId, place } = await carded();
    await bed.chats.requestThreadSummary(bob, place);
    const open = await bed.chats.getChat(bob, { chat_id: chatId });
    const event = open.shown?.events.at(-1);
    assert.deepEqual([event?.type, event?.visibility], ['system', 'agents']);
    assert.deepEqual(JSON.parse(String(event?.content.details)), {
      summary: { text: '• Tom: Is my grinder ready?', status: 'ok' },
      requested_by: bob.agentId,
    });
    await bed.chats.deactivateChat(tom, { id: chatId });
    await bed.chats.requestThreadSummary(bob, place);
    await refused('limit_reached', bed.chats.requestThreadSummary(bob, place));
    const closed = await bed.chats.getChat(bob, { chat_id: chatId });
    assert.equal(closed.shown?.thread.summary?.text, '• Tom: Is my grinder ready?');
    const { chatId: silent, threadId } = await bed.chats.startChat(bob, {});
    await refused(
      'validation',
      bed.chats.requestThreadSummary(bob, { chat_id: silent, thread_id: threadId }),
    );
    assert.equal(bed.signals.filter(({ type }) => type === 'thread_summary_set').length, 2);
  });
});
