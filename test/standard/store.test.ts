import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { DeviceRequest, PushedRequest } from '../../server/domain/grants/standard_store.ts';
import type { Storage } from '../../server/domain/storage.ts';
import { HOUR, key, NOW } from '../../server/storage/conformance/samples.ts';
import { eachEngine, type TestDatabase } from '../support/databases.ts';

const winners = (outcomes: boolean[]) => outcomes.filter(Boolean).length;

function device(over: Partial<DeviceRequest> = {}): DeviceRequest {
  return {
    key: key(),
    secretHash: randomBytes(32),
    userCodeHash: randomBytes(32),
    clientId: 'c',
    scopes: 'chats--all:ro',
    resources: 'agent',
    createdAt: NOW,
    expiresAt: NOW + HOUR,
    intervalSeconds: 5,
    lastPolledAt: null,
    decision: null,
    grant: null,
    consumedAt: null,
    ...over,
  };
}

/** What every engine must do for the standard dialect: single use above all. */
eachEngine((engine) => {
  describe('the store of the standard dialect', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const race = (
      attempt: (grants: Parameters<Parameters<Storage['write']>[0]>[0]['grants']) => Promise<boolean>,
    ) => Promise.all(Array.from({ length: 50 }, () => storage.write(({ grants }) => attempt(grants))));
    const grant = { licenseId: 1, accountId: 'a', grantKey: 7, scopes: 'chats--all:ro' };

    it('keeps a pushed request as it came, and lets it be taken once', async () => {
      const request: PushedRequest = {
        key: key(),
        secretHash: randomBytes(32),
        clientId: 'c',
        parameters: '{"state":"ö"}',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
      };
      await storage.write(({ grants }) => grants.addPushedRequest(request));
      const read = await storage.read.grants.pushedRequest(request.key);
      assert.deepEqual({ ...read, secretHash: Buffer.from(read?.secretHash ?? []) }, request);
      const late = await storage.write(({ grants }) => grants.takePushedRequest(request.key, NOW + HOUR));
      assert.equal(late, false);
      assert.equal(winners(await race((grants) => grants.takePushedRequest(request.key, NOW))), 1);
      assert.equal(await storage.read.grants.pushedRequest(request.key), undefined);
    });

    it('keeps a device as it came, found by either code, and no two under one user code', async () => {
      const request = device();
      assert.equal(await storage.write(({ grants }) => grants.addDeviceRequest(request)), true);
      const twin = device({ userCodeHash: request.userCodeHash });
      assert.equal(await storage.write(({ grants }) => grants.addDeviceRequest(twin)), false);
      for (const read of [
        await storage.read.grants.deviceRequest(request.key),
        await storage.read.grants.deviceRequestByUserCode(request.userCodeHash),
      ])
        assert.deepEqual(
          {
            ...read,
            secretHash: Buffer.from(read?.secretHash ?? []),
            userCodeHash: Buffer.from(read?.userCodeHash ?? []),
          },
          request,
        );
      assert.equal(await storage.read.grants.deviceRequestByUserCode(randomBytes(32)), undefined);
    });

    it('lets a device be answered by exactly one of fifty, in time', async () => {
      const request = device();
      await storage.write(({ grants }) => grants.addDeviceRequest(request));
      const late = storage.write(({ grants }) => grants.allowDeviceRequest(request.key, grant, NOW + HOUR));
      assert.equal(await late, false);
      let turn = 0;
      const answers = await race((grants) =>
        turn++ % 2
          ? grants.allowDeviceRequest(request.key, grant, NOW)
          : grants.denyDeviceRequest(request.key, NOW),
      );
      assert.equal(winners(answers), 1);
    });

    it('lets an allowed device be used by exactly one of fifty, in time', async () => {
      const [waiting, denied, allowed] = [device(), device(), device()];
      await storage.write(async ({ grants }) => {
        for (const request of [waiting, denied, allowed]) await grants.addDeviceRequest(request);
        await grants.denyDeviceRequest(denied.key, NOW);
        await grants.allowDeviceRequest(allowed.key, grant, NOW);
        await grants.markDevicePolled(waiting.key, 10, NOW + 1);
      });
      for (const { key: id } of [waiting, denied])
        assert.equal(await storage.write(({ grants }) => grants.consumeDeviceRequest(id, NOW)), false);
      const late = storage.write(({ grants }) => grants.consumeDeviceRequest(allowed.key, NOW + HOUR));
      assert.equal(await late, false);
      assert.equal(winners(await race((grants) => grants.consumeDeviceRequest(allowed.key, NOW + 2))), 1);
      const used = await storage.read.grants.deviceRequest(allowed.key);
      assert.deepEqual([used?.decision, used?.grant, used?.consumedAt], ['allowed', grant, NOW + 2]);
      const polled = await storage.read.grants.deviceRequest(waiting.key);
      assert.deepEqual([polled?.intervalSeconds, polled?.lastPolledAt], [10, NOW + 1]);
    });

    it('purges what is long over, and nothing that lives', async () => {
      const [old, alive] = [device({ expiresAt: NOW - 100 * HOUR }), device()];
      const pushed = {
        key: key(),
        secretHash: randomBytes(32),
        clientId: 'c',
        parameters: '{}',
        createdAt: 1,
      };
      await storage.write(async ({ grants }) => {
        await grants.addDeviceRequest(old);
        await grants.addDeviceRequest(alive);
        await grants.addPushedRequest({ ...pushed, expiresAt: NOW - 100 * HOUR });
      });
      const purge = (pushedDeadSince = NOW - 50 * HOUR) =>
        storage.write(({ grants }) => grants.purge(NOW - 50 * HOUR, NOW - 50 * HOUR, 5, pushedDeadSince));
      assert.equal(await purge(), 2);
      await storage.write(({ grants }) => grants.addPushedRequest({ ...pushed, expiresAt: NOW - HOUR }));
      assert.deepEqual([await purge(), await purge(NOW)], [0, 1], 'a pushed request may go earlier');
      assert.equal(await storage.read.grants.deviceRequest(old.key), undefined);
      assert.ok(await storage.read.grants.deviceRequest(alive.key));
    });
  });
});
