import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Storage } from '../../domain/storage.ts';
import { accessToken, app, client, code, HOUR, key, NOW, refreshToken } from './samples.ts';

const UNBOUNDED = { keep: 1_000, now: NOW };
const winners = (outcomes: boolean[]) => outcomes.filter(Boolean).length;

/** What every engine must do for grants and tokens: single use above all. */
eachEngine((engine) => {
  describe('the grant store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    it('keeps a code as it was issued', async () => {
      const issued = code({ codeChallenge: 'x'.repeat(43), codeChallengeMethod: 'S256' });
      await storage.write(({ grants }) => grants.addCode(issued));
      const read = await storage.read.grants.code(issued.familyKey);
      assert.deepEqual({ ...read, secretHash: Buffer.from(read?.secretHash ?? []) }, issued);
    });

    it('lets a code be used by exactly one of fifty', async () => {
      const issued = code();
      await storage.write(({ grants }) => grants.addCode(issued));
      const used = await Promise.all(
        Array.from({ length: 50 }, () =>
          storage.write(({ grants }) => grants.consumeCode(issued.familyKey, NOW)),
        ),
      );
      assert.equal(winners(used), 1);
    });

    it('never lets an expired or revoked code be used', async () => {
      const [expired, revoked] = [code({ expiresAt: NOW }), code()];
      await storage.write(async ({ grants }) => {
        await grants.addCode(expired);
        await grants.addCode(revoked);
        await grants.revokeFamily(revoked, 'test', NOW);
      });
      assert.equal(await storage.write(({ grants }) => grants.consumeCode(expired.familyKey, NOW)), false);
      assert.equal(await storage.write(({ grants }) => grants.consumeCode(revoked.familyKey, NOW)), false);
    });

    it('finds a family by its code, its links and its holder, and nothing of another', async () => {
      const issued = code();
      const { familyKey, clientId, accountId } = issued;
      const [first, second, third] = [key(), key(), key()];
      const [oldAccess, newAccess] = [key(), key()];
      const at = { familyKey, clientId, accountId };
      await storage.write(async ({ grants }) => {
        await grants.addCode(issued);
        const refresh = refreshToken({ ...at, key: first });
        await grants.addTokens(
          { refresh, access: accessToken({ ...at, key: oldAccess, refreshKey: first }) },
          UNBOUNDED,
        );
        await grants.rotateRefreshToken(first, { refreshKey: second, accessKey: newAccess }, NOW);
        await grants.addTokens(
          {
            refresh: refreshToken({ ...at, key: second }),
            access: accessToken({ ...at, key: newAccess, refreshKey: second }),
            insteadOf: first,
          },
          UNBOUNDED,
        );
        await grants.addTokens({ refresh: refreshToken({ clientId, accountId, key: third }) }, UNBOUNDED);
      });
      const around = { from: first, to: third + 1 };
      const keys = ({ access, refresh }: { access: { key: number }[]; refresh: { key: number }[] }) => [
        access.map((token) => token.key),
        refresh.map((token) => token.key),
      ];
      const { grants } = storage.read;
      const everything = [[oldAccess, newAccess].sort(), [first, second]];
      const byTime = await grants.familyTokens(issued, { around, access: [], refresh: [] });
      assert.deepEqual(keys(byTime), everything);
      assert.ok(byTime.complete);
      const byLink = await grants.familyTokens(issued, { around: undefined, access: [], refresh: [first] });
      assert.deepEqual(keys(byLink), everything);
      const byHolder = await grants.familyTokens(issued, { around: undefined, access: [], refresh: [] });
      assert.deepEqual(keys(byHolder), [everything[0], [second]]);
    });

    it('counts who gave a client access, by scopes and roles', async () => {
      const clientId = key().toString(16).padStart(32, '0');
      const give = async (scopes: string, accountRole: 'owner' | 'member') => {
        const given = {
          key: key(),
          id: randomUUID(),
          licenseId: 1001,
          accountId: randomUUID(),
          clientId,
          scopes,
        };
        const { licenseId, accountId } = given;
        await storage.write(async ({ grants, identity }) => {
          const member = {
            licenseId,
            accountId,
            accountRole,
            chatRole: 'normal',
            suspendedAt: null,
          } as const;
          await identity.addMembership({ ...member, createdAt: NOW });
          await grants.putGrant({ ...given, createdAt: NOW, updatedAt: NOW });
        });
      };
      for (const scopes of ['a', 'a', 'b']) await give(scopes, 'member');
      await give('a', 'owner');
      const holders = await storage.read.grants.holders(clientId);
      assert.deepEqual(
        holders.map(({ scopes, accountRole, people }) => `${scopes} ${accountRole} ${people}`).sort(),
        ['a member 2', 'a owner 1', 'b member 1'],
      );
    });

    it('revokes a refresh token with its successors, or one access token alone', async () => {
      const [first, second, access, other] = [key(), key(), key(), key()];
      const { familyKey, clientId, accountId } = code();
      const at = { familyKey, clientId, accountId };
      const revoked = async () =>
        Promise.all([
          ...[first, second].map((each) => storage.read.grants.refreshToken(each)),
          ...[access, other].map((each) => storage.read.grants.accessToken(each)),
        ]).then((tokens) => tokens.map((token) => token?.revokedReason ?? null));
      await storage.write(async ({ grants }) => {
        await grants.addTokens({ refresh: refreshToken({ ...at, key: first }) }, UNBOUNDED);
        await grants.rotateRefreshToken(first, { refreshKey: second, accessKey: access }, NOW);
        const pair = {
          refresh: refreshToken({ ...at, key: second }),
          access: accessToken({ ...at, key: access, refreshKey: second }),
        };
        await grants.addTokens({ ...pair, insteadOf: first }, UNBOUNDED);
        await grants.addTokens({ access: accessToken({ ...at, key: other }) }, UNBOUNDED);
        await grants.revokeRefreshBranch(at, first, 'by hand', NOW);
      });
      assert.deepEqual(await revoked(), ['by hand', 'by hand', 'by hand', null]);
      const alone = () => storage.write(({ grants }) => grants.revokeAccessToken(other, 'alone', NOW));
      assert.deepEqual([await alone(), await alone()], [true, false]);
      assert.deepEqual(await revoked(), ['by hand', 'by hand', 'by hand', 'alone']);
    });

    it('revokes with a family what is issued from it at the same moment', async () => {
      for (let round = 0; round < 10; round++) {
        const parent = refreshToken();
        await storage.write(({ grants }) => grants.addTokens({ refresh: parent }, UNBOUNDED));
        const { familyKey, clientId, accountId } = parent;
        const ofParent = { familyKey, clientId, accountId };
        const issue = async () => {
          const access = accessToken({ ...ofParent, refreshKey: parent.key });
          const issued = await storage.write(async ({ grants }) => {
            if (!(await grants.extendRefreshToken(parent.key, parent.idleExpiresAt, NOW))) return false;
            await grants.addTokens({ access }, UNBOUNDED);
            return true;
          });
          return issued ? access.key : undefined;
        };
        const issuing = Array.from({ length: 8 }, issue);
        await storage.write(({ grants }) => grants.revokeFamily(parent, 'test', NOW));
        for (const key of await Promise.all(issuing))
          if (key !== undefined)
            assert.equal((await storage.read.grants.accessToken(key))?.revokedReason, 'test');
      }
    });

    it('rotates a refresh token for exactly one of fifty, and remembers its successor', async () => {
      const issued = refreshToken();
      await storage.write(({ grants }) => grants.addTokens({ refresh: issued }, UNBOUNDED));
      const rotated = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage.write(({ grants }) =>
            grants.rotateRefreshToken(issued.key, { refreshKey: 100 + index, accessKey: 200 + index }, NOW),
          ),
        ),
      );
      assert.equal(winners(rotated), 1);
      const after = await storage.read.grants.refreshToken(issued.key);
      assert.equal(after?.rotatedAt, NOW);
      assert.equal(Number(after?.successorAccessKey) - Number(after?.successorKey), 100);
    });

    it('extends a refresh token only while it lives', async () => {
      const [alive, idle, old] = [
        refreshToken(),
        refreshToken({ idleExpiresAt: NOW }),
        refreshToken({ absoluteExpiresAt: NOW }),
      ];
      await storage.write(async ({ grants }) => {
        for (const token of [alive, idle, old]) await grants.addTokens({ refresh: token }, UNBOUNDED);
      });
      const extend = (token: typeof alive) =>
        storage.write(({ grants }) => grants.extendRefreshToken(token.key, NOW + 5 * HOUR, NOW));
      assert.deepEqual([await extend(alive), await extend(idle), await extend(old)], [true, false, false]);
      assert.equal((await storage.read.grants.refreshToken(alive.key))?.idleExpiresAt, NOW + 5 * HOUR);
    });

    it('kills a family whole, and nothing but the family', async () => {
      const issued = code();
      const { familyKey, clientId, accountId } = issued;
      const holder = { clientId, accountId };
      const [access, refresh, other] = [
        accessToken({ familyKey, ...holder }),
        refreshToken({ familyKey, ...holder }),
        accessToken(holder),
      ];
      await storage.write(async ({ grants }) => {
        await grants.addCode(issued);
        await grants.addTokens({ access }, UNBOUNDED);
        await grants.addTokens({ refresh }, UNBOUNDED);
        await grants.addTokens({ access: other }, UNBOUNDED);
        await grants.revokeFamily(issued, 'code_replayed', NOW + 1);
      });
      assert.equal((await storage.read.grants.accessToken(access.key))?.revokedReason, 'code_replayed');
      assert.equal((await storage.read.grants.refreshToken(refresh.key))?.revokedAt, NOW + 1);
      assert.equal((await storage.read.grants.code(familyKey))?.revokedAt, NOW + 1);
      assert.equal((await storage.read.grants.accessToken(other.key))?.revokedAt, null);
    });

    it('keeps the newest 25 live tokens of a client and account', async () => {
      const owner = { accountId: randomUUID(), clientId: randomUUID() };
      const access = Array.from({ length: 28 }, () => accessToken(owner));
      const dead = accessToken({ ...owner, expiresAt: NOW });
      const refresh = Array.from({ length: 26 }, () => refreshToken(owner));
      const evicted = await storage.write(async ({ grants }) => {
        for (const token of [...access, dead]) await grants.addTokens({ access: token }, UNBOUNDED);
        for (const token of refresh.slice(0, -1)) await grants.addTokens({ refresh: token }, UNBOUNDED);
        return grants.addTokens({ refresh: refresh.at(-1) as (typeof refresh)[0] }, { keep: 25, now: NOW });
      });
      assert.deepEqual(
        evicted.access.sort(),
        access.slice(0, 3).map((token) => token.key),
      );
      assert.deepEqual(evicted.refresh, [refresh[0]?.key]);
      assert.equal(
        (await storage.read.grants.accessToken(access[0]?.key ?? 0))?.revokedReason,
        'evicted_by_cap',
      );
      assert.equal((await storage.read.grants.accessToken(access[3]?.key ?? 0))?.revokedAt, null);
    });

    it('counts a refresh token that was exchanged for its successor no more', async () => {
      const first = refreshToken();
      const { familyKey, clientId, accountId } = first;
      const same = { familyKey, clientId, accountId };
      const add = (tokens: Parameters<Storage['read']['grants']['addTokens']>[0]) =>
        storage.write(({ grants }) => grants.addTokens(tokens, { keep: 25, now: NOW }));
      await add({ refresh: first });
      let insteadOf = first.key;
      const gaveWay: number[] = [];
      const issued: number[] = [];
      for (let turn = 0; turn < 30; turn++) {
        const pair = { refresh: refreshToken(same), access: accessToken(same) };
        await storage.write(({ grants }) =>
          grants.rotateRefreshToken(
            insteadOf,
            { refreshKey: pair.refresh.key, accessKey: pair.access.key },
            NOW,
          ),
        );
        const evicted = await add({ ...pair, insteadOf });
        assert.deepEqual(evicted.refresh, []);
        gaveWay.push(...evicted.access);
        issued.push(pair.access.key);
        insteadOf = pair.refresh.key;
      }
      assert.deepEqual(gaveWay, issued.slice(0, 5));
      const revoke = () => storage.write(({ grants }) => grants.revokeFamily(first, 'test', NOW));
      assert.deepEqual([await revoke(), await revoke()], [true, false]);
      assert.equal((await storage.read.grants.refreshToken(insteadOf))?.revokedReason, 'test');
      for (const key of issued) assert.ok((await storage.read.grants.accessToken(key))?.revokedAt);
    });

    it('keeps one grant for an account, a client and an organization', async () => {
      const grant = {
        key: key(),
        id: randomUUID(),
        licenseId: 7,
        accountId: randomUUID(),
        clientId: randomUUID(),
        scopes: 'chats--all:ro',
        createdAt: NOW,
        updatedAt: NOW,
      };
      const first = await storage.write(({ grants }) => grants.putGrant(grant));
      const second = await storage.write(({ grants }) =>
        grants.putGrant({
          ...grant,
          key: key(),
          id: randomUUID(),
          scopes: 'chats--all:rw',
          updatedAt: NOW + 1,
        }),
      );
      assert.equal(second.key, first.key);
      assert.equal(second.scopes, 'chats--all:rw');
      assert.equal(await storage.read.grants.grant(8, grant.accountId, grant.clientId), undefined);
    });

    it('takes every token along when a grant is withdrawn, for its own account alone', async () => {
      const own = app(1001);
      const block = client(own);
      const accountId = randomUUID();
      const access = accessToken({ accountId, clientId: block.clientId });
      const grant = await storage.write(async ({ apps, grants, identity }) => {
        await identity.addOrganization(
          { id: randomUUID(), name: 'Acme', forceStrict: false, createdAt: NOW },
          1001,
        );
        await apps.addApp(own);
        await apps.addClient(block);
        await grants.addTokens({ access }, UNBOUNDED);
        const facts = { licenseId: 1001, accountId, clientId: block.clientId, scopes: 'x' };
        return grants.putGrant({ key: key(), id: randomUUID(), ...facts, createdAt: NOW, updatedAt: NOW });
      });
      const [listed] = await storage.read.grants.grantsOf(accountId);
      assert.equal(listed?.appName, own.name);
      const withdraw = (by: string) =>
        storage.write(({ grants }) => grants.withdrawGrant(by, grant.id, NOW + 2));
      assert.equal(await withdraw(randomUUID()), false);
      assert.equal(await withdraw(accountId), true);
      assert.equal(await withdraw(accountId), false);
      assert.equal((await storage.read.grants.accessToken(access.key))?.revokedReason, 'grant_withdrawn');
    });

    it('kills all of a client', async () => {
      const clientId = randomUUID();
      const [issued, access, refresh] = [
        code({ clientId }),
        accessToken({ clientId }),
        refreshToken({ clientId }),
      ];
      const customer = {
        key: key(),
        secretHash: Buffer.alloc(32),
        licenseId: 1,
        customerId: randomUUID(),
        clientId,
        familyKey: null,
        createdAt: NOW,
        expiresAt: NOW + HOUR,
        revokedAt: null,
      };
      await storage.write(async ({ grants }) => {
        await grants.addCode(issued);
        await grants.addTokens({ access }, UNBOUNDED);
        await grants.addTokens({ refresh }, UNBOUNDED);
        await grants.addCustomerToken(customer);
        await grants.revokeClient(clientId, 'app_deleted', NOW);
      });
      assert.equal(await storage.write(({ grants }) => grants.consumeCode(issued.familyKey, NOW)), false);
      assert.equal((await storage.read.grants.accessToken(access.key))?.revokedReason, 'app_deleted');
      assert.equal((await storage.read.grants.refreshToken(refresh.key))?.revokedAt, NOW);
      assert.equal((await storage.read.grants.customerToken(customer.key))?.revokedAt, NOW);
    });

    it('lets a kept request be taken once', async () => {
      const request = {
        key: key(),
        secretHash: Buffer.alloc(32),
        browserHash: Buffer.alloc(32),
        parameters: '{"state":"ö"}',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
      };
      await storage.write(({ grants }) => grants.addAuthorizationRequest(request));
      assert.equal(
        (await storage.read.grants.authorizationRequest(request.key))?.parameters,
        request.parameters,
      );
      const taken = await Promise.all(
        Array.from({ length: 20 }, () =>
          storage.write(({ grants }) => grants.takeAuthorizationRequest(request.key)),
        ),
      );
      assert.equal(winners(taken), 1);
    });

    it('lists personal access tokens until they are revoked, by their own account alone', async () => {
      const accountId = randomUUID();
      const token = {
        key: key(),
        id: randomUUID(),
        licenseId: 1,
        accountId,
        name: 'ci',
        secretHash: Buffer.alloc(32, 5),
        scopes: 'chats--all:ro',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
        lastUsedAt: null,
        lastUsedFrom: null,
        revokedAt: null,
      };
      await storage.write(async ({ grants }) => {
        await grants.addPersonalAccessToken(token);
        await grants.markPersonalAccessTokenUsed(token.key, '10.0.0.1', NOW + 3);
      });
      const [listed] = await storage.read.grants.personalAccessTokens(accountId);
      assert.deepEqual([listed?.lastUsedAt, listed?.lastUsedFrom], [NOW + 3, '10.0.0.1']);
      const revoke = (by: string) =>
        storage.write(({ grants }) => grants.revokePersonalAccessToken(by, token.id, NOW));
      assert.deepEqual(
        [await revoke(randomUUID()), await revoke(accountId), await revoke(accountId)],
        [false, true, false],
      );
      assert.deepEqual(await storage.read.grants.personalAccessTokens(accountId), []);
    });

    it('purges what has long been dead, in batches, and nothing that lives', async () => {
      const dead = Array.from({ length: 7 }, () => accessToken({ expiresAt: NOW - 100 * HOUR }));
      const alive = accessToken();
      await storage.write(async ({ grants }) => {
        for (const token of [...dead, alive]) await grants.addTokens({ access: token }, UNBOUNDED);
      });
      const before = NOW - 50 * HOUR;
      const walk = { access: 0, refresh: 0 };
      const purge = () => storage.write(({ grants }) => grants.purge(before, before, 5, before, walk));
      assert.equal(await purge(), 5);
      assert.equal(walk.access, dead[4]?.key, 'the next round goes on where this one ended');
      assert.equal(await purge(), 2);
      assert.equal(walk.access, 0, 'and begins anew at the end of the table');
      assert.equal(await purge(), 0);
      assert.ok(await storage.read.grants.accessToken(alive.key));
    });
  });
});
