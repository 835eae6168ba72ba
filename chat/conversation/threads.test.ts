import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Thread } from '../client/wire.ts';
import { mergeThreads, newEvents, type Unsent, withoutArrived } from './threads.ts';

function thread(id: string, created: string, events: string[] = [], active = false): Thread {
  return {
    id,
    created_at: created,
    active,
    user_ids: [],
    events: events.map((text, n) => ({
      id: `${id}_${n + 1}`,
      custom_id: text,
      created_at: created,
      type: 'message',
      text,
    })),
  };
}

describe('the threads that a chat page shows', () => {
  const first = thread('A', '2026-01-01', ['hello']);

  it('stand in the order in which they began, whichever was read first', () => {
    const second = thread('B', '2026-01-02');
    assert.deepEqual(
      mergeThreads([second], [first]).map(({ id }) => id),
      ['A', 'B'],
    );
  });

  it('are the same array where nothing new was read', () => {
    const known = [first];
    assert.equal(mergeThreads(known, [structuredClone(first)]), known);
    assert.notEqual(mergeThreads(known, [{ ...first, active: true }]), known);
  });

  it('tell which events are new', () => {
    const after = mergeThreads([first], [thread('A', '2026-01-01', ['hello', 'again'])]);
    assert.deepEqual(
      newEvents([first], after).map(({ text }) => text),
      ['again'],
    );
  });

  it('let a message wait until the server shows it, and no longer', () => {
    const unsent: Unsent[] = [
      { customId: 'hello', text: 'hello', state: 'failed' },
      { customId: 'other', text: 'other', state: 'sending' },
    ];
    assert.deepEqual(
      withoutArrived(unsent, [first]).map(({ customId }) => customId),
      ['other'],
    );
    const none: Unsent[] = [];
    assert.equal(withoutArrived(none, [first]), none);
  });
});
