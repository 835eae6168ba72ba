import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';
import { tokensFor } from './support/world.ts';

const SCOPES = [
  'chats--all:rw',
  'customers:own',
  'customers:rw',
  'agents--my:rw',
  'webhooks.configuration:rw',
  'webhooks.state:rw',
];

interface Received {
  webhook_id: string;
  secret_key: string;
  action: string;
  organization_id: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of every shape, looked into by the tests
  payload: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  additional_data: any;
}

eachEngine((engine) => {
  describe('what webhooks deliver', () => {
    let chats: ChatWorld;
    let bearer: string;
    let receiver: Server;
    let url: string;
    let status = 200;
    const received: Received[] = [];
    before(async () => {
      chats = await openChatWorld(engine, [], SCOPES);
      bearer = `Bearer ${(await tokensFor(chats.world, chats.owner, chats.app)).access_token}`;
      receiver = createServer((request, response) => {
        let text = '';
        request.on('data', (chunk) => {
          text += chunk;
        });
        request.on('end', () => {
          received.push(JSON.parse(text));
          response.writeHead(status).end();
        });
      });
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
      const { apps, properties } = chats.world.server.services;
      await apps.install(editor(), chats.app.details.app.id);
      await properties.register(
        { ...editor(), clientId: chats.app.clientId },
        { name: 'parcel', type: 'string', access: { chat: { agent: ['read', 'write'] } } },
      );
    });
    after(async () => {
      receiver.closeAllConnections();
      receiver.close();
      await chats.close();
    });

    const editor = () => ({
      licenseId: chats.organization.licenseId,
      accountId: chats.owner.accountId,
      actor: { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' },
    });
    const configure = (method: string, body: unknown = {}) =>
      chats.world.call(`/v3.6/configuration/action/${method}`, body, bearer);
    const hook = async (action: string, more: object = {}): Promise<string> =>
      good(await configure('register_webhook', { action, secret_key: 'hush', url, type: 'license', ...more }))
        .id;
    const drop = async (...ids: string[]) => {
      for (const id of ids) good(await configure('unregister_webhook', { id }));
    };
    /** What has come once everything that is due was sent, by the webhook. */
    async function delivered(...ids: string[]): Promise<Received[]> {
      const { sender } = chats.world.server.services.webhooks;
      await sender.work();
      await sender.settle();
      return ids.flatMap((id) => received.filter(({ webhook_id }) => webhook_id === id));
    }

    it('is what happened in a chat, from its start to its end, in the documented shape', async () => {
      const actions = [
        'incoming_chat',
        'incoming_event',
        'user_added_to_chat',
        'chat_properties_updated',
        'thread_tagged',
        'thread_untagged',
        'events_marked_as_seen',
        'customer_session_fields_updated',
        'event_deleted',
        'chat_deactivated',
        'routing_status_set',
      ];
      const ids: Record<string, string> = {};
      for (const action of actions)
        ids[action] = await hook(action, { additional_data: ['chat_properties', 'chat_presence_user_ids'] });
      const only = async (action: string) => {
        const found = await delivered(ids[action] ?? '');
        assert.equal(found.length, 1, `${action}: ${JSON.stringify(found)}`);
        return found[0] as Received;
      };
      good(await chats.agent('set_routing_status', { status: 'accepting_chats' }));
      const set = await only('routing_status_set');
      assert.deepEqual(set.payload, { agent_id: chats.owner.email, status: 'accepting chats' });

      const tom = await chats.customer();
      const started = good(
        await tom.call('start_chat', { chat: { thread: { events: [{ type: 'message', text: 'Hello' }] } } }),
      );
      const { chat_id, thread_id } = started;
      const incoming = await only('incoming_chat');
      assert.deepEqual(Object.keys(incoming), [
        'webhook_id',
        'secret_key',
        'action',
        'organization_id',
        'payload',
        'additional_data',
      ]);
      assert.equal(incoming.secret_key, 'hush');
      assert.equal(incoming.organization_id, chats.organization.id);
      assert.equal(incoming.payload.chat.id, chat_id);
      assert.equal(incoming.payload.chat.thread.id, thread_id);
      assert.equal(incoming.payload.chat.thread.events[0].text, 'Hello');
      assert.ok(incoming.payload.chat.users.some(({ id }: { id: string }) => id === tom.id));
      assert.ok(incoming.additional_data.chat_presence_user_ids.includes(tom.id));
      assert.ok(incoming.additional_data.chat_properties);
      assert.equal((await delivered(ids.incoming_event ?? '')).length, 0, 'they came with the chat');

      const { event_id } = good(
        await tom.call('send_event', { chat_id, event: { type: 'message', text: 'Are you there?' } }),
      );
      const event = await only('incoming_event');
      assert.deepEqual([event.payload.chat_id, event.payload.thread_id], [chat_id, thread_id]);
      assert.deepEqual([event.payload.event.id, event.payload.event.text], [event_id, 'Are you there?']);

      good(await tom.call('delete_event', { chat_id, thread_id, event_id }));
      assert.deepEqual((await only('event_deleted')).payload, { chat_id, thread_id, event_id });
      good(await chats.agent('tag_thread', { chat_id, thread_id, tag: 'bug' }));
      assert.deepEqual((await only('thread_tagged')).payload, { chat_id, thread_id, tag: 'bug' });
      good(await chats.agent('untag_thread', { chat_id, thread_id, tag: 'bug' }));
      assert.deepEqual((await only('thread_untagged')).payload, { chat_id, thread_id, tag: 'bug' });
      const values = { [chats.app.clientId]: { parcel: '4711' } };
      good(await chats.agent('update_chat_properties', { id: chat_id, properties: values }));
      const properties = await only('chat_properties_updated');
      assert.deepEqual(properties.payload, { chat_id, properties: values });
      assert.deepEqual(properties.additional_data.chat_properties[chats.app.clientId], { parcel: '4711' });
      good(await tom.call('set_customer_session_fields', { session_fields: [{ plan: 'pro' }] }));
      assert.deepEqual((await only('customer_session_fields_updated')).payload, {
        id: tom.id,
        active_chat: { chat_id, thread_id },
        session_fields: [{ plan: 'pro' }],
      });
      good(await chats.agent('mark_events_as_seen', { chat_id, seen_up_to: '2100-01-01T00:00:00Z' }));
      const seen = await only('events_marked_as_seen');
      assert.deepEqual([seen.payload.user_id, seen.payload.chat_id], [chats.owner.email, chat_id]);
      good(await tom.call('deactivate_chat', { id: chat_id }));
      assert.deepEqual((await only('chat_deactivated')).payload, { chat_id, thread_id, user_id: tom.id });
      await drop(...Object.values(ids));
    });

    it('is what passes the filters, and nothing else', async () => {
      const everything = await hook('incoming_event');
      const tom = await chats.customer();
      const byCustomers = await hook('incoming_event', { filters: { author_type: 'customer' } });
      await drop(everything);
      const withoutTom = await hook('incoming_event', {
        filters: { chat_presence: { user_ids: { exclude_values: [tom.id] } } },
      });
      const bySystem = await hook('incoming_event', { filters: { source_type: ['system'] } });
      const { chat_id } = good(await tom.call('start_chat', {}));
      good(await tom.call('send_event', { chat_id, event: { type: 'message', text: 'mine' } }));
      good(await chats.agent('send_event', { chat_id, event: { type: 'message', text: 'yours' } }));
      const texts = async (id: string) =>
        (await delivered(id)).map(({ payload }) => payload.event.text as string);
      assert.deepEqual(await texts(byCustomers), ['mine']);
      assert.deepEqual(await texts(withoutTom), []);
      assert.deepEqual(await texts(bySystem), []);
      await drop(byCustomers, withoutTom, bySystem);
      const mine = await hook('incoming_event', { filters: { source_type: ['my_client'] } });
      const myChats = await hook('incoming_event', { filters: { only_my_chats: true } });
      const ofBots = await hook('incoming_event', { type: 'bot' });
      good(await tom.call('send_event', { chat_id, event: { type: 'message', text: 'again' } }));
      assert.deepEqual(await texts(mine), ['again']);
      assert.deepEqual(await texts(ofBots), [], 'no bot of the app is at work');
      assert.deepEqual(await texts(myChats), []);
      good(await tom.call('deactivate_chat', { id: chat_id }));
      await drop(mine, myChats, ofBots);
    });

    it('is nothing while the organization has it switched off or the app is not installed', async () => {
      const id = await hook('incoming_chat');
      const { apps } = chats.world.server.services;
      const start = async () => good(await (await chats.customer()).call('start_chat', {}));
      good(await configure('disable_license_webhooks'));
      await start();
      good(await configure('enable_license_webhooks'));
      await apps.uninstall(editor(), chats.app.details.app.id);
      await start();
      assert.equal((await delivered(id)).length, 0);
      await apps.install(editor(), chats.app.details.app.id);
      await start();
      assert.equal((await delivered(id)).length, 1);
      await drop(id);
    });

    it('is not told of what was refused', async () => {
      const id = await hook('incoming_event');
      const tom = await chats.customer();
      const { chat_id } = good(await tom.call('start_chat', {}));
      const wrong = await tom.call('send_event', { chat_id, event: { type: 'message', text: '' } });
      assert.ok(wrong.status >= 400);
      assert.equal((await delivered(id)).length, 0);
      await drop(id);
    });

    it('is kept and tried again where the receiver fails', async () => {
      const id = await hook('incoming_chat');
      status = 500;
      good(await (await chats.customer()).call('start_chat', {}));
      await delivered(id);
      status = 200;
      const { deliveries } = await chats.world.server.services.webhooks.deliveries(
        chats.organization.licenseId,
        { limit: 1 },
      );
      const [last] = deliveries;
      assert.deepEqual(
        [last?.webhookId, last?.state, last?.attempts, last?.lastStatus, last?.lastError],
        [id, 'queued', 1, 500, 'answered 500'],
      );
      assert.ok((last?.nextAttemptAt ?? 0) - (last?.createdAt ?? 0) >= 10_000_000);
      assert.doesNotMatch(last?.body ?? '', /hush/, 'the secret lies sealed');
      await drop(id);
    });
  });
});
