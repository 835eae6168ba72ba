import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { engines } from '../../../test/support/databases.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { scopeSet } from '../../oauth/scopes.ts';
import {
  type ChatTestbed,
  LICENSE,
  newCustomer,
  openChats,
  team,
} from '../../storage/stores/chat_testbed.conformance.ts';
import { deactivateChat as customerDeactivateChat } from '../customer/deactivate_chat.ts';
import { getChat as customerGetChat } from '../customer/get_chat.ts';
import { customerMethods } from '../customer/index.ts';
import { listChats as customerListChats } from '../customer/list_chats.ts';
import { listThreads as customerListThreads } from '../customer/list_threads.ts';
import { resumeChat as customerResumeChat } from '../customer/resume_chat.ts';
import { sendEvent as customerSendEvent } from '../customer/send_event.ts';
import { startChat as customerStartChat } from '../customer/start_chat.ts';
import type { AgentCaller, CustomerCaller } from '../registry/caller.ts';
import type { AgentMethod, CallContext, CustomerMethod } from '../registry/method.ts';
import type { Services } from '../services.ts';
import { deactivateChat } from './deactivate_chat.ts';
import { getChat } from './get_chat.ts';
import { agentMethods } from './index.ts';
import { listChats } from './list_chats.ts';
import { listThreads } from './list_threads.ts';
import { resumeChat } from './resume_chat.ts';
import { sendEvent } from './send_event.ts';
import { startChat } from './start_chat.ts';

const organization = { id: '390e44e6-f1e6-4368-8f6d-74a145080001', licenseId: LICENSE };
const request = { id: 'test', ip: '203.0.113.7', userAgent: 'test', origin: undefined, unexpected() {} };

describe('the methods of the chat APIs', () => {
  let bed: ChatTestbed;
  before(async () => {
    bed = await openChats(engines.sqlite);
  });
  after(() => bed.close());

  function caller(name: 'ann' | 'bob'): AgentCaller {
    const profile = team.find(({ id }) => id.startsWith(name));
    assert.ok(profile);
    return {
      kind: 'agent',
      organization,
      accountId: profile.accountId,
      agentId: profile.id,
      accountRole: 'member',
      chatRole: profile.chatRole,
      groupIds: profile.groupIds,
      scopes: scopeSet([]),
      credential: 'personal_access_token',
      clientId: null,
    };
  }

  /** Calls a method as the transport does: input and output checked by the declaration. */
  async function call<I extends TSchema, O extends TSchema, C>(
    method: { input: I; output: O; handler(context: CallContext<C, Static<I>>): Promise<Static<O>> },
    who: C,
    input: Static<I>,
  ): Promise<Static<O>> {
    assert.ok(Compile(method.input).Check(input), JSON.stringify(Compile(method.input).Errors(input)));
    const output = await method.handler({
      caller: who,
      input,
      // Which channels customers come by, and how far an app's developer is, are other stories.
      services: {
        chats: bed.chats,
        license: { noteCustomer: async () => {} },
        insight: { firstSteps: { reached() {} } },
      } as unknown as Services,
      request,
      reach: 'all',
      scope: undefined,
    });
    assert.ok(Compile(method.output).Check(output), JSON.stringify(Compile(method.output).Errors(output)));
    // Nothing is answered that is not declared.
    assert.deepEqual(Value.Clean(method.output, structuredClone(output)), output);
    return output;
  }

  async function customerCaller(name: string): Promise<CustomerCaller> {
    const { customerId } = await newCustomer(bed.chats, name);
    return { kind: 'customer', organization, customerId, clientId: 'client' };
  }

  const organization_id = organization.id;

  it('hold a conversation that both sides read, each in their way', async () => {
    const tom = await customerCaller('Tom');
    const started = await call(customerStartChat, tom, {
      organization_id,
      chat: { access: { group_ids: [2] }, thread: { events: [{ type: 'message', text: 'Hello' }] } },
    });
    assert.deepEqual(started.event_ids, [`${started.thread_id}_1`]);
    const bob = caller('bob');
    const chat_id = started.chat_id;
    await call(sendEvent, bob, { chat_id, event: { type: 'message', text: 'Hi Tom', custom_id: 'b1' } });
    await call(sendEvent, bob, {
      chat_id,
      event: {
        type: 'message',
        text: 'seems angry',
        visibility: 'agents',
        properties: { test: { int_property: 1 } },
      },
    });
    await call(customerSendEvent, tom, {
      organization_id,
      chat_id,
      event: { type: 'custom', content: { deep: { er: [1] } } },
    });

    const forAgent = await call(getChat, bob, { chat_id });
    assert.deepEqual(
      forAgent.thread?.events.map(({ type, text, author_id, visibility }) => [
        type,
        text,
        author_id,
        visibility,
      ]),
      [
        ['message', 'Hello', tom.customerId, 'all'],
        ['system_message', 'Bob takes this chat', undefined, 'all'],
        ['message', 'Hi Tom', 'bob@acme.test', 'all'],
        ['message', 'seems angry', 'bob@acme.test', 'agents'],
        ['custom', undefined, tom.customerId, 'all'],
      ],
    );
    assert.equal(forAgent.users[0]?.statistics?.threads_count, 1);
    assert.equal(forAgent.users[0]?.visit?.ip, '203.0.113.7');
    assert.equal(forAgent.users[1]?.email, 'bob@acme.test');
    assert.equal(forAgent.thread?.customer_visit?.user_agent, 'test');

    const forCustomer = await call(customerGetChat, tom, { organization_id, chat_id });
    assert.equal(forCustomer.thread?.events.length, 4);
    const shownId = bed.chats.publicAgentId(LICENSE, 'bob@acme.test');
    assert.match(shownId, /^[0-9a-f]{32}$/);
    assert.equal(forCustomer.thread?.events[2]?.author_id, shownId);
    assert.deepEqual(forCustomer.thread?.user_ids, [tom.customerId, shownId]);
    assert.equal(forCustomer.users[1]?.job_title, 'Support');

    const agentList = await call(listChats, bob, {});
    const summary = agentList.chats_summary.find(({ id }) => id === chat_id);
    assert.equal(summary?.last_event_per_type.message?.event.text, 'seems angry');
    assert.equal(summary?.last_thread_summary?.id, started.thread_id);
    const customerList = await call(customerListChats, tom, { organization_id });
    assert.equal(customerList.chats_summary[0]?.last_event_per_type.message?.event.text, 'Hi Tom');
    assert.equal(customerList.total_chats, 1);
    const customerThreads = await call(customerListThreads, tom, { organization_id, chat_id });
    assert.equal(customerThreads.threads[0]?.events.length, 4);

    // Nothing of what a customer is given holds an e-mail of an agent, or what is for agents.
    const given = JSON.stringify([forCustomer, customerList, customerThreads]);
    assert.doesNotMatch(given, /acme\.test|seems angry|"visibility"|203\.0\.113/);

    await call(customerDeactivateChat, tom, { organization_id, id: chat_id });
    const resumed = await call(resumeChat, bob, { chat: { id: chat_id } });
    await call(deactivateChat, bob, { id: chat_id });
    const again = await call(customerResumeChat, tom, { organization_id, chat: { id: chat_id } });
    const threads = await call(listThreads, bob, { chat_id });
    assert.deepEqual(
      threads.threads.map(({ id, active }) => [id, active]),
      [
        [again.thread_id, true],
        [resumed.thread_id, false],
        [started.thread_id, false],
      ],
    );
    assert.equal(threads.threads[2]?.next_thread_id, resumed.thread_id);
  });

  it('take a customer’s request for the organization of their token only', async () => {
    const tom = await customerCaller('Tom');
    for (const wrong of ['390e44e6-f1e6-4368-8f6d-74a145080002', 'x'])
      await assert.rejects(
        call(customerListChats, tom, { organization_id: wrong }),
        (error) => isGatehouseError(error) && error.code === 'license_not_found',
      );
  });

  it('show a deleted event’s content to chat administrators only', async () => {
    const { presentEventToAgent, presentEventToCustomer } = await import('../present/event.ts');
    const event = {
      threadId: 'K600PKZON8',
      number: 3,
      type: 'message' as const,
      authorId: 'bob@acme.test',
      visibility: 'all' as const,
      customId: null,
      createdAt: 1_780_000_000_000_000,
      content: { text: 'gone' },
      properties: {},
      deletedAt: 1_780_000_000_000_001,
    };
    const reader = await bed.properties.reader({ user: 'agent', clientId: null }, []);
    assert.equal(presentEventToAgent(event, 'administrator', reader).text, 'gone');
    assert.deepEqual(presentEventToAgent(event, 'normal', reader), {
      id: 'K600PKZON8_3',
      created_at: '2026-05-28T20:26:40.000000Z',
      type: 'message',
      author_id: 'bob@acme.test',
      visibility: 'all',
      deleted: true,
    });
    assert.equal(presentEventToCustomer(event, String, reader), undefined);
  });

  it('are declared once each, with examples that their schemas take', () => {
    const names = agentMethods.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const customerNames = customerMethods.map(({ name }) => name);
    assert.equal(new Set(customerNames).size, customerNames.length);
    for (const method of agentMethods as readonly AgentMethod[])
      assert.ok(method.example === undefined || Compile(method.input).Check(method.example), method.name);
  });

  const bad: [string, AgentMethod | CustomerMethod, unknown][] = [
    ['limit 0', listChats, { limit: 0 }],
    ['limit -1', listChats, { limit: -1 }],
    ['limit 101', listChats, { limit: 101 }],
    ['limit "x"', listChats, { limit: 'x' }],
    ['limit 26 for a customer', customerListChats, { organization_id, limit: 26 }],
    ['an unknown sort order', listChats, { sort_order: 'newest' }],
    ['201 groups', listChats, { filters: { group_ids: Array.from({ length: 201 }, (_, n) => n) } }],
    ['a group that is no number', listChats, { filters: { group_ids: ['1'] } }],
    ['active "yes"', listChats, { filters: { active: 'yes' } }],
    ['exists of no truth', listChats, { filters: { properties: { a: { b: { exists: 1 } } } } }],
    ['an empty page_id', listChats, { page_id: '' }],
    ['no chat_id', getChat, {}],
    ['a chat_id that is a number', getChat, { chat_id: 1 }],
    ['no organization_id', customerGetChat, { chat_id: 'PJ0MRSHTDG' }],
    ['an unknown type of event', sendEvent, { chat_id: 'x', event: { type: 'system' } }],
    [
      'eleven elements',
      sendEvent,
      { chat_id: 'x', event: { type: 'rich_message', elements: Array(11).fill({}) } },
    ],
    ['a user of no type', startChat, { chat: { users: [{ id: 'x' }] } }],
    ['seven users', startChat, { chat: { users: Array(7).fill({ id: 'x', type: 'agent' }) } }],
    ['access for nobody', startChat, { chat: { access: { group_ids: [] } } }],
    ['a property that is an object', startChat, { chat: { properties: { a: { b: {} } } } }],
    ['min_events_count 101', listThreads, { chat_id: 'x', min_events_count: 101 }],
    ['no chat to resume', resumeChat, {}],
  ];
  for (const [what, method, input] of bad)
    it(`refuse ${what}`, () => assert.equal(Compile(method.input).Check(input), false));

  it('ignore keys that they do not know', () => {
    assert.ok(Compile(listChats.input).Check({ some_new_key: 1, filters: { other: true } }));
  });
});
