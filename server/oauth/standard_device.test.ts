import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decidePoll } from './standard_device.ts';
import { makeUserCode, readUserCode, showUserCode } from './standard_user_code.ts';

const second = 1_000_000;

describe('a device that polls', () => {
  const waiting = {
    expiresAt: 600 * second,
    decision: null,
    consumedAt: null,
    lastPolledAt: null,
    intervalSeconds: 5,
  };
  const cases: [string, Partial<Parameters<typeof decidePoll>[0]>, number, string][] = [
    ['for the first time', {}, 0, 'authorization_pending 5'],
    ['after the interval', { lastPolledAt: 0 }, 5 * second, 'authorization_pending 5'],
    ['a little early', { lastPolledAt: 0 }, 4 * second, 'authorization_pending 5'],
    ['too early', { lastPolledAt: 0 }, 4 * second - 1, 'slow_down 10'],
    ['too early again', { lastPolledAt: 0, intervalSeconds: 10 }, 5 * second, 'slow_down 15'],
    ['too early for ever', { lastPolledAt: 0, intervalSeconds: 60 }, 1, 'slow_down 60'],
    ['too late', {}, 600 * second, 'expired_token'],
    ['when it was allowed', { decision: 'allowed', lastPolledAt: 0 }, 1, 'issue'],
    ['when it was allowed, too late', { decision: 'allowed' }, 600 * second, 'expired_token'],
    ['when it was denied', { decision: 'denied' }, 600 * second, 'access_denied'],
    ['when it has its tokens', { decision: 'allowed', consumedAt: 1 }, 2, 'replayed'],
    ['when it has its tokens, too late', { decision: 'allowed', consumedAt: 1 }, 600 * second, 'replayed'],
  ];
  for (const [when, change, now, expected] of cases)
    it(`${when}: ${expected}`, () => {
      const decision = decidePoll({ ...waiting, ...change }, now);
      const interval = 'intervalSeconds' in decision ? ` ${decision.intervalSeconds}` : '';
      assert.equal(decision.kind === 'answer' ? decision.answer + interval : decision.kind, expected);
    });
});

describe('a user code', () => {
  it('is eight letters, each as likely as the other', () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    assert.equal(makeUserCode(every), 'BCDFGHJK');
    assert.equal(makeUserCode(every.slice(232)), 'QRSTVWXZ');
    assert.equal(makeUserCode(every.slice(240)), undefined, 'the last bytes would favour some letters');
    const counts = new Map<number, number>();
    for (let byte = 0; byte < 240; byte++) counts.set(byte % 20, (counts.get(byte % 20) ?? 0) + 1);
    assert.deepEqual([...new Set(counts.values())], [12]);
  });

  it('is read as people write it, and shown in two groups', () => {
    for (const typed of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk ', 'b c d f g h j k', 'BCDF\u2013GHJK'])
      assert.equal(readUserCode(typed), 'BCDFGHJK');
    assert.equal(showUserCode('BCDFGHJK'), 'BCDF-GHJK');
  });

  it('is nothing else', () => {
    for (const typed of ['', 'BCDF', 'BCDF-GHJA', 'BCDF-GHJ1', 'BCDF-GHJKL', 'ВСDF-GHJK', 'BCDF%20GHJK'])
      assert.equal(readUserCode(typed), undefined, typed);
  });
});
