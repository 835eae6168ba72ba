import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minutes } from '../../../kernel/clock.ts';
import { DEFAULT_TIMEOUTS, decideInactivity, type Inactivity, nextLook, type Quiet } from './inactivity.ts';

const T = 1_780_000_000_000_000;
const now = T + minutes(100);
const ago = (count: number) => now - minutes(count);

function quiet(more: Partial<Quiet>): Quiet {
  return {
    lastWordAt: now,
    unansweredSince: null,
    continuous: false,
    isIdle: false,
    waits: false,
    isAnybodyThere: true,
    ...more,
  };
}

describe('a thread in which nobody writes', () => {
  const cases: [string, Partial<Quiet>, Partial<typeof DEFAULT_TIMEOUTS>, Inactivity][] = [
    ['stays as it is for a while', { lastWordAt: ago(9) }, {}, { act: 'nothing' }],
    ['is marked as idle', { lastWordAt: ago(10) }, {}, { act: 'mark_idle', minutes: 10 }],
    ['is marked once', { lastWordAt: ago(14), isIdle: true }, {}, { act: 'nothing' }],
    ['is closed', { lastWordAt: ago(15), isIdle: true }, {}, { act: 'close', minutes: 15 }],
    [
      'is closed sooner where it is continuous',
      { lastWordAt: ago(10), continuous: true },
      {},
      { act: 'close', minutes: 10 },
    ],
    [
      'is never closed where that is off',
      { lastWordAt: ago(99), isIdle: true },
      { archive: 0 },
      { act: 'nothing' },
    ],
    ['is never marked where that is off', { lastWordAt: ago(12) }, { idle: 0 }, { act: 'nothing' }],
    ['waits on while somebody may come', { lastWordAt: ago(99), waits: true }, {}, { act: 'nothing' }],
    [
      'is given up when nobody is there to come',
      { lastWordAt: ago(15), waits: true, isAnybodyThere: false },
      {},
      { act: 'give_up' },
    ],
    ['keeps its agent by default', { lastWordAt: ago(5), unansweredSince: ago(5) }, {}, { act: 'nothing' }],
    [
      'goes to another agent where that is on',
      { lastWordAt: ago(5), unansweredSince: ago(5) },
      { transfer: 5 },
      { act: 'hand_over', minutes: 5 },
    ],
    ['keeps an agent who answered', { lastWordAt: ago(5) }, { transfer: 5 }, { act: 'nothing' }],
  ];
  for (const [behaviour, state, timeouts, expected] of cases)
    it(behaviour, () => {
      assert.deepEqual(decideInactivity(quiet(state), { ...DEFAULT_TIMEOUTS, ...timeouts }, now), expected);
    });

  it('is looked at when the next thing is due, and not more than once a minute', () => {
    const look = (state: Partial<Quiet>, timeouts = {}) =>
      (nextLook(quiet(state), { ...DEFAULT_TIMEOUTS, ...timeouts }, now) - now) / minutes(1);
    assert.equal(look({}), 10);
    assert.equal(look({ lastWordAt: ago(7) }), 3);
    assert.equal(look({ lastWordAt: ago(12), isIdle: true }), 3);
    assert.equal(look({ lastWordAt: ago(14.9), isIdle: true }), 1);
    assert.equal(look({ waits: true }), 1);
    assert.equal(look({}, { transfer: 4 }), 4);
    assert.equal(look({ unansweredSince: ago(2) }, { transfer: 4 }), 2);
    assert.equal(look({}, { idle: 0, archive: 0 }), 60);
  });
});
