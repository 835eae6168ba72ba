import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Storage } from '../../domain/storage.ts';
import type { Tag, TagStore } from '../../domain/tags/tag_store.ts';
import { NOW } from './samples.ts';

const tag = (name: string, groupIds = [0, 2]): Tag => ({
  name,
  groupIds,
  authorId: 'ann@acme.test',
  createdAt: NOW,
});

/** What every engine must do for tags. */
eachEngine((engine) => {
  describe('the tag store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const write = <T>(unit: (store: TagStore) => Promise<T>) => storage.write(({ tags }) => unit(tags));

    it('keeps the tags of each organization, by folded name, each once', async () => {
      const { tags } = storage.read;
      assert.equal(await tags.hasTags(1), false);
      assert.equal(await write((store) => store.addTag(1, 'zebra', tag('Zebra'))), true);
      assert.equal(await write((store) => store.addTag(1, 'äpfel', tag('Äpfel', []))), true);
      assert.equal(await write((store) => store.addTag(2, 'zebra', tag('zebra'))), true);
      const raced = await Promise.all(
        Array.from({ length: 5 }, () => write((store) => store.addTag(1, 'twin', tag('Twin')))),
      );
      assert.equal(raced.filter(Boolean).length, 1);
      assert.deepEqual(await tags.tags(1), [tag('Twin'), tag('Zebra'), tag('Äpfel', [])]);
      assert.deepEqual(await tags.tag(2, 'zebra'), tag('zebra'));
      assert.equal(await tags.tag(2, 'twin'), undefined);
      assert.equal(await tags.hasTags(1), true);
      assert.equal(await tags.hasTags(3), false);
    });

    it('changes and removes one, of the organization that is named', async () => {
      await write((store) => store.addTag(5, 'old', tag('Old')));
      const next = { folded: 'new', name: 'New', groupIds: [7] };
      assert.equal(await write((store) => store.changeTag(6, 'old', next)), false);
      assert.equal(await write((store) => store.changeTag(5, 'old', next)), true);
      assert.deepEqual(await storage.read.tags.tags(5), [tag('New', [7])]);
      assert.equal(await write((store) => store.removeTag(6, 'new')), false);
      assert.equal(await write((store) => store.removeTag(5, 'new')), true);
      assert.equal(await write((store) => store.removeTag(5, 'new')), false);
    });
  });
});
