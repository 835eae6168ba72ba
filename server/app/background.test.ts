import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { purgeAll } from './background.ts';

describe('the removal of what is dead', () => {
  it('goes on until a round finds less than a whole batch', async () => {
    let left = 10_300;
    const rounds = await purgeAll(async () => {
      const deleted = Math.min(left, 500);
      left -= deleted;
      return deleted;
    });
    assert.equal(left, 0);
    assert.equal(rounds, 21);
  });

  it('leaves the rest to the next time rather than never end', async () => {
    assert.equal(await purgeAll(async () => 500), 1_000);
  });
});
