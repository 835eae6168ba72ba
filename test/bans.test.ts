import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../server/kernel/clock.ts';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';

/** An address of its own for each test: a ban covers it. */
let addresses = 0;
const fromSomewhere = () => ({
  origin: 'https://shop.example',
  'x-forwarded-for': `198.51.100.${++addresses}`,
});

describe('a banned customer', () => {
  let chats: ChatWorld;
  before(async () => {
    chats = await openChatWorld(undefined, ['--trust-proxy', '127.0.0.1']);
  });
  after(() => chats.close());

  const ban = (id: string, length: unknown = 3) => chats.agent('ban_customer', { id, ban: { days: length } });
  const editor = () => ({
    licenseId: chats.organization.licenseId,
    agentId: chats.owner.email,
    accountId: chats.owner.accountId,
    actor: { ip: '', userAgent: '', requestId: '' },
  });

  it('finds the door of every method shut at once, and the open thread closed with a word of why', async () => {
    const tom = await chats.customer(fromSomewhere());
    const { chat_id } = good(await tom.call('start_chat', { chat: { properties: {} } }));
    good(await ban(tom.id));
    for (const [method, body] of [
      ['list_chats', {}],
      ['send_event', { chat_id, event: { type: 'message', text: 'x' } }],
      ['get_customer', {}],
      ['update_customer', {}],
    ] as const)
      refused(await tom.call(method, body), 403, 'customer_banned', /banned/);
    const { thread } = good(await chats.agent('get_chat', { chat_id }));
    assert.equal(thread.active, false);
    const last = thread.events.at(-1);
    assert.equal(last.system_message_type, 'customer_banned');
    assert.equal(last.text_vars.duration, '3 days');
    const [listed] = await chats.world.server.services.customers.bans.list(chats.organization.licenseId, {
      limit: 10,
    });
    assert.equal(listed?.customerId, tom.id);
    assert.equal(listed?.threadId, thread.id);
    assert.equal(listed?.agentId, chats.owner.email);
  });

  it('is let in again by the clock', async () => {
    const tom = await chats.customer(fromSomewhere());
    good(await ban(tom.id, 1));
    const { clock } = chats.world.server;
    clock.advance(seconds(28_700));
    refused(await tom.call('get_customer'), 403, 'customer_banned');
    clock.advance(-seconds(28_700));
    const other = await chats.customer(fromSomewhere());
    good(await ban(other.id, 2));
    clock.advance(days(1));
    const again = await chats.world.server.services.customers.bans.list(chats.organization.licenseId, {
      limit: 100,
    });
    assert.ok(!again.some(({ customerId }) => customerId === tom.id));
    assert.ok(again.some(({ customerId }) => customerId === other.id));
    await chats.world.server.services.customers.door.check(chats.organization.licenseId, {
      customerId: tom.id,
      ip: null,
    });
    clock.advance(-days(1));
  });

  it('takes everybody along who comes from the same address, new ones too', async () => {
    const home = fromSomewhere();
    const tom = await chats.customer(home);
    good(await tom.call('set_customer_session_fields', { session_fields: [] }));
    good(await ban(tom.id));
    const again = await chats.customer(home);
    refused(await again.call('start_chat'), 403, 'customer_banned');
    good(await again.call('start_chat', {}, fromSomewhere()));
  });

  it('of an IPv6 address takes its network along', async () => {
    const at = (address: string) => ({ origin: 'https://shop.example', 'x-forwarded-for': address });
    const tom = await chats.customer(at('2001:db8:5:6::1'));
    good(await tom.call('set_customer_session_fields', { session_fields: [] }));
    good(await ban(tom.id));
    const again = await chats.customer();
    refused(await again.call('get_customer', {}, at('2001:db8:5:6:7::8')), 403, 'customer_banned');
    good(await again.call('get_customer', {}, at('2001:db8:5:7::1')));
  });

  it('whom an app’s server made does not take that server’s other customers along', async () => {
    const [tom, ann] = [await chats.customer(), await chats.customer()];
    good(await tom.call('update_customer', { name: 'Tom' }));
    good(await ban(tom.id));
    refused(await tom.call('get_customer'), 403, 'customer_banned');
    good(await ann.call('get_customer'));
  });

  it('can be let in by hand: by who they are, or by their address', async () => {
    const { bans } = chats.world.server.services.customers;
    const home = fromSomewhere();
    const tom = await chats.customer(home);
    good(await tom.call('set_customer_session_fields', { session_fields: [] }));
    good(await ban(tom.id));
    await bans.unban(editor(), { customerId: tom.id });
    good(await tom.call('get_customer'));
    await assert.rejects(bans.unban(editor(), { customerId: tom.id }), /not banned/);
    good(await ban(tom.id));
    await bans.unban(editor(), { ip: home['x-forwarded-for'] });
    good(await tom.call('get_customer'));
    await assert.rejects(bans.unban(editor(), { ip: home['x-forwarded-for'] }), /No ban/);
  });

  it('who is banned again is out until the later of both ends', async () => {
    const { bans } = chats.world.server.services.customers;
    const tom = await chats.customer(fromSomewhere());
    good(await ban(tom.id, 10));
    const [first] = await bans.list(chats.organization.licenseId, { limit: 1 });
    good(await ban(tom.id, 1));
    const [second] = await bans.list(chats.organization.licenseId, { limit: 1 });
    assert.equal(second?.customerId, tom.id);
    assert.equal(second?.expiresAt, first?.expiresAt);
  });

  it('stands in the audit log', async () => {
    const { licenseId } = chats.organization;
    const rows = await chats.world.server.composition.database.read.query((db) =>
      db.selectFrom('audit_log').select('action').where('license_id', '=', licenseId),
    );
    const actions = new Set(rows.map(({ action }) => action));
    assert.ok(actions.has('customer.banned') && actions.has('customer.unbanned'));
  });

  for (const length of [0, -1, 1.5, '3', null, 3651])
    it(`cannot be banned for ${length} days`, async () => {
      const tom = await chats.customer(fromSomewhere());
      refused(await ban(tom.id, length), 400, 'validation', /days/);
      good(await tom.call('get_customer'));
    });
});
