import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Chat, ChatUser } from './chat.ts';
import { listStates } from './chat.ts';
import type { EventDraft } from './event_rules.ts';
import { listKey, unlisted } from './listing.ts';
import {
  addAgent,
  appendEvent,
  beginThread,
  closeThread,
  lastForAll,
  type OpenChat,
  say,
} from './thread_rules.ts';

const T = 1_780_000_000_000_000;
const CUSTOMER = '11111111-1111-4111-8111-111111111111';
const AGENT = 'ann@acme.test';

const empty: Chat = {
  id: 'PJ0MRSHTDG',
  customId: null,
  createdAt: T,
  customerId: CUSTOMER,
  continuous: false,
  access: [0],
  properties: {},
  users: [],
  followers: [],
  lastThreadId: null,
  lastThreadCreatedAt: null,
  active: false,
  threadsCount: 0,
  lastEvents: {},
  agentLastEventAt: null,
  customerLastEventAt: null,
  listing: unlisted,
};

function begin(chat: Chat = empty, values: Partial<Parameters<typeof beginThread>[1]> = {}): OpenChat {
  return beginThread(chat, {
    id: 'K600PKZON8',
    now: T,
    active: true,
    access: [1],
    properties: {},
    users: [
      { id: CUSTOMER, type: 'customer' },
      { id: AGENT, type: 'agent' },
    ],
    visit: null,
    ...values,
  });
}

function message(text: string, visibility: EventDraft['visibility'] = 'all'): EventDraft {
  return { type: 'message', customId: null, visibility, properties: {}, content: { text } };
}

function by(open: OpenChat, id: string): ChatUser {
  const user = open.chat.users.find((one) => one.id === id);
  assert.ok(user);
  return user;
}

describe('a thread', () => {
  it('opens with its users present and the access of the chat', () => {
    const { chat, thread } = begin();
    assert.deepEqual(
      chat.users.map(({ id, present }) => [id, present]),
      [
        [CUSTOMER, true],
        [AGENT, true],
      ],
    );
    assert.deepEqual(
      [chat.active, chat.access, chat.lastThreadId, chat.threadsCount],
      [true, [1], thread.id, 1],
    );
    assert.equal(chat.listing.state, listStates.active);
    assert.deepEqual(
      chat.listing.keys,
      [listKey.all, listKey.customer(CUSTOMER), listKey.group(1), listKey.agent(AGENT)].sort(),
    );
  });

  it('can be closed from its start', () => {
    const { chat, thread } = begin(empty, { active: false });
    assert.deepEqual([chat.active, thread.active, thread.closedAt], [false, false, T]);
    assert.equal(chat.users.find(({ id }) => id === AGENT)?.present, false);
    assert.equal(chat.listing.state, listStates.inactive);
  });

  it('follows the one before it, whatever the clock says', () => {
    const first = closeThread(begin(), T + 5);
    const second = begin(first.chat, {
      id: 'K600PKZON9',
      now: T - 100,
      users: [{ id: CUSTOMER, type: 'customer' }],
    });
    assert.ok(second.thread.createdAt > first.thread.createdAt);
    assert.equal(second.thread.previousThreadId, first.thread.id);
    // The agent of the first thread stays a user of the chat, but is not in the second.
    assert.equal(by(second, AGENT).present, false);
    assert.ok(!second.chat.listing.keys.includes(listKey.agent(AGENT)));
  });

  it('numbers its events without gaps, each later than the one before', () => {
    let open = begin();
    for (const now of [T + 5, T + 5, T - 50, T + 6])
      open = appendEvent(open, message('x'), by(open, AGENT), now);
    assert.deepEqual(
      open.added.map(({ number }) => number),
      [1, 2, 3, 4],
    );
    const times = open.added.map(({ createdAt }) => createdAt);
    assert.deepEqual(times, [T + 5, T + 6, T + 7, T + 8]);
  });

  it('marks as seen what its author writes', () => {
    const open = begin();
    const written = appendEvent(open, message('x'), by(open, CUSTOMER), T + 9);
    assert.equal(by(written, CUSTOMER).seenUpTo, T + 9);
    assert.equal(by(written, AGENT).seenUpTo, null);
    assert.deepEqual([written.chat.customerLastEventAt, written.chat.agentLastEventAt], [T + 9, null]);
  });

  it('remembers the newest event of each type, for agents and for all', () => {
    let open = begin();
    open = appendEvent(open, message('note', 'agents'), by(open, AGENT), T + 1);
    const noted = open.chat.lastEvents.message;
    assert.ok(noted);
    assert.equal(noted.any.event.content.text, 'note');
    assert.equal(lastForAll(noted), null);
    open = appendEvent(open, message('public'), by(open, AGENT), T + 2);
    open = appendEvent(open, message('note 2', 'agents'), by(open, AGENT), T + 3);
    open = appendEvent(open, message('note 3', 'agents'), by(open, AGENT), T + 4);
    const later = open.chat.lastEvents.message;
    assert.ok(later);
    assert.equal(later.any.event.content.text, 'note 3');
    assert.equal(lastForAll(later)?.event.content.text, 'public');
    open = say(open, { system_message_type: 'x', text: 'said', text_vars: {} }, T + 5);
    assert.equal(open.chat.lastEvents.system_message?.any.event.authorId, null);
    assert.equal(open.chat.lastEvents.message?.any.event.content.text, 'note 3');
  });

  it('closes with its agents gone and its customer there', () => {
    const closed = closeThread(begin(), T + 7);
    assert.equal(by(closed, AGENT).present, false);
    assert.equal(by(closed, CUSTOMER).present, true);
    assert.deepEqual(
      [closed.chat.active, closed.thread.active, closed.thread.closedAt],
      [false, false, T + 7],
    );
    // Their own closed chats are still theirs.
    assert.ok(closed.chat.listing.keys.includes(listKey.agent(AGENT)));
  });

  it('lets an agent in once', () => {
    const joined = addAgent(addAgent(begin(), 'bob@acme.test'), 'bob@acme.test');
    assert.equal(joined.chat.users.filter(({ id }) => id === 'bob@acme.test').length, 1);
    assert.equal(joined.thread.userIds.filter((id) => id === 'bob@acme.test').length, 1);
  });

  it('changes nothing it was given', () => {
    const frozen = JSON.stringify(begin());
    const open = JSON.parse(frozen) as OpenChat;
    closeThread(appendEvent(addAgent(open, 'bob@acme.test'), message('x'), by(open, AGENT), T + 1), T + 2);
    assert.equal(JSON.stringify(open), frozen);
  });
});
