import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGatehouseError } from '../../kernel/errors.ts';
import { needPresentUser, readAccess, seesChat, seesThread } from './access_rules.ts';
import type { Actor, Reach } from './actors.ts';
import type { Chat, Thread } from './chat.ts';

const groups = [
  { id: 0, name: 'General' },
  { id: 1, name: 'Sales' },
  { id: 2, name: 'Support' },
];

function agent(reach: Reach, groupIds: number[] = [1]): Actor {
  return { kind: 'agent', licenseId: 1, agentId: 'ann@acme.test', reach, groupIds };
}

function customer(customerId = 'c1'): Actor {
  return { kind: 'customer', licenseId: 1, customerId, ip: null, userAgent: null };
}

function chatOf(access: number[], present: boolean | undefined): Chat {
  const users =
    present === undefined
      ? []
      : [{ id: 'ann@acme.test', type: 'agent', present, visibility: 'all', seenUpTo: null }];
  return { access, users, customerId: 'c1' } as unknown as Chat;
}

function threadOf(active: boolean, userIds: string[], access: number[] = [2]): Thread {
  return { active, userIds, access } as unknown as Thread;
}

describe('who sees a chat', () => {
  const open = threadOf(true, ['ann@acme.test']);
  const closed = threadOf(false, ['ann@acme.test']);
  const others = threadOf(false, ['bob@acme.test']);
  const cases: [string, Actor, Chat, Thread | undefined, boolean][] = [
    ['all sees any chat', agent('all'), chatOf([2], undefined), open, true],
    ['access sees chats of the own groups', agent('access'), chatOf([1, 2], undefined), open, true],
    ['access sees chats of everybody', agent('access', []), chatOf([0], undefined), open, true],
    ['access does not see chats of other groups', agent('access'), chatOf([2], undefined), open, false],
    ['access sees a chat it takes part in', agent('access'), chatOf([2], true), open, true],
    ['my sees an open chat it is present in', agent('my'), chatOf([2], true), open, true],
    ['my does not see an open chat it left', agent('my'), chatOf([2], false), open, false],
    ['my sees a closed chat it was in to the end', agent('my'), chatOf([2], false), closed, true],
    ['my does not see a closed chat of others', agent('my'), chatOf([1], false), others, false],
    ['my does not see a chat of its group', agent('my'), chatOf([1], undefined), open, false],
    ['my does not see a chat without threads', agent('my'), chatOf([1], undefined), undefined, false],
    ['a customer sees their chat', customer(), chatOf([1], undefined), open, true],
    ['a customer does not see another chat', customer('c2'), chatOf([0], undefined), open, false],
  ];
  for (const [behaviour, actor, chat, thread, expected] of cases) {
    it(behaviour, () => assert.equal(seesChat(actor, chat, thread), expected));
  }

  it('is decided for a thread by the groups of that thread', () => {
    const chat = chatOf([1], undefined);
    assert.equal(seesThread(agent('access'), chat, threadOf(true, [], [2])), false);
    assert.equal(seesThread(agent('access'), chat, threadOf(true, [], [1])), true);
    assert.equal(seesThread(customer(), chat, threadOf(true, [], [2])), true);
  });
});

describe('the groups of a new thread', () => {
  const rejects = (code: string, run: () => unknown) =>
    assert.throws(run, (error) => isGatehouseError(error) && error.code === code);

  it('are everybody unless asked otherwise', () => {
    assert.deepEqual(readAccess(agent('access'), undefined, []), [0]);
  });
  it('are named once, in order', () => {
    assert.deepEqual(readAccess(agent('all'), { group_ids: [2, 1, 2] }, groups), [1, 2]);
  });
  it('must exist', () => {
    rejects('validation', () => readAccess(agent('all'), { group_ids: [1, 9] }, groups));
    rejects('group_not_found', () => readAccess(customer(), { group_ids: [9] }, groups));
  });
  it('must be the own for a token that reaches the own only', () => {
    rejects('missing_access', () => readAccess(agent('access'), { group_ids: [1, 2] }, groups));
    assert.deepEqual(readAccess(agent('access'), { group_ids: [0, 1] }, groups), [0, 1]);
    assert.deepEqual(readAccess(customer(), { group_ids: [2] }, groups), [2]);
  });
});

describe('who writes', () => {
  it('is present in the chat', () => {
    assert.equal(needPresentUser(chatOf([1], true), 'ann@acme.test', '').id, 'ann@acme.test');
    for (const chat of [chatOf([1], false), chatOf([1], undefined)])
      assert.throws(
        () => needPresentUser(chat, 'ann@acme.test', 'Join it.'),
        (error) => isGatehouseError(error) && error.code === 'authorization' && /Join it/.test(error.message),
      );
  });
});
