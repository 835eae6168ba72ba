import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { StoredFile } from '../../domain/files/records.ts';
import type { Storage } from '../../domain/storage.ts';
import { HOUR, key, NOW } from './samples.ts';

let license = 5_000;

function file(licenseId: number, over: Partial<StoredFile> = {}): StoredFile {
  return {
    licenseId,
    key: key(),
    secret: 'S'.repeat(24),
    name: 'résumé.png',
    contentType: 'image/png',
    size: 100,
    image: { width: 3, height: 4 },
    uploadedBy: 'ann@acme.test',
    createdAt: NOW,
    state: 'arriving',
    usedAt: null,
    ...over,
  };
}

/** What every engine must do for uploaded files. */
eachEngine((engine) => {
  describe('the store of files', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const reserve = (one: StoredFile, quota = 1_000) =>
      storage.write(({ files }) => files.reserve(one, quota));
    const store = (one: StoredFile) => storage.write(({ files }) => files.markStored(one));
    const claim = (one: StoredFile, since = NOW - HOUR, licenseId = one.licenseId) =>
      storage.write(({ chats }) => chats(licenseId).claimFile(one.key, NOW, since));

    it('gives back what it was given, of the organization that is named', async () => {
      const one = file(++license);
      assert.equal(await reserve(one), true);
      assert.deepEqual(await storage.read.files.file(one), one);
      assert.equal(await storage.read.files.file({ ...one, licenseId: ++license }), undefined);
      const plain = file(one.licenseId, { image: null });
      await reserve(plain);
      assert.deepEqual(await storage.read.files.file(plain), plain);
    });

    it('of fifty at once takes as many as there is room for', async () => {
      const licenseId = ++license;
      const taken = await Promise.all(Array.from({ length: 50 }, () => reserve(file(licenseId))));
      assert.equal(taken.filter(Boolean).length, 10);
      assert.equal(await storage.read.files.usage(licenseId), 1_000);
    });

    it('claims what is stored, fresh or claimed before, and its own', async () => {
      const one = file(++license);
      await reserve(one);
      assert.equal(await claim(one), false, 'it has not arrived');
      await store(one);
      assert.equal(await claim(one, NOW), false, 'it is too old');
      assert.equal(await claim(one, NOW - HOUR, ++license), false, 'it is another organization’s');
      assert.equal(await claim(one), true);
      assert.equal(await claim(one, NOW), true, 'claimed files do not grow old');
      assert.equal((await storage.read.files.file(one))?.usedAt, NOW);
    });

    it('takes away what nobody claimed, and gives its room back once', async () => {
      const licenseId = ++license;
      const [old, used, fresh] = [
        file(licenseId),
        file(licenseId),
        file(licenseId, { createdAt: NOW + HOUR }),
      ];
      for (const one of [old, used, fresh]) {
        await reserve(one);
        await store(one);
      }
      await claim(used);
      const doomed = () =>
        storage.write(async ({ files }) =>
          (await files.doom(NOW, 1_000)).filter((one) => one.licenseId === licenseId),
        );
      assert.deepEqual(await doomed(), [{ ...old, state: 'doomed' }]);
      assert.equal((await doomed()).length, 1, 'a removal that was not finished is begun again');
      assert.equal(await claim(old), false);
      for (const one of [old, old, used]) await storage.write(({ files }) => files.remove(one));
      assert.equal(await storage.read.files.usage(licenseId), 200);
      assert.equal(await storage.read.files.file(old), undefined);
      assert.ok(await storage.read.files.file(used));
    });
  });
});
