import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seconds } from '../../../kernel/clock.ts';
import type { Desk } from './desks.ts';
import { placeInQueue, type QueueEntry, serveQueue } from './queue_rules.ts';

function waiting(chatId: string, queuedAt: number, groups: number[], agentIds?: string[]): QueueEntry {
  return { chatId, queuedAt, groups, agentIds: agentIds ?? null, without: [], bots: true };
}

function desk(id: string, groupIds: number[], chats: number, chatLimit = 2): Desk {
  const agent = { id, accountId: id, name: id, avatar: null, jobTitle: null, groupIds } as const;
  return {
    agent: { ...agent, chatRole: 'normal', suspended: false, isBot: false },
    status: 'accepting_chats',
    chatLimit,
    chats,
    assignedAt: 0,
  };
}

const served = (queue: QueueEntry[], desks: Desk[]) =>
  serveQueue(queue, desks, seconds(1)).map(({ entry, agentId }) => [entry.chatId, agentId]);

describe('the queue', () => {
  it('is served in its order, as far as there is room', () => {
    const queue = [waiting('A', 1, [1]), waiting('B', 2, [1]), waiting('C', 3, [1])];
    assert.deepEqual(served(queue, [desk('ann', [1], 0)]), [
      ['A', 'ann'],
      ['B', 'ann'],
    ]);
    assert.deepEqual(served(queue, [desk('ann', [1], 2)]), []);
  });

  it('shares chats out, one after the other', () => {
    const queue = [waiting('A', 1, [1]), waiting('B', 2, [1]), waiting('C', 3, [1])];
    assert.deepEqual(served(queue, [desk('ann', [1], 0), desk('bob', [1], 0)]), [
      ['A', 'ann'],
      ['B', 'bob'],
      ['C', 'ann'],
    ]);
  });

  it('is not held up by a chat that nobody there can take', () => {
    const queue = [waiting('A', 1, [9]), waiting('B', 2, [1], ['bob']), waiting('C', 3, [1])];
    assert.deepEqual(served(queue, [desk('ann', [1], 1)]), [['C', 'ann']]);
    assert.deepEqual(served(queue, [desk('bob', [1], 1)]), [['B', 'bob']]);
  });

  it('gives nobody back what they had', () => {
    const entry = { ...waiting('A', 1, [1]), without: ['ann'] };
    assert.deepEqual(served([entry], [desk('ann', [1], 0)]), []);
    assert.deepEqual(served([entry], [desk('ann', [1], 0), desk('bob', [1], 1)]), [['A', 'bob']]);
  });

  it('counts positions among those who wait for the same agents', () => {
    const queue = [
      waiting('A', 1, [1]),
      waiting('B', 2, [2]),
      waiting('C', 3, [1, 2]),
      waiting('D', 4, [0]),
      waiting('E', 5, [1], ['bob']),
    ];
    const positions = queue.map((entry) => placeInQueue(entry, queue, [], 60).position);
    assert.deepEqual(positions, [1, 1, 3, 4, 4]);
  });

  it('estimates the wait from how long chats take and how many go on at once', () => {
    const queue = [waiting('A', 1, [1]), waiting('B', 2, [1])];
    const [first, second] = queue as [QueueEntry, QueueEntry];
    const desks = [desk('ann', [1], 2), desk('bob', [1], 2, 3), desk('cid', [2], 0, 50)];
    assert.deepEqual(placeInQueue(first, queue, desks, 300), { position: 1, waitTime: 60, queuedAt: 1 });
    assert.equal(placeInQueue(second, queue, desks, 300).waitTime, 120);
    assert.equal(placeInQueue(second, queue, [], 300).waitTime, 600, 'nobody is there: as if one came');
  });
});
