import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eachEngine } from '../../../test/support/databases.ts';
import type { AgentActor } from '../../domain/chats/actors.ts';
import type { PropertyAccess } from '../../domain/properties/definition.ts';
import type { ValueCaller } from '../../domain/properties/property_values.ts';
import {
  APP,
  agent,
  type ChatTestbed,
  LICENSE,
  message,
  newCustomer,
  OTHER_LICENSE,
  openChats,
  refused,
} from './chat_testbed.conformance.ts';

const owner = {
  licenseId: LICENSE,
  clientId: APP,
  accountId: null,
  actor: { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' },
};
const BOTH: PropertyAccess = {
  chat: { agent: ['read', 'write'], customer: ['read'] },
  thread: { agent: ['read', 'write'] },
  event: { agent: ['read', 'write'], customer: ['read', 'write'] },
};

eachEngine((engine) => {
  let bed: ChatTestbed;
  before(async () => {
    bed = await openChats(engine);
    await bed.properties.register(owner, { name: 'plan', type: 'string', access: BOTH });
  });
  after(() => bed.close());
  beforeEach(() => {
    bed.signals.length = 0;
  });

  const ours: AgentActor = { ...agent('bob'), clientId: APP };
  const theirs: AgentActor = { ...agent('bob'), clientId: 'b'.repeat(32) };
  const values = (plan: string) => ({ [APP]: { plan } });

  async function toms() {
    const tom = { ...(await newCustomer(bed.chats, 'Tom')), clientId: APP };
    const { chatId, threadId } = await bed.chats.startChat(tom, {
      chat: { thread: { events: [message('Hello')] }, access: { group_ids: [2] } },
    });
    return { tom, id: chatId, place: { chat_id: chatId, thread_id: threadId } };
  }

  describe('properties of chats, threads and events', () => {
    it('are set, shown to who may see them, and deleted', async () => {
      const { tom, id, place } = await toms();
      const event = { ...place, event_id: `${place.thread_id}_1` };
      await bed.chats.updateChatProperties(ours, { id, properties: values('gold') });
      await bed.chats.updateThreadProperties(ours, { ...place, properties: values('silver') });
      await bed.chats.updateEventProperties(tom, { ...event, properties: values('free') });
      const seen = async (actor: AgentActor | typeof tom) => {
        const view = await bed.chats.getChat(actor, { chat_id: id });
        return [
          view.reader.show('chat', view.chat.properties),
          view.reader.show('thread', view.shown?.thread.properties ?? {}),
          view.reader.show('event', view.shown?.events[0]?.properties ?? {}),
        ];
      };
      assert.deepEqual(await seen(ours), [values('gold'), values('silver'), values('free')]);
      assert.deepEqual(await seen(tom), [values('gold'), {}, values('free')]);
      assert.deepEqual(await seen(theirs), [{}, {}, {}]);
      const listed = await bed.chats.listChatsOfAgent(ours, {
        filters: { properties: { [APP]: { plan: { values: ['gold'] } } } },
      });
      assert.deepEqual(
        listed.chats.map(({ chat }) => [chat.id, chat.lastEvents.message?.any.event.properties]),
        [[id, values('free')]],
      );
      const names = { [APP]: ['plan'] };
      await bed.chats.deleteChatProperties(ours, { id, properties: names });
      await bed.chats.deleteChatProperties(ours, { id, properties: names });
      await bed.chats.deleteThreadProperties(ours, { ...place, properties: names });
      await bed.chats.deleteEventProperties(tom, { ...event, properties: names });
      assert.deepEqual(await seen(ours), [{}, {}, {}]);
      assert.deepEqual(
        bed.signals.map(({ type }) => type),
        ['chat', 'thread', 'event']
          .flatMap((what) => [`${what}_properties_updated`])
          .concat(['chat', 'thread', 'event'].flatMap((what) => [`${what}_properties_deleted`])),
      );
    });

    it('are refused, whole, where one of them is not the caller’s to set', async () => {
      const { tom, id, place } = await toms();
      const update = (actor: AgentActor, properties: Record<string, Record<string, string | number>>) =>
        bed.chats.updateChatProperties(actor, { id, properties });
      await refused('validation', update(ours, { test: { int_property: 1 }, unknown: { x: 1 } }), /unknown/);
      await refused('validation', update(theirs, values('x')), /private/);
      await refused('validation', update(ours, { test: { int_property: 'x' } }), /must be an int/);
      await refused('authorization', update(ours, { rating: { score: 1 } }), /agents/);
      await refused('authorization', bed.chats.updateChatProperties(tom, { id, properties: values('x') }));
      const event = { ...message('x'), properties: { unknown: { x: 1 } } };
      await refused('validation', bed.chats.sendEvent(ours, { chat_id: id, event }), /event\.properties/);
      await refused(
        'validation',
        bed.chats.startChat(ours, { chat: { properties: { x: { y: 1 } } } }),
        /chat\./,
      );
      await refused(
        'validation',
        bed.chats.listChatsOfAgent(theirs, {
          filters: { properties: { [APP]: { plan: { exists: true } } } },
        }),
      );
      await refused(
        'missing_access',
        bed.chats.updateThreadProperties(
          { ...agent('ann', 'access'), clientId: APP },
          { ...place, properties: values('x') },
        ),
      );
      const view = await bed.chats.getChat(ours, { chat_id: id });
      assert.deepEqual(view.chat.properties, {});
      assert.equal(bed.signals.length, 0);
    });

    it('keep every one of many that come at once', async () => {
      const { id } = await toms();
      await Promise.all([
        bed.chats.updateChatProperties(ours, { id, properties: values('gold') }),
        bed.chats.updateChatProperties(ours, { id, properties: { test: { int_property: 1 } } }),
        bed.chats.updateChatProperties(ours, { id, properties: { test: { bool_property: true } } }),
      ]);
      const view = await bed.chats.getChat(ours, { chat_id: id });
      assert.deepEqual(view.chat.properties, { ...values('gold'), test: view.chat.properties.test });
      assert.deepEqual(Object.keys(view.chat.properties.test ?? {}).toSorted(), [
        'bool_property',
        'int_property',
      ]);
    });
  });

  describe('definitions', () => {
    it('belong to apps of the organization, and are public for good once they are published', async () => {
      const property = { name: 'open', type: 'int' as const, access: BOTH };
      await refused(
        'authorization',
        bed.properties.register({ ...owner, licenseId: OTHER_LICENSE }, property),
      );
      await bed.properties.register(owner, property);
      await refused('already_exists', bed.properties.register(owner, property));
      const { id } = await toms();
      const set = (actor: AgentActor) =>
        bed.chats.updateChatProperties(actor, { id, properties: { [APP]: { open: 1 } } });
      await refused('validation', set(theirs));
      await bed.properties.publish(owner, 'open', ['read', 'write', 'read']);
      await set(theirs);
      await refused('validation', bed.properties.publish(owner, 'open', ['read']), /published/);
      await refused('validation', bed.properties.unregister(owner, 'open'), /published/);
      await refused('not_found', bed.properties.unregister(owner, 'nothing'));
      const own = await bed.properties.listOwn(owner);
      assert.deepEqual(
        own.map(({ name, publicAccess }) => [name, publicAccess]),
        [
          ['open', ['read', 'write']],
          ['plan', null],
        ],
      );
      const shown = await bed.properties.list({ user: 'agent', clientId: null }, APP);
      assert.deepEqual(
        shown.map(({ name }) => name),
        ['open'],
      );
    });

    it('take their values along when they go', async () => {
      await bed.properties.register(owner, { name: 'brief', type: 'int', access: BOTH });
      const { id } = await toms();
      await bed.chats.updateChatProperties(ours, { id, properties: { [APP]: { brief: 1 } } });
      await bed.properties.unregister(owner, 'brief');
      const view = await bed.chats.getChat(ours, { chat_id: id });
      assert.deepEqual(view.reader.show('chat', view.chat.properties), {});
    });
  });

  describe('values of an organization and its groups', () => {
    const by = (over: Partial<ValueCaller> = {}): ValueCaller => ({
      user: 'agent',
      clientId: APP,
      licenseId: LICENSE,
      namespaces: 'all',
      ...over,
    });
    const visitor = by({ user: 'customer', clientId: null });

    it('are set, fall back to the default, and are shown to who may see them', async () => {
      const access: PropertyAccess = {
        license: { agent: ['read', 'write'], customer: ['read'] },
        group: { agent: ['read', 'write'] },
      };
      await bed.properties.register(owner, { name: 'tone', type: 'string', access, default_value: 'kind' });
      const mine = { namespace: APP };
      assert.deepEqual(await bed.properties.listValues(by(), null, mine), { [APP]: { tone: 'kind' } });
      assert.deepEqual(await bed.properties.listValues(visitor, null, mine), {});
      await bed.properties.publish(owner, 'tone', ['read']);
      assert.deepEqual(await bed.properties.listValues(visitor, null, mine), { [APP]: { tone: 'kind' } });
      await bed.properties.updateValues(by(), null, { [APP]: { tone: 'loud' }, test: { int_property: 4 } });
      await bed.properties.updateValues(by(), 1, { [APP]: { tone: 'soft' } });
      assert.deepEqual(await bed.properties.listValues(visitor, null), {
        [APP]: { tone: 'loud' },
        test: { int_property: 4 },
      });
      assert.deepEqual(await bed.properties.listValues(by({ namespaces: 'own' }), 1), {
        [APP]: { tone: 'soft' },
      });
      assert.deepEqual(await bed.properties.listValues(visitor, 1), {});
      assert.deepEqual(await bed.properties.listValues(by(), null, { name_prefix: 'int_' }), {
        test: { int_property: 4 },
      });
      await bed.properties.deleteValues(by(), null, { [APP]: ['tone'] });
      assert.deepEqual(await bed.properties.listValues(visitor, null, { name: 'tone' }), {
        [APP]: { tone: 'kind' },
      });
      assert.deepEqual(
        await bed.properties.listValues(by({ licenseId: OTHER_LICENSE }), null, { name: 'int_property' }),
        {},
      );
    });

    it('are refused outside the caller’s reach', async () => {
      const set = (
        caller: ValueCaller,
        namespace: string,
        name: string,
        value: number | boolean,
        group: number | null = null,
      ) => bed.properties.updateValues(caller, group, { [namespace]: { [name]: value } });
      await refused('authorization', set(by({ namespaces: 'own' }), 'test', 'int_property', 1));
      await refused('authorization', set(by(), 'limits', 'tags.hard', 1));
      await refused('validation', set(by(), 'chats', 'queue.enabled', true, 1), /license/);
      await refused('not_found', set(by(), 'test', 'int_property', 1, 77));
      await refused('group_not_found', bed.properties.listValues(visitor, 77));
    });
  });
});
