import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { ReviewState } from '../../domain/apps/review_rules.ts';
import type { Storage } from '../../domain/storage.ts';
import { app, NOW } from './samples.ts';

/** What every engine must do for apps that are offered to other organizations. */
eachEngine((engine) => {
  describe('the publishing store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    const licenseId = 5001;
    const other = 5002;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    async function made(): Promise<string> {
      const one = app(licenseId);
      await storage.write(({ apps }) => apps.addApp(one));
      return one.id;
    }
    const move = (id: string, from: ReviewState, to: ReviewState, by = licenseId) =>
      storage.write(({ publishing }) =>
        publishing.moveReview(by, id, { from, to, note: 'n', changedBy: 'somebody', now: NOW }),
      );

    it('moves a review from the state it is in, once, also when two do it at once', async () => {
      const id = await made();
      assert.equal(await storage.read.publishing.review(licenseId, id), undefined);
      assert.equal(await move(id, 'developing', 'submitted', other), false, 'of another organization');
      assert.equal(await move(id, 'developing', 'submitted'), true);
      assert.equal(await move(id, 'developing', 'submitted'), false, 'it is submitted by now');
      const both = await Promise.all([
        move(id, 'submitted', 'accepted'),
        move(id, 'submitted', 'developing'),
      ]);
      assert.deepEqual(both.filter(Boolean).length, 1);
    });

    it('offers what is published, and tells each organization what it has installed', async () => {
      const id = await made();
      await move(id, 'developing', 'submitted');
      await move(id, 'submitted', 'accepted');
      const page = { search: '', before: undefined, limit: 10 };
      const offered = async (to: number) =>
        (await storage.read.publishing.offered(to, page)).filter(({ app: one }) => one.id === id);
      assert.equal((await offered(other)).length, 0);
      assert.equal(await move(id, 'accepted', 'published'), true);
      assert.equal((await offered(other))[0]?.installation, undefined);
      await storage.write(({ apps }) =>
        apps.install({ appId: id, licenseId: other, installedBy: randomUUID(), installedAt: NOW }),
      );
      assert.equal((await offered(other))[0]?.installation?.installedAt, NOW);
      assert.equal((await offered(licenseId))[0]?.installation, undefined);
      assert.equal(await storage.read.publishing.countInstallations(id), 1);
      assert.equal(await move(id, 'published', 'accepted'), true);
      assert.equal(await storage.read.publishing.offeredApp(licenseId, id), undefined);
      assert.equal((await storage.read.publishing.offeredApp(other, id))?.app.visibility, 'private');
      assert.equal((await storage.read.publishing.installed(other))[0]?.app.id, id);
      await storage.write(({ apps }) => apps.deleteApp(licenseId, id));
      assert.equal(await storage.read.publishing.review(licenseId, id), undefined);
    });
  });
});
