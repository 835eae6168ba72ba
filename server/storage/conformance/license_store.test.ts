import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { LicenseStore } from '../../domain/license/license_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { NOW } from './samples.ts';

/** What every engine must do for what is known of organizations as customers, and for addresses that refuse mail. */
eachEngine((engine) => {
  describe('the license store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const write = <T>(unit: (store: LicenseStore) => Promise<T>) =>
      storage.write(({ license }) => unit(license));

    it('keeps the first time of each channel', async () => {
      const page = { type: 'direct_link', subtype: '', firstActivityAt: NOW + 5 } as const;
      const app = { type: 'integration', subtype: 'a'.repeat(32), firstActivityAt: NOW } as const;
      for (const channel of [page, app, { ...page, firstActivityAt: NOW + 9 }])
        await write((store) => store.noteChannel(1, channel));
      assert.deepEqual(await storage.read.license.channels(1), [app, page]);
      assert.deepEqual(await storage.read.license.channels(2), []);
    });

    it('keeps details of a company, the last ones, and the first source', async () => {
      const { license } = storage.read;
      assert.deepEqual(await license.companyDetails(1), {});
      await write((store) => store.saveCompanyDetails(1, { city: 'Köln' }, NOW));
      await write((store) => store.saveCompanyDetails(1, { company: 'Acme' }, NOW));
      assert.deepEqual(await license.companyDetails(1), { company: 'Acme' });
      assert.equal(await license.productSource(1), undefined);
      const source = { id: 'sign_up', type: 'accounts', url: '' };
      await write((store) => store.setProductSource(1, source));
      await write((store) => store.setProductSource(1, { ...source, id: 'other' }));
      assert.deepEqual(await license.productSource(1), source);
      assert.deepEqual([await license.companyDetails(2), await license.productSource(2)], [{}, undefined]);
    });

    it('remembers addresses that bounced until they are forgotten', async () => {
      await write((store) => store.noteBounce('ann@acme.test', NOW));
      await write((store) => store.noteBounce('ann@acme.test', NOW + 1));
      assert.equal(await storage.read.license.hasBounced('ann@acme.test'), true);
      assert.equal(await storage.read.license.hasBounced('bob@acme.test'), false);
      assert.equal(await write((store) => store.forgetBounce('ann@acme.test')), true);
      assert.equal(await write((store) => store.forgetBounce('ann@acme.test')), false);
      assert.equal(await storage.read.license.hasBounced('ann@acme.test'), false);
    });
  });
});
