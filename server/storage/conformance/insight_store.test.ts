import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { CompatibilityCount } from '../../domain/insight/insight_store.ts';
import type { RefusedRequest } from '../../domain/insight/refused_requests.ts';
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

    it('keeps of each first step the first time', async () => {
      const licenseId = key();
      const reach = (step: 'code' | 'token', reachedAt: number) =>
        storage.write(({ insight }) => insight.addFirstSteps([{ licenseId, step, reachedAt }]));
      await reach('code', NOW);
      await reach('code', NOW + 1);
      await reach('token', NOW + 2);
      assert.deepEqual([...(await storage.read.insight.firstSteps(licenseId))].sort(), [
        ['code', NOW],
        ['token', NOW + 2],
      ]);
      assert.equal((await storage.read.insight.firstSteps(key())).size, 0);
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

    it('adds the requests of an hour up, tells them by method and by hour, and forgets old hours', async () => {
      const clientId = randomUUID();
      const requests = (hour: number, more: { method?: string; status?: number; bucket?: number } = {}) => ({
        licenseId: 1001,
        clientId,
        hour,
        method: 'agent.list_chats',
        status: 200,
        bucket: 2,
        requests: 3,
        ...more,
      });
      await storage.write(async ({ insight }) => {
        for (const one of [
          requests(10),
          requests(10),
          requests(11),
          requests(11, { status: 403 }),
          requests(9),
        ])
          await insight.countRequests(key(), one);
      });
      const { insight } = storage.read;
      assert.deepEqual(await insight.requestsByMethod(1001, clientId, 10), [
        { method: 'agent.list_chats', status: 200, bucket: 2, requests: 9 },
        { method: 'agent.list_chats', status: 403, bucket: 2, requests: 3 },
      ]);
      assert.deepEqual(await insight.requestsByHour(1001, clientId, 10), [
        { hour: 10, status: 200, requests: 6 },
        { hour: 11, status: 200, requests: 3 },
        { hour: 11, status: 403, requests: 3 },
      ]);
      assert.deepEqual(await insight.requestsByMethod(1002, clientId, 0), [], 'of another organization');
      assert.equal(await storage.write((stores) => stores.insight.purgeRequests(10, 500)), 1);
      assert.equal((await insight.requestsByHour(1001, clientId, 0)).length, 3);
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

    const refusal = (over: Partial<RefusedRequest> = {}): RefusedRequest => ({
      key: key(),
      licenseId: 1001,
      clientId: randomUUID(),
      requestId: randomUUID(),
      endpoint: 'token',
      error: 'invalid_grant',
      reason: 'code_expired',
      detail: { check: 'It lived 300 seconds.', received: '…' },
      createdAt: NOW,
      ...over,
    });
    const write = (...refusals: RefusedRequest[]) =>
      storage.write(({ insight }) => insight.addRefusals(refusals));
    const first = { before: undefined, limit: 10 };

    it('lists refusals by key, the newest first, by endpoint and reason', async () => {
      const clientId = randomUUID();
      const all = [
        refusal({ clientId }),
        refusal({ clientId, endpoint: 'authorize', reason: 'scope_malformed' }),
        refusal({ clientId }),
      ];
      const [oldest, other, newest] = all;
      assert.ok(oldest && other && newest);
      await write(...all, refusal());
      const list = (page: Parameters<typeof storage.read.insight.refusals>[2]) =>
        storage.read.insight.refusals(1001, clientId, page);
      assert.deepEqual(await list(first), [newest, other, oldest]);
      assert.deepEqual(await list({ before: newest.key, limit: 1 }), [other]);
      assert.deepEqual(await list({ ...first, endpoint: 'token' }), [newest, oldest]);
      assert.deepEqual(await list({ ...first, reason: 'scope_malformed' }), [other]);
      assert.deepEqual(await storage.read.insight.refusals(1002, clientId, first), []);
    });

    it('finds a refusal by its request, in its organization alone', async () => {
      const one = refusal();
      await write(one);
      assert.deepEqual(await storage.read.insight.refusalOf(1001, one.requestId), one);
      assert.equal(await storage.read.insight.refusalOf(1002, one.requestId), undefined);
    });

    it('keeps the newest refusals of an app, and deletes old ones in batches', async () => {
      const clientId = randomUUID();
      const all = Array.from({ length: 5 }, () => refusal({ clientId }));
      const others = refusal();
      await write(others, ...all);
      await storage.write(({ insight }) => insight.trimRefusals(clientId, 3));
      assert.deepEqual(await storage.read.insight.refusals(1001, clientId, first), all.slice(2).reverse());
      await storage.write(({ insight }) => insight.trimRefusals(clientId, 3));
      assert.equal((await storage.read.insight.refusals(1001, clientId, first)).length, 3);
      assert.deepEqual(await storage.read.insight.refusals(1001, others.clientId, first), [others]);
      const purge = () =>
        storage.write(({ insight }) => insight.purgeRefusals(Number.MAX_SAFE_INTEGER, 1_000));
      assert.ok((await purge()) >= 4);
      assert.equal(await purge(), 0);
    });

    it('finds entries of the audit log by person, app, action and key, in their organization alone', async () => {
      const [licenseId, accountId, clientId, appId] = [4001, randomUUID(), randomUUID(), randomUUID()];
      const keys = Array.from({ length: 4 }, () => key());
      const [first = 0, second = 0, third = 0, fourth = 0] = keys;
      const entry = { licenseId, accountId, clientId: null, detail: {}, ip: '192.0.2.1', requestId: 'r' };
      await storage.write(async ({ identity }) => {
        await identity.addAuditEntry(first, { ...entry, action: 'session.started' }, NOW);
        const created = { ...entry, action: 'app.created' as const, detail: { app_id: appId } };
        await identity.addAuditEntry(second, created, NOW);
        const given = { ...entry, action: 'grant.given' as const, clientId, accountId: randomUUID() };
        await identity.addAuditEntry(third, given, NOW);
        await identity.addAuditEntry(fourth, { ...entry, action: 'session.started', licenseId: 4002 }, NOW);
      });
      const keysOf = async (filter: object) => {
        const all = { before: undefined, from: undefined, action: undefined, accountId: undefined };
        const question = { ...all, app: undefined, limit: 10, ...filter };
        return (await storage.read.insight.auditEntries(licenseId, question)).map((found) => found.key);
      };
      assert.deepEqual(await keysOf({}), [third, second, first]);
      assert.deepEqual(await keysOf({ before: third, limit: 1 }), [second]);
      assert.deepEqual(await keysOf({ from: second }), [third, second]);
      assert.deepEqual(await keysOf({ action: 'grant.given' }), [third]);
      assert.deepEqual(await keysOf({ accountId }), [second, first]);
      assert.deepEqual(await keysOf({ app: { id: appId, clientId } }), [third, second]);
      assert.deepEqual(await keysOf({ app: { id: appId, clientId: undefined } }), [second]);
      const purge = () => storage.write(({ insight }) => insight.purgeAudit(fourth, 2));
      assert.deepEqual([await purge(), await purge(), await purge()], [2, 1, 0]);
      assert.deepEqual(await keysOf({}), []);
    });
  });
});
