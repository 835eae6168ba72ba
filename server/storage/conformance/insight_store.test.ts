import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { CompatibilityCount } from '../../domain/insight/insight_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { key, NOW } from './samples.ts';

/** What every engine must do for what owners look into. */
eachEngine((engine) => {
  describe('the insight store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const count = (over: Partial<CompatibilityCount> = {}): CompatibilityCount => ({
      licenseId: 1001,
      clientId: randomUUID(),
      feature: 'no_pkce',
      day: 100,
      uses: 1,
      lastUsedAt: NOW,
      ...over,
    });
    const add = (...counts: CompatibilityCount[]) =>
      storage.write(async ({ insight }) => {
        for (const one of counts) await insight.countUse(key(), one);
      });

    it('adds the uses of a day up, also when many write at once', async () => {
      const clientId = randomUUID();
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => add(count({ clientId, uses: 2, lastUsedAt: NOW + at }))),
      );
      const [use, ...others] = await storage.read.insight.usesSince(1001, 100, clientId);
      assert.deepEqual(others, []);
      assert.equal(use?.uses, 40);
    });

    it('tells the uses of several days as one, of one app or of all the organization’s', async () => {
      const licenseId = 2001;
      const [one, two] = [randomUUID(), randomUUID()].sort();
      assert.ok(one && two);
      await add(
        count({ licenseId, clientId: one, day: 99 }),
        count({ licenseId, clientId: one, day: 101, uses: 5, lastUsedAt: NOW + 7 }),
        count({ licenseId, clientId: one, day: 98, uses: 50 }),
        count({ licenseId, clientId: two, feature: 'scope_missing' }),
        count({ licenseId: 2002, clientId: randomUUID() }),
      );
      const ofOne = { clientId: one, feature: 'no_pkce', uses: 6, lastUsedAt: NOW + 7 };
      assert.deepEqual(await storage.read.insight.usesSince(licenseId, 99, one), [ofOne]);
      assert.deepEqual(await storage.read.insight.usesSince(licenseId, 99), [
        ofOne,
        { clientId: two, feature: 'scope_missing', uses: 1, lastUsedAt: NOW },
      ]);
      assert.deepEqual(await storage.read.insight.usesSince(2002, 99, one), []);
    });

    it('deletes old days, a batch at a time', async () => {
      const licenseId = 3001;
      await add(
        ...[1, 2, 3].map((day) => count({ licenseId, day })),
        count({ licenseId, day: 50, clientId: 'kept' }),
      );
      const purge = () => storage.write(({ insight }) => insight.purgeUses(50, 2));
      assert.deepEqual([await purge(), await purge(), await purge()], [2, 1, 0]);
      const left = await storage.read.insight.usesSince(licenseId, 0);
      assert.deepEqual(
        left.map(({ clientId }) => clientId),
        ['kept'],
      );
    });
  });
});
