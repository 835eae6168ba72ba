import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Ban } from '../../domain/customers/ban.ts';
import type { VisitorStore } from '../../domain/customers/visitor_store.ts';
import { HOUR, key, NOW } from './samples.ts';

const ban = (over: Partial<Ban> = {}): Ban => ({
  key: key(),
  customerId: randomUUID(),
  ip: '198.51.100.7',
  agentId: 'ann@example.test',
  threadId: null,
  createdAt: NOW,
  expiresAt: NOW + HOUR,
  ...over,
});

/** What every engine must keep of an organization's visitors. */
eachEngine((engine) => {
  describe('the store of visitors', () => {
    let opened: TestDatabase;
    let licenses = 1000;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    const read = (licenseId: number) => opened.storage.read.visitors(licenseId);
    const write = <T>(licenseId: number, unit: (store: VisitorStore) => Promise<T>) =>
      opened.storage.write((stores) => unit(stores.visitors(licenseId)));

    describe('bans', () => {
      it('come back as they went, the newest first, page by page, while they are in force', async () => {
        const license = ++licenses;
        const bans = [ban(), ban({ ip: null, threadId: 'K600PKZON8' }), ban({ expiresAt: NOW + 1 }), ban()];
        for (const one of bans) await write(license, (store) => store.setBan(one));
        const [first, second, , last] = bans;
        assert.deepEqual(await read(license).bansInForce(NOW + 1, { limit: 10 }), [last, second, first]);
        assert.deepEqual(await read(license).bansInForce(NOW + 1, { limit: 1, before: last?.key }), [second]);
        assert.equal(await read(license).countBansInForce(NOW + 1), 3);
        assert.equal(await read(license).countBansInForce(NOW), 4);
        assert.deepEqual(await read(license).banOf(second?.customerId ?? ''), second);
        assert.equal(await read(license).banOf('no id'), undefined);
      });

      it('are one for each customer: the later takes the earlier one’s place', async () => {
        const license = ++licenses;
        const first = ban();
        const second = { ...first, key: key(), ip: null, expiresAt: NOW + 2 * HOUR, agentId: 'bob' };
        await write(license, (store) => store.setBan(first));
        await write(license, (store) => store.setBan(second));
        assert.deepEqual(await read(license).bansInForce(NOW, { limit: 10 }), [second]);
      });

      it('are lifted by customer or by address, of one organization only', async () => {
        const [license, other] = [++licenses, ++licenses];
        const [tom, ann] = [ban(), ban()];
        for (const one of [tom, ann]) await write(license, (store) => store.setBan(one));
        await write(other, (store) => store.setBan(tom));
        assert.deepEqual(await write(license, (store) => store.liftBans({ customerId: tom.customerId })), [
          tom,
        ]);
        assert.deepEqual(await write(license, (store) => store.liftBans({ ip: '198.51.100.7' })), [ann]);
        assert.deepEqual(await write(license, (store) => store.liftBans({ ip: '198.51.100.7' })), []);
        assert.deepEqual(await read(other).bansInForce(NOW, { limit: 10 }), [tom]);
      });

      it('that were long over are cleared away', async () => {
        const license = ++licenses;
        const [old, young] = [ban({ expiresAt: NOW }), ban()];
        for (const one of [old, young]) await write(license, (store) => store.setBan(one));
        await write(license, (store) => store.clearBans(NOW + 1));
        assert.equal(await read(license).banOf(old.customerId), undefined);
        assert.deepEqual(await read(license).banOf(young.customerId), young);
      });
    });
  });
});
