import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Signal } from '../server/domain/chats/signals.ts';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';
import { tokensFor } from './support/world.ts';

const SCOPES = ['chats--all:rw', 'customers:own', 'customers:rw', 'greetings:rw', 'agents--my:rw'];

describe('greetings of the Configuration API', () => {
  let chats: ChatWorld;
  let bearer: string;
  before(async () => {
    chats = await openChatWorld(undefined, [], SCOPES);
    bearer = `Bearer ${(await tokensFor(chats.world, chats.owner, chats.app)).access_token}`;
    good(await chats.agent('set_routing_status', { status: 'accepting_chats' }));
  });
  after(() => chats.close());

  const configure = (method: string, body: unknown = {}) =>
    chats.world.call(`/v3.6/configuration/action/${method}`, body, bearer);
  const checkout = { condition: 'and', type: 'url_current', operator: 'contains', value: 'checkout' };
  const hello = {
    type: 'normal',
    active: true,
    name: 'Hello',
    group: 0,
    rules: [checkout],
    properties: { 'greeting-message_text': 'May I help you?', addon: 'x', is_exit_intent: 'true' },
  };
  const make = async (more: object = {}) =>
    good(await configure('create_greeting', { ...hello, ...more })).id as number;
  const open = async (customer: CustomerCaller, path: string) =>
    good(
      await customer.call('check_goals', {
        page_url: `https://shop.example${path}`,
        group_id: 0,
        session_fields: [],
      }),
    ).greeting;
  const drop = (id: number) => configure('delete_greeting', { id });

  it('reach a customer whose visit meets the rules, once a visit, and nobody else', async () => {
    const id = await make();
    const pushed: Signal[] = [];
    const { licenseId } = chats.organization;
    const stop = chats.world.server.composition.signals.subscribe(licenseId, (_, signal) =>
      pushed.push(signal),
    );
    const tom = await chats.customer();
    assert.equal(await open(tom, '/'), undefined);
    const greeted = await open(tom, '/checkout/7');
    stop();
    assert.equal(greeted.id, id);
    assert.equal(greeted.event.type, 'message');
    assert.equal(greeted.event.text, 'May I help you?');
    assert.equal(greeted.addon, 'x');
    assert.equal(greeted.is_exit_intent, true);
    assert.match(greeted.agent.name, /Person/);
    assert.doesNotMatch(JSON.stringify(greeted), new RegExp(chats.owner.email));
    const [signal] = pushed.filter(({ type }) => type === 'incoming_greeting');
    assert.equal(signal?.type === 'incoming_greeting' && signal.customerId, tom.id);
    assert.equal(await open(tom, '/checkout/8'), undefined, 'once a visit');
    good(await tom.call('accept_greeting', { greeting_id: id, unique_id: greeted.unique_id }));
    const { statistics } = good(await chats.agent('get_customer', { id: tom.id }));
    assert.deepEqual([statistics.greetings_shown_count, statistics.greetings_accepted_count], [1, 1]);
    good(await drop(id));
  });

  it('that are off, not yet or no longer on, of another group, or deleted reach nobody', async () => {
    const past = '2020-01-01T00:00:00Z';
    const future = '2090-01-01T00:00:00.123456Z';
    const off = await make({ active: false });
    const ids = [off, await make({ active_from: future }), await make({ active_until: past })];
    const tom = await chats.customer();
    assert.equal(await open(tom, '/checkout'), undefined);
    good(await configure('update_greeting', { id: off, active: true }));
    assert.equal((await open(tom, '/checkout')).id, off);
    good(await drop(off));
    const ann = await chats.customer();
    assert.equal(await open(ann, '/checkout'), undefined);
    for (const id of ids.slice(1)) good(await drop(id));
  });

  it('reach nobody who chats already, and nobody while nobody is there to answer', async () => {
    const id = await make();
    const tom = await chats.customer();
    good(await tom.call('start_chat', {}));
    assert.equal(await open(tom, '/checkout'), undefined);
    good(await chats.agent('set_routing_status', { status: 'not_accepting_chats' }));
    const ann = await chats.customer();
    assert.equal(await open(ann, '/checkout'), undefined);
    good(await chats.agent('set_routing_status', { status: 'accepting_chats' }));
    assert.equal((await open(ann, '/checkout')).id, id);
    good(await drop(id));
  });

  it('come back as they were made, with ids for their buttons', async () => {
    const rich_message = {
      template_id: 'cards',
      elements: [
        {
          title: 'Welcome',
          subtitle: 'How can we help?',
          image: { url: 'https://shop.example/hello.png' },
          buttons: [
            { text: 'Yes', type: 'message', value: 'yes', postback_id: 'yes', role: 'primary' },
            { text: 'No', type: 'message', value: 'no', postback_id: 'no', button_id: 'mine' },
          ],
        },
      ],
    };
    const id = await make({
      type: 'announcement',
      rich_message,
      active_from: '2026-01-01T00:00:00Z',
      rules: [],
    });
    const made = good(await configure('get_greeting', { id }));
    const [first, second] = made.rich_message.elements[0].buttons;
    assert.match(first.button_id, /^[A-Z0-9]{10}$/);
    assert.equal(second.button_id, 'mine');
    assert.equal(made.active_from, '2026-01-01T00:00:00.000000Z');
    assert.ok(!('active_until' in made));
    good(await configure('update_greeting', { id, name: 'Bye' }));
    const changed = good(await configure('get_greeting', { id }));
    assert.deepEqual(changed, { ...made, name: 'Bye' });
    const tom = await chats.customer();
    const greeted = await open(tom, '/');
    assert.equal(greeted.subtype, 'announcement');
    assert.equal(greeted.event.type, 'rich_message');
    assert.equal(greeted.event.elements[0].buttons[0].button_id, first.button_id);
    good(
      await tom.call('send_greeting_button_clicked', {
        greeting_unique_id: greeted.unique_id,
        button_id: first.button_id,
      }),
    );
    good(await drop(id));
    refused(await configure('get_greeting', { id }), 404, 'greeting_not_found');
    refused(await configure('update_greeting', { id, name: 'x' }), 404, 'greeting_not_found');
    refused(await drop(id), 404, 'greeting_not_found');
  });

  it('are listed by group, page by page', async () => {
    const ids = [await make(), await make(), await make({ name: 'Third' })];
    const first = good(await configure('list_greetings', { groups: [0], limit: 2 }));
    assert.deepEqual(
      first.greetings.map(({ id }: { id: number }) => id),
      ids.slice(0, 2),
    );
    assert.equal(first.found_greetings, 3);
    const last = good(await configure('list_greetings', { page_id: first.next_page_id }));
    assert.deepEqual(
      last.greetings.map(({ name }: { name: string }) => name),
      ['Third'],
    );
    assert.ok(!('next_page_id' in last));
    refused(
      await configure('list_greetings', { page_id: first.next_page_id, limit: 2 }),
      400,
      'validation',
      /limit/,
    );
    refused(await configure('list_greetings', { groups: [77] }), 404, 'group_not_found', /77/);
    for (const id of ids) good(await drop(id));
  });

  it('are refused with words where something is wrong, and change nothing', async () => {
    const id = await make();
    const before = good(await configure('get_greeting', { id }));
    const bad: [object, RegExp][] = [
      [{ rules: [{ ...checkout, operator: 'greater_than' }] }, /rules\[0\]\.operator.*possible here/],
      [{ rules: Array(11).fill(checkout) }, /rules/],
      [{ active_until: '2020-01-01T00:00:00Z', active_from: '2021-01-01T00:00:00Z' }, /active_until/],
      [{ active_from: 'tomorrow' }, /active_from.*RFC 3339/],
      [{ properties: { colour: 'red' } }, /properties/],
      [{ name: '' }, /name/],
      [
        {
          rich_message: {
            template_id: 'cards',
            elements: [{ buttons: [{ text: 'x', type: 'url', value: 'javascript:1', postback_id: 'x' }] }],
          },
        },
        /http or https/,
      ],
    ];
    for (const [wrong, words] of bad) {
      refused(await configure('create_greeting', { ...hello, ...wrong }), 400, 'validation', words);
      refused(await configure('update_greeting', { id, ...wrong }), 400, 'validation', words);
    }
    refused(await configure('create_greeting', { ...hello, group: 77 }), 404, 'group_not_found');
    assert.deepEqual(good(await configure('get_greeting', { id })), before);
    assert.equal(good(await configure('list_greetings')).found_greetings, 1);
    good(await drop(id));
  });
});
