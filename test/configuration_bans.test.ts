import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { tokensFor } from './support/world.ts';

const SCOPES = ['chats--all:rw', 'customers:own', 'customers.ban:rw', 'banlist_read', 'banlist_write'];

describe('the bans of the Configuration API', () => {
  let chats: ChatWorld;
  let bearer: string;
  before(async () => {
    chats = await openChatWorld(undefined, ['--trust-proxy', '127.0.0.1'], SCOPES);
    bearer = `Bearer ${(await tokensFor(chats.world, chats.owner, chats.app)).access_token}`;
  });
  after(() => chats.close());

  const configuration = (method: string, body: unknown = {}) =>
    chats.world.call(`/v3.6/configuration/action/${method}`, body, bearer);
  const banned = async (address: string) => {
    const from = { origin: 'https://shop.example', 'x-forwarded-for': address };
    const tom = await chats.customer(from);
    good(await tom.call('set_customer_session_fields', { session_fields: [] }));
    good(await chats.agent('ban_customer', { id: tom.id, ban: { days: 3 } }));
    refused(await tom.call('get_customer'), 403, 'customer_banned');
    return tom;
  };

  it('list who is kept out, and open the door to the one whose ban is lifted', async () => {
    const tom = await banned('198.51.100.1');
    const [first] = good(await configuration('list_customer_bans'));
    assert.equal(first.customer_id, tom.id);
    assert.equal(first.ip, '198.51.100.1');
    assert.equal(first.agent_id, chats.owner.email);
    assert.ok(!('thread_id' in first));
    // The end is reckoned from the call, a moment before the ban is written.
    const lasts = Date.parse(first.expires_at) - Date.parse(first.created_at);
    assert.ok(Math.abs(lasts - 3 * 86_400_000) < 60_000, `lasts ${lasts} ms`);
    good(await configuration('unban_customer', { customer_id: tom.id }));
    good(await tom.call('get_customer'));
    assert.deepEqual(good(await configuration('list_customer_bans')), []);
    refused(await configuration('unban_customer', { customer_id: tom.id }), 404, 'not_found', /not banned/);
  });

  it('are lifted by the address, too', async () => {
    const tom = await banned('198.51.100.2');
    good(await configuration('unban_customer', { ip: '198.51.100.2' }));
    good(await tom.call('get_customer'));
  });

  it('are lifted by one of the two alone', async () => {
    const tom = await banned('198.51.100.3');
    for (const body of [{}, { ip: '198.51.100.3', customer_id: tom.id }])
      refused(await configuration('unban_customer', body), 400, 'validation', /one of ip and customer_id/);
    refused(await tom.call('get_customer'), 403, 'customer_banned');
  });
});
