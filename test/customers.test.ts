import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';

const BROWSER = {
  origin: 'https://shop.example',
  'user-agent': 'Firefox',
  referer: 'https://shop.example/a',
};

describe('the profile of a customer', () => {
  let chats: ChatWorld;
  let tom: CustomerCaller;
  before(async () => {
    chats = await openChatWorld(undefined, ['--trust-proxy', '127.0.0.1']);
    tom = await chats.customer({ 'x-forwarded-for': '198.51.100.7' });
  });
  after(() => chats.close());

  it('is changed by the customer and read by both sides, value by value', async () => {
    good(
      await tom.call(
        'update_customer',
        {
          name: ' Tom  Ångström ',
          email: 'tom@example.com',
          avatar: 'https://example.com/tom.png',
          session_fields: [{ plan: 'gold', seats: '3' }, { city: 'Łódź' }],
          omnichannel: { fbmessenger: { id: 'm1', first_name: 'Tom', is_verified_user: true } },
          address: { address: 'Main Street 1', city: 'Łódź' },
        },
        BROWSER,
      ),
    );
    good(await tom.call('update_customer', { address: { city: '', country: 'Poland' } }));
    const own = good(await tom.call('get_customer'));
    assert.deepEqual(own, {
      id: tom.id,
      type: 'customer',
      name: 'Tom Ångström',
      email: 'tom@example.com',
      email_verified: false,
      avatar: 'https://example.com/tom.png',
      session_fields: [{ plan: 'gold' }, { seats: '3' }, { city: 'Łódź' }],
      address: { address: 'Main Street 1', country: 'Poland' },
      omnichannel: { fb_messenger: [{ ID: 'm1', FirstName: 'Tom', IsVerifiedUser: true }] },
    });
    const seen = good(await chats.agent('get_customer', { id: tom.id }));
    const { created_at: createdAt, visit, statistics, ...profile } = seen;
    assert.deepEqual(profile, own);
    assert.ok(createdAt);
    assert.deepEqual(
      { ip: visit.ip, agent: visit.user_agent, referrer: visit.referrer },
      { ip: '198.51.100.7', agent: 'Firefox', referrer: BROWSER.referer },
    );
    assert.equal(statistics.visits_count, 1);
    assert.equal(statistics.threads_count, 0);
  });

  it('is changed by agents, who alone set the phone number; an empty text takes a value away', async () => {
    const change = { id: tom.id, phone_number: '+48717178888', avatar: '', session_fields: [{ seats: '' }] };
    good(await chats.agent('update_customer', change));
    const { phone_number: phone, avatar, session_fields: fields } = good(await tom.call('get_customer'));
    assert.deepEqual(
      { phone, avatar, fields },
      { phone: '+48717178888', avatar: undefined, fields: [{ plan: 'gold' }, { city: 'Łódź' }] },
    );
  });

  it('has session fields that are set anew as a whole', async () => {
    good(
      await tom.call('set_customer_session_fields', { session_fields: [{ a: '1' }, { a: '2' }, { b: '' }] }),
    );
    assert.deepEqual(good(await tom.call('get_customer')).session_fields, [{ a: '2' }, { b: '' }]);
    good(await tom.call('set_customer_session_fields', { session_fields: [] }));
    assert.equal(good(await tom.call('get_customer')).session_fields, undefined);
  });

  it('counts a new visit after half an hour of silence', async () => {
    chats.world.server.clock.advance(seconds(1900));
    good(await tom.call('set_customer_session_fields', { session_fields: [] }, BROWSER));
    good(await tom.call('set_customer_session_fields', { session_fields: [{ a: '1' }] }, BROWSER));
    assert.equal(good(await chats.agent('get_customer', { id: tom.id })).statistics.visits_count, 2);
  });

  it('tells the agents of an open chat that name or e-mail changed, and them alone', async () => {
    const { chat_id } = good(await tom.call('start_chat'));
    good(await chats.agent('update_customer', { id: tom.id, name: 'Thomas' }));
    good(await chats.agent('update_customer', { id: tom.id, session_fields: [{ x: '1' }] }));
    const messages = (body: { thread: { events: { system_message_type?: string; text: string }[] } }) =>
      body.thread.events.filter((event) => event.system_message_type === 'customer_updated');
    const told = messages(good(await chats.agent('get_chat', { chat_id })));
    assert.equal(told.length, 1);
    assert.match(told[0]?.text ?? '', /Person \d+ .*Thomas tom@example\.com/);
    assert.deepEqual(messages(good(await tom.call('get_chat', { chat_id }))), []);
    assert.deepEqual(good(await chats.agent('get_customer', { id: tom.id })).chat_ids, [chat_id]);
    const { users } = good(await chats.agent('get_chat', { chat_id }));
    assert.equal(users.find((user: { id: string }) => user.id === tom.id).name, 'Thomas');
  });

  const wrong: [string, unknown, RegExp][] = [
    ['nothing', {}, /at least one/],
    ['an e-mail without a domain', { email: 'tom@' }, /email/],
    ['an e-mail that is too long', { email: `${'x'.repeat(130)}@example.com` }, /email/],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, /name.*255/],
    ['a name with U+0000', { name: 'a\u0000b' }, /U\+0000/],
    ['a name with half a surrogate pair', { name: 'a\ud800' }, /surrogate/],
    ['an avatar that is a script', { avatar: 'javascript:alert(1)' }, /avatar/],
    ['an avatar with a password', { avatar: 'https://a:b@example.com/x' }, /password/],
    ['a session field that is a number', { session_fields: [{ a: 1 }] }, /session_fields/],
    ['a session field without a name', { session_fields: [{ '': 'x' }] }, /session_fields/],
    ['an empty session field', { session_fields: [{}] }, /session_fields\[0\]/],
    ['session fields that are an object', { session_fields: { a: '1' } }, /session_fields/],
    ['a value of 4097 characters', { session_fields: [{ a: 'x'.repeat(4097) }] }, /4096/],
    [
      '101 session fields in one object',
      { session_fields: [Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, 'v']))] },
      /101 keys/,
    ],
    ['a messenger profile without an id', { omnichannel: { fbmessenger: { name: 'x' } } }, /fbmessenger.*id/],
    ['a Twilio number that is none', { omnichannel: { twilio: { phone_number: '12' } } }, /E\.164/],
    ['a city of 256 characters', { address: { city: 'x'.repeat(256) } }, /address\.city/],
  ];
  for (const [what, body, words] of wrong)
    it(`takes no ${what}, and stays as it is`, async () => {
      const before = good(await tom.call('get_customer'));
      refused(await tom.call('update_customer', body), 400, 'validation', words);
      refused(
        await chats.agent('update_customer', { id: tom.id, ...(body as object) }),
        400,
        'validation',
        words,
      );
      assert.deepEqual(good(await tom.call('get_customer')), before);
    });

  it('takes no phone number that is none, from agents', async () => {
    for (const phone of ['48717178888', '+0123', '+1', '+1234567890123456', '+48 717'])
      refused(
        await chats.agent('update_customer', { id: tom.id, phone_number: phone }),
        400,
        'validation',
        /E\.164/,
      );
  });

  it('of another organization is like one that does not exist', async () => {
    const { server } = chats.world;
    const other = await chats.world.organization('Other');
    const foreign = await server.services.chats.createCustomer({ licenseId: other.licenseId });
    for (const [method, more] of [
      ['get_customer', {}],
      ['update_customer', { name: 'X' }],
      ['ban_customer', { ban: { days: 1 } }],
    ] as const)
      for (const id of [foreign.id, crypto.randomUUID(), 'x', 'PJ0MRSHTDG'])
        refused(await chats.agent(method, { id, ...more }), 404, 'not_found', /no customer/);
    assert.equal((await server.services.chats.customer(other.licenseId, foreign.id))?.name, null);
  });
});
