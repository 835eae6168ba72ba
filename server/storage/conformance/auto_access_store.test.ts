import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { AutoAccess } from '../../domain/access/conditions.ts';

const rule = (id: string): AutoAccess => ({
  id,
  description: `Rule ${id}`,
  groupIds: [1, 2],
  conditions: { url: { values: [{ value: id, exact_match: true }] } },
});

/** What every engine must do for the rules that say whose chats are. */
eachEngine((engine) => {
  describe('the store of auto access rules', () => {
    let opened: TestDatabase;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    it('keeps the rules of each organization in their order', async () => {
      const { storage } = opened;
      const save = (licenseId: number, ids: string[]) =>
        storage.write((stores) => stores.autoAccess(licenseId).saveRules(ids.map(rule)));
      await save(1001, ['a', 'b', 'c']);
      await save(1002, ['a']);
      await save(1001, ['c', 'a', 'd']);
      assert.deepEqual(await storage.read.autoAccess(1001).rules(), ['c', 'a', 'd'].map(rule));
      assert.deepEqual(await storage.read.autoAccess(1002).rules(), [rule('a')]);
      await save(1001, []);
      assert.deepEqual(await storage.read.autoAccess(1001).rules(), []);
    });
  });
});
