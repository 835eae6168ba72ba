import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextPoll } from './poll_plan.ts';

describe('when a page asks again', () => {
  const lively = { visible: true, failures: 0, retryAfter: 0, quietFor: 0 };

  it('is soon while something happens, later when it is quiet, and late when nobody looks', () => {
    assert.equal(nextPoll(lively, 0), 1_500);
    assert.equal(nextPoll({ ...lively, quietFor: 60_000 }, 0), 4_000);
    assert.equal(nextPoll({ ...lively, quietFor: 3_600_000 }, 0), 10_000);
    assert.equal(nextPoll({ ...lively, visible: false }, 0), 30_000);
  });

  it('backs off with each failure, up to a minute', () => {
    const waits = [1, 2, 3, 10, 1000].map((failures) => nextPoll({ ...lively, failures }, 1));
    assert.deepEqual(waits, [3_000, 6_000, 12_000, 60_000, 60_000]);
  });

  it('is spread by chance after a failure, and never before the server said', () => {
    assert.equal(nextPoll({ ...lively, failures: 10 }, 0), 45_000);
    assert.equal(nextPoll({ ...lively, failures: 1, retryAfter: 20_000 }, 0), 20_000);
    assert.equal(nextPoll({ ...lively, retryAfter: 120_000 }, 0), 120_000);
  });
});
