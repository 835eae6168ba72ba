import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Micros, seconds } from '../../kernel/clock.ts';
import { rateLimits, STANDARD_QUOTAS } from './rate_limits.ts';
import { takeToken } from './rate_rule.ts';

const rule = { quota: 3, window: seconds(60) };

test('a bucket gives its quota at once, then one token as each comes back', () => {
  let fullAt: Micros | undefined;
  const told: [number, boolean, number, number][] = [];
  for (const at of [0, 0, 0, 0, 19, 20, 21, 500, 500]) {
    const taken = takeToken(fullAt, seconds(at), rule);
    fullAt = taken.fullAt;
    told.push([at, taken.allowed, taken.remaining, taken.resetSeconds]);
  }
  assert.deepEqual(told, [
    [0, true, 2, 20],
    [0, true, 1, 40],
    [0, true, 0, 60],
    [0, false, 0, 20],
    [19, false, 0, 1],
    [20, true, 0, 60],
    [21, false, 0, 19],
    [500, true, 2, 20],
    [500, true, 1, 40],
  ]);
});

test('never more than the quota and what came back since, and a wait that was told is long enough', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.array(fc.integer({ min: 0, max: 30_000_000 }), { maxLength: 60 }),
      (quota, gaps) => {
        const own = { quota, window: seconds(60) };
        let fullAt: Micros | undefined;
        let now = seconds(1_700_000_000);
        const begun = now;
        let allowed = 0;
        for (const gap of gaps) {
          now += gap;
          const taken = takeToken(fullAt, now, own);
          fullAt = taken.fullAt;
          if (taken.allowed) allowed += 1;
          else assert.ok(takeToken(fullAt, now + seconds(taken.resetSeconds), own).allowed);
          assert.ok(allowed <= quota + ((now - begun) * quota) / own.window + 1e-3);
        }
      },
    ),
  );
});

test('a clock that was set back locks nobody out for longer than a window', () => {
  const taken = takeToken(seconds(10_000), seconds(100), rule);
  assert.deepEqual([taken.allowed, taken.resetSeconds], [false, 20]);
});

test('credentials and APIs are counted apart, and those that went quiet are forgotten', () => {
  let now = 0;
  const limits = rateLimits({ now: () => now }, { ...STANDARD_QUOTAS, agent: 1, customer: 1 }, 2);
  const take = (api: 'agent' | 'customer', who: string) => limits.take(api, who).allowed;
  assert.deepEqual([take('agent', 'a'), take('agent', 'a'), take('agent', 'b')], [true, false, true]);
  assert.equal(take('customer', 'a'), true);
  // Two more push the first generation out of the first place, where it is found still.
  assert.deepEqual([take('agent', 'c'), take('agent', 'a')], [true, false]);
  now = seconds(61);
  assert.equal(take('agent', 'a'), true);
});
