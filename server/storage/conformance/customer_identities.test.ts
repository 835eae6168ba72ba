import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { CustomerBrowser, IdentityTransfer } from '../../domain/grants/customer_records.ts';
import type { Storage } from '../../domain/storage.ts';
import { app, client, HOUR, key, NOW } from './samples.ts';

const winners = (outcomes: boolean[]) => outcomes.filter(Boolean).length;

function browser(over: Partial<CustomerBrowser> = {}): CustomerBrowser {
  return {
    key: key(),
    id: randomUUID(),
    secretHash: Buffer.alloc(32, 1),
    previousSecretHash: null,
    rotatedAt: NOW,
    confirmedAt: null,
    createdAt: NOW,
    expiresAt: NOW + HOUR,
    ...over,
  };
}

function transfer(over: Partial<IdentityTransfer> = {}): IdentityTransfer {
  return {
    key: key(),
    secretHash: Buffer.alloc(32, 2),
    licenseId: 1001,
    customerId: randomUUID(),
    clientId: randomUUID().replaceAll('-', ''),
    codeChallenge: null,
    codeChallengeMethod: null,
    createdAt: NOW,
    expiresAt: NOW + HOUR,
    consumedAt: null,
    ...over,
  };
}

/** What every engine must do for customers' browsers, groups and transfers. */
eachEngine((engine) => {
  describe("the customers' part of the grant store", () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    async function added(over: Partial<CustomerBrowser> = {}): Promise<CustomerBrowser> {
      const record = browser(over);
      await storage.write(({ grants }) => grants.addCustomerBrowser(record));
      return record;
    }
    const stored = (of: CustomerBrowser) => storage.read.grants.customerBrowser(of.key);

    it('keeps a browser as it is', async () => {
      const record = await added({ previousSecretHash: Buffer.alloc(32, 9), confirmedAt: NOW - 1 });
      const read = await stored(record);
      assert.deepEqual(
        {
          ...read,
          secretHash: Buffer.from(read?.secretHash ?? []),
          previousSecretHash: Buffer.from(read?.previousSecretHash ?? []),
        },
        record,
      );
      assert.equal(await storage.read.grants.customerBrowser(key()), undefined);
    });

    it('replaces a secret for exactly one of fifty, and keeps the one before', async () => {
      const record = await added({ confirmedAt: NOW });
      const change = {
        presented: record.secretHash,
        successor: Buffer.alloc(32, 5),
        expiresAt: NOW + 9 * HOUR,
        now: NOW + 1,
      };
      const rotated = await Promise.all(
        Array.from({ length: 50 }, () =>
          storage.write(({ grants }) => grants.rotateCustomerBrowser(record.key, change)),
        ),
      );
      assert.equal(winners(rotated), 1);
      const read = await stored(record);
      assert.deepEqual(Buffer.from(read?.secretHash ?? []), change.successor);
      assert.deepEqual(Buffer.from(read?.previousSecretHash ?? []), record.secretHash);
      assert.deepEqual(
        [read?.rotatedAt, read?.confirmedAt, read?.expiresAt],
        [NOW + 1, null, NOW + 9 * HOUR],
      );
    });

    it('remembers when a secret first came back, and moves the end with each use', async () => {
      const record = await added();
      const use = async (confirmed: boolean, now: number) => {
        const moved = { confirmed, expiresAt: now + HOUR, now };
        await storage.write(({ grants }) => grants.touchCustomerBrowser(record.key, moved));
        const read = await stored(record);
        return [read?.confirmedAt, read?.expiresAt];
      };
      assert.deepEqual(await use(false, NOW + 1), [null, NOW + 1 + HOUR]);
      assert.deepEqual(await use(true, NOW + 2), [NOW + 2, NOW + 2 + HOUR]);
      assert.deepEqual(await use(true, NOW + 3), [NOW + 2, NOW + 3 + HOUR]);
    });

    it('neither rotates nor revives a browser that has ended', async () => {
      const record = await added();
      const change = {
        presented: record.secretHash,
        successor: Buffer.alloc(32, 5),
        expiresAt: NOW + HOUR,
        now: NOW + 5,
      };
      const rotated = await storage.write(async ({ grants }) => {
        await grants.endCustomerBrowser(record.key, NOW + 5);
        await grants.touchCustomerBrowser(record.key, {
          confirmed: true,
          expiresAt: NOW + HOUR,
          now: NOW + 5,
        });
        return grants.rotateCustomerBrowser(record.key, change);
      });
      assert.equal(rotated, false);
      assert.equal((await stored(record))?.expiresAt, NOW + 5);
    });

    it('lets fifty agree on who a browser is in an organization', async () => {
      const { key: browserKey } = await added();
      const ask = (licenseId: number) =>
        storage.write(({ grants }) => grants.customerOfBrowser(browserKey, licenseId, randomUUID()));
      const here = await Promise.all(Array.from({ length: 50 }, () => ask(1)));
      assert.equal(new Set(here).size, 1);
      const there = await ask(2);
      assert.notEqual(there, here[0]);
      assert.deepEqual([await ask(1), await ask(2)], [here[0], there]);
    });

    it('lets fifty agree on who a customer is in a group, and knows who stands behind', async () => {
      const person = randomUUID();
      const ask = (licenseId: number, groupId: number) =>
        storage.write(({ grants }) => grants.customerInGroup(licenseId, person, groupId, randomUUID()));
      const general = await Promise.all(Array.from({ length: 50 }, () => ask(1, 0)));
      assert.equal(new Set(general).size, 1);
      const others = [await ask(1, 1), await ask(2, 0)];
      assert.equal(new Set([...general, ...others]).size, 3);
      const behind = (licenseId: number) =>
        storage.read.grants.customerBehindGroup(licenseId, general[0] ?? '');
      assert.deepEqual([await behind(1), await behind(2)], [person, undefined]);
    });

    it('keeps a transfer as it is, and uses it up for exactly one of fifty', async () => {
      const record = transfer({ codeChallenge: 'x'.repeat(43), codeChallengeMethod: 'S256' });
      await storage.write(({ grants }) => grants.addIdentityTransfer(record));
      const read = await storage.read.grants.identityTransfer(record.key);
      assert.deepEqual({ ...read, secretHash: Buffer.from(read?.secretHash ?? []) }, record);
      const used = await Promise.all(
        Array.from({ length: 50 }, () =>
          storage.write(({ grants }) => grants.consumeIdentityTransfer(record.key, NOW)),
        ),
      );
      assert.equal(winners(used), 1);
      assert.equal((await storage.read.grants.identityTransfer(record.key))?.consumedAt, NOW);
    });

    it('never uses up a transfer that expired, or whose app is gone', async () => {
      const [expired, orphan] = [transfer({ expiresAt: NOW }), transfer()];
      const used = await storage.write(async ({ grants }) => {
        await grants.addIdentityTransfer(expired);
        await grants.addIdentityTransfer(orphan);
        await grants.revokeClient(orphan.clientId, 'app_deleted', NOW);
        return [
          await grants.consumeIdentityTransfer(expired.key, NOW),
          await grants.consumeIdentityTransfer(orphan.key, NOW),
        ];
      });
      assert.deepEqual(used, [false, false]);
    });

    it('kills the tokens of one browser, and no others', async () => {
      const token = (familyKey: number | null) => ({
        key: key(),
        secretHash: Buffer.alloc(32),
        licenseId: 1,
        customerId: randomUUID(),
        clientId: 'x',
        familyKey,
        createdAt: NOW,
        expiresAt: NOW + HOUR,
        revokedAt: null,
      });
      const familyKey = key();
      const [one, two, other, agents] = [token(familyKey), token(familyKey), token(key()), token(null)];
      await storage.write(async ({ grants }) => {
        for (const each of [one, two, other, agents]) await grants.addCustomerToken(each);
        await grants.revokeCustomerFamily(familyKey, NOW + 1);
      });
      const read = await Promise.all(
        [one, two, other, agents].map((each) => storage.read.grants.customerToken(each.key)),
      );
      assert.deepEqual(
        read.map((each) => each?.revokedAt),
        [NOW + 1, NOW + 1, null, null],
      );
      assert.deepEqual(
        read.map((each) => each?.familyKey),
        [familyKey, familyKey, other.familyKey, null],
      );
    });

    it('tells where an app is installed, and what redirect URIs there are', async () => {
      const record = app(4001);
      const block = client(record, { redirectUris: ['https://one.example/', 'https://two.example/'] });
      await storage.write(async ({ apps }) => {
        await apps.addApp(record);
        await apps.addClient(block);
        await apps.install({
          appId: record.id,
          licenseId: 4002,
          installedBy: randomUUID(),
          installedAt: NOW,
        });
      });
      const { grants } = storage.read;
      assert.deepEqual(
        [await grants.isInstalled(record.id, 4002), await grants.isInstalled(record.id, 4001)],
        [true, false],
      );
      const uris = await grants.registeredRedirectUris();
      assert.ok(block.redirectUris.every((uri) => uris.includes(uri)));
    });

    it('purges what has long been dead, with who it was, in batches', async () => {
      const dead = await Promise.all(Array.from({ length: 7 }, () => added({ expiresAt: NOW - 100 * HOUR })));
      const alive = await added();
      await storage.write(async ({ grants }) => {
        for (const each of [...dead, alive]) await grants.customerOfBrowser(each.key, 77, randomUUID());
        await grants.addIdentityTransfer(transfer({ expiresAt: NOW - 100 * HOUR }));
      });
      const purge = () => storage.write(({ grants }) => grants.purge(NOW - 50 * HOUR, NOW - 50 * HOUR, 5));
      assert.deepEqual([await purge(), await purge(), await purge()], [6, 2, 0]);
      assert.ok(await stored(alive));
      const left = await opened.database.read.query((db) =>
        db.selectFrom('browser_customers').select('browser_key').where('license_id', '=', 77),
      );
      assert.deepEqual(
        left.map((row) => row.browser_key),
        [alive.key],
      );
    });
  });
});
