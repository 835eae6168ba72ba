import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Storage } from '../../domain/storage.ts';
import { app, client, key, NOW } from './samples.ts';

/** What every engine must do for apps and their building blocks. */
eachEngine((engine) => {
  describe('the app store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    let licenseId: number;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
      const added = await storage.write(({ identity }) =>
        identity.addOrganization({ id: randomUUID(), name: 'Acme', forceStrict: true, createdAt: NOW }),
      );
      assert.ok(added !== undefined);
      licenseId = added;
    });
    after(() => opened.close());

    it('lists the newest first, page by page, and finds by part of the name', async () => {
      const own = licenseId + 500;
      const names = ['Alpha', 'beta 100%', 'Gamma_1', 'GammaX1'];
      for (const name of names) await storage.write(({ apps }) => apps.addApp(app(own, { name })));
      const first = await storage.read.apps.apps(own, { search: '', before: undefined, limit: 3 });
      assert.deepEqual(
        first.map((found) => found.app.name),
        ['GammaX1', 'Gamma_1', 'beta 100%'],
      );
      const next = await storage.read.apps.apps(own, { search: '', before: first.at(-1)?.app.key, limit: 3 });
      assert.deepEqual(
        next.map((found) => found.app.name),
        ['Alpha'],
      );
      const search = async (text: string) =>
        (await storage.read.apps.apps(own, { search: text, before: undefined, limit: 9 })).map(
          (found) => found.app.name,
        );
      assert.deepEqual(await search('BETA'), ['beta 100%']);
      assert.deepEqual(await search('100%'), ['beta 100%']);
      assert.deepEqual(await search('a_1'), ['Gamma_1']);
      assert.equal(await storage.read.apps.countApps(own, 'gamma'), 2);
    });

    it('shows an app to its own organization only', async () => {
      const added = app(licenseId);
      await storage.write(({ apps }) => apps.addApp(added));
      assert.deepEqual((await storage.read.apps.app(licenseId, added.id))?.app, added);
      assert.equal(await storage.read.apps.app(licenseId + 1, added.id), undefined);
      const change = { version: 1, name: 'Stolen', shortDescription: '', now: NOW };
      assert.equal(await storage.write(({ apps }) => apps.updateApp(licenseId + 1, added.id, change)), false);
      assert.equal(await storage.write(({ apps }) => apps.deleteApp(licenseId + 1, added.id)), false);
    });

    it('lets one of two editors win', async () => {
      const added = app(licenseId);
      await storage.write(({ apps }) => apps.addApp(added));
      const change = { version: 1, name: 'New', shortDescription: 'x', now: NOW + 1 };
      const won = await Promise.all(
        [1, 2, 3].map(() => storage.write(({ apps }) => apps.updateApp(licenseId, added.id, change))),
      );
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await storage.read.apps.app(licenseId, added.id))?.app.version, 2);
    });

    it('keeps one authorization block an app, with all that it says', async () => {
      const added = app(licenseId);
      const block = client(added);
      await storage.write(({ apps }) => apps.addApp(added));
      assert.equal(await storage.write(({ apps }) => apps.addClient(block)), true);
      assert.equal(await storage.write(({ apps }) => apps.addClient(client(added))), false);
      const known = await storage.read.apps.client(block.clientId);
      assert.deepEqual(known?.client, block);
      assert.deepEqual(known?.app, added);
      assert.equal(known?.organization.forceStrict, true);
      const changed = {
        ...block,
        profile: 'strict' as const,
        redirectUris: ['https://a.example/', 'https://b.example/'],
      };
      await storage.write(({ apps }) => apps.updateClient(changed));
      assert.deepEqual((await storage.read.apps.client(block.clientId))?.client, changed);
    });

    it('lets who deletes a client wait for what is being issued for it', async () => {
      const added = app(licenseId);
      const block = client(added);
      await storage.write(async ({ apps }) => {
        await apps.addApp(added);
        await apps.addClient(block);
      });
      const order: string[] = [];
      let deleted: Promise<void> | undefined;
      await storage.write(async ({ apps }) => {
        assert.equal(await apps.holdClient(block.clientId), true);
        deleted ??= storage.write(async (stores) => {
          await stores.apps.touchApp(licenseId, added.id, undefined, NOW);
          order.push('deleted');
          await stores.apps.deleteApp(licenseId, added.id);
        });
        // The other has every chance to go first.
        for (let turn = 0; turn < 20; turn++) await apps.client(block.clientId);
        order.push('issued');
      });
      await deleted;
      assert.deepEqual(order, ['issued', 'deleted']);
      assert.equal(await storage.write(({ apps }) => apps.holdClient(block.clientId)), false);
    });

    it('tells who issues for a client that is being deleted, without locking anybody out', async () => {
      const added = app(licenseId);
      const block = client(added);
      await storage.write(async ({ apps }) => {
        await apps.addApp(added);
        await apps.addClient(block);
      });
      const tries = { deletes: 0, issues: 0 };
      let held: Promise<boolean> | undefined;
      await storage.write(async ({ apps }) => {
        tries.deletes += 1;
        await apps.touchApp(licenseId, added.id, undefined, NOW);
        held ??= storage.write((stores) => {
          tries.issues += 1;
          return stores.apps.holdClient(block.clientId);
        });
        // Until the other waits for the app.
        for (let turn = 0; turn < 20; turn++) await apps.client(block.clientId);
        await apps.deleteClient(licenseId, added.id);
      });
      assert.equal(await held, false);
      assert.deepEqual(tries, { deletes: 1, issues: 1 });
    });

    it('keeps secrets until they are retired, and retires each once', async () => {
      const clientId = randomUUID();
      const secret = (hint: string) => ({
        key: key(),
        clientId,
        secretHash: Buffer.from([9, 9]),
        hint,
        createdAt: NOW,
        lastUsedAt: null,
        lastUsedFrom: null,
        lastUsedBy: null,
        retiredAt: null,
      });
      const [old, fresh] = [secret('aaaa'), secret('bbbb')];
      await storage.write(async ({ apps }) => {
        await apps.addSecret(old);
        await apps.addSecret(fresh);
        await apps.markSecretUsed(fresh.key, NOW + 6, { ip: '192.0.2.7', userAgent: 'cron' });
        // Who did not say from where does not wipe it out.
        await apps.markSecretUsed(fresh.key, NOW + 7);
      });
      assert.equal(await storage.write(({ apps }) => apps.retireSecret(clientId, old.key, NOW)), true);
      assert.equal(await storage.write(({ apps }) => apps.retireSecret(clientId, old.key, NOW)), false);
      const live = await storage.read.apps.liveSecrets(clientId);
      assert.deepEqual(
        live.map(({ hint, lastUsedAt, lastUsedFrom, lastUsedBy }) => [
          hint,
          lastUsedAt,
          lastUsedFrom,
          lastUsedBy,
        ]),
        [['bbbb', NOW + 7, '192.0.2.7', 'cron']],
      );
    });

    it('keeps an icon byte for byte', async () => {
      const added = app(licenseId);
      const icon = { mediaType: 'image/png', bytes: Buffer.from([0, 255, 128, 10, 13]), digest: 'd1' };
      await storage.write(async ({ apps }) => {
        await apps.addApp(added);
        await apps.setIcon(licenseId, added.id, icon);
        await apps.setIcon(licenseId, added.id, { ...icon, digest: 'd2' });
      });
      const read = await storage.read.apps.icon(added.id);
      assert.deepEqual({ ...read, bytes: Buffer.from(read?.bytes ?? []) }, { ...icon, digest: 'd2' });
      await storage.write(({ apps }) => apps.setIcon(licenseId, added.id, undefined));
      assert.equal(await storage.read.apps.icon(added.id), undefined);
    });

    it('installs an app once, and takes everything along when it is deleted', async () => {
      const added = app(licenseId);
      const block = client(added);
      const installation = { appId: added.id, licenseId, installedBy: randomUUID(), installedAt: NOW };
      await storage.write(async ({ apps }) => {
        await apps.addApp(added);
        await apps.addClient(block);
      });
      assert.equal(await storage.write(({ apps }) => apps.install(installation)), true);
      assert.equal(await storage.write(({ apps }) => apps.install(installation)), false);
      assert.deepEqual((await storage.read.apps.app(licenseId, added.id))?.installation, installation);
      assert.equal(await storage.write(({ apps }) => apps.deleteApp(licenseId, added.id)), true);
      assert.equal(await storage.read.apps.client(block.clientId), undefined);
      assert.equal(await storage.write(({ apps }) => apps.uninstall(licenseId, added.id)), false);
    });
  });
});
