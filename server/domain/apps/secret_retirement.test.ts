import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days, seconds } from '../../kernel/clock.ts';
import type { ClientSecret } from './records.ts';
import { retirementOf } from './secret_retirement.ts';

const NOON = days(20_000);

function secret(key: number, createdAt: number, lastUsedAt: number | null): ClientSecret {
  const unused = { secretHash: Buffer.alloc(32), lastUsedFrom: null, lastUsedBy: null, retiredAt: null };
  return { ...unused, key, clientId: 'c', hint: 'abcd', createdAt, lastUsedAt };
}

describe('whether a secret may be retired', () => {
  for (const [what, oldUsed, newUsed, expected] of [
    ['the newer one is not used yet', NOON - days(1), null, 'newer_unused'],
    ['both are in use', NOON + days(2), NOON + days(2), 'in_use'],
    ['the old one came after the newer one', NOON + days(3), NOON + days(2), 'in_use'],
    ['it is idle for less than a day of traffic', NOON + days(1), NOON + days(2) - seconds(1), 'in_use'],
    ['a day of traffic went by the newer one', NOON + days(1), NOON + days(2), 'safe'],
    ['it was never used, and the newer one is new', null, NOON + seconds(60), 'in_use'],
    ['it was never used in a day of traffic', null, NOON + days(1), 'safe'],
    ['it was last used long before, and the newer one is new', NOON - days(9), NOON + seconds(60), 'in_use'],
  ] as const)
    it(`${expected}: ${what}`, () => {
      const old = secret(1, NOON - days(30), oldUsed);
      const newer = secret(2, NOON, newUsed);
      assert.equal(retirementOf(old, [old, newer]), expected);
      assert.equal(retirementOf(newer, [old, newer]), 'newest');
    });

  it('never of the only one', () => {
    const only = secret(1, NOON, NOON + days(3));
    assert.equal(retirementOf(only, [only]), 'newest');
  });
});
