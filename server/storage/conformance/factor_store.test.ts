import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { FactorStore, Passkey } from '../../domain/identity/factor_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { HOUR, key, NOW, session } from './samples.ts';

/** What every engine must do for second factors and passkeys. */
eachEngine((engine) => {
  describe('the factor store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const write = <T>(unit: (factors: FactorStore) => Promise<T>) =>
      storage.write(({ factors }) => unit(factors));
    /** How many of fifty at once are told that it was them. */
    const winners = async (unit: (factors: FactorStore) => Promise<boolean>) =>
      (await Promise.all(Array.from({ length: 50 }, () => write(unit)))).filter(Boolean).length;

    async function withTotp(): Promise<string> {
      const accountId = randomUUID();
      const totp = { accountId, sealedSecret: 'sealed', lastUsedStep: 100, createdAt: NOW };
      assert.equal(await write((factors) => factors.addTotp(totp)), true);
      assert.deepEqual(await storage.read.factors.totp(accountId), totp);
      assert.equal(await write((factors) => factors.addTotp({ ...totp, sealedSecret: 'other' })), false);
      return accountId;
    }

    it('lets the code of a step be used by exactly one of fifty, and no earlier step after it', async () => {
      const accountId = await withTotp();
      assert.equal(await winners((factors) => factors.useTotpStep(accountId, 100)), 0);
      assert.equal(await winners((factors) => factors.useTotpStep(accountId, 102)), 1);
      assert.equal(await write((factors) => factors.useTotpStep(accountId, 101)), false);
      assert.equal(await write((factors) => factors.useTotpStep(accountId, 103)), true);
      assert.equal(await write((factors) => factors.removeTotp(accountId)), true);
      assert.equal(await write((factors) => factors.useTotpStep(accountId, 104)), false);
      assert.equal(await write((factors) => factors.removeTotp(accountId)), false);
    });

    it('lets a recovery code be used by exactly one of fifty, and none after new ones came', async () => {
      const accountId = randomUUID();
      const set = (byte: number) =>
        Array.from({ length: 3 }, (_, slot) => ({ slot, hash: Buffer.alloc(32, byte + slot) }));
      const [first, second] = set(1);
      assert.ok(first && second);
      await write((factors) => factors.replaceRecoveryCodes(accountId, set(1)));
      assert.equal(await winners((factors) => factors.useRecoveryCode(accountId, first, NOW)), 1);
      assert.equal(
        await write((factors) => factors.useRecoveryCode(randomUUID(), second, NOW)),
        false,
        'another account',
      );
      assert.deepEqual(
        (await storage.read.factors.recoveryCodes(accountId)).map(({ slot }) => slot),
        [1, 2],
      );
      await Promise.all(
        [50, 100].map((byte) => write((factors) => factors.replaceRecoveryCodes(accountId, set(byte)))),
      );
      assert.equal(await write((factors) => factors.useRecoveryCode(accountId, second, NOW)), false);
      const left = await storage.read.factors.recoveryCodes(accountId);
      assert.equal(left.length, 3);
      const firstBytes = left.map(({ slot, hash }) => (hash[0] ?? 0) - slot);
      assert.equal(new Set(firstBytes).size, 1, 'all of one set');
      await write((factors) => factors.removeRecoveryCodes(accountId));
      assert.deepEqual(await storage.read.factors.recoveryCodes(accountId), []);
    });

    const passkey = (over: Partial<Passkey> = {}): Passkey => ({
      key: key(),
      credentialId: randomUUID(),
      accountId: randomUUID(),
      publicKey: Buffer.from([0, 1, 255]),
      counter: 5,
      transports: ['internal', 'hybrid'],
      synced: true,
      name: 'Ann’s phone',
      createdAt: NOW,
      lastUsedAt: null,
      ...over,
    });

    it('keeps passkeys, each credential once, and shows them to their account alone', async () => {
      const added = passkey();
      assert.equal(await write((factors) => factors.addPasskey(added)), true);
      const again = passkey({ credentialId: added.credentialId });
      assert.equal(await write((factors) => factors.addPasskey(again)), false);
      const read = await storage.read.factors.passkey(added.credentialId);
      assert.deepEqual({ ...read, publicKey: Buffer.from(read?.publicKey ?? []) }, added);
      assert.equal(await write((factors) => factors.renamePasskey(randomUUID(), added.key, 'x')), false);
      assert.equal(await write((factors) => factors.renamePasskey(added.accountId, added.key, 'Key')), true);
      assert.equal((await storage.read.factors.passkeysOf(added.accountId))[0]?.name, 'Key');
      assert.equal(await write((factors) => factors.removePasskey(randomUUID(), added.key)), false);
      assert.equal(await write((factors) => factors.removePasskey(added.accountId, added.key)), true);
      assert.deepEqual(await storage.read.factors.passkeysOf(added.accountId), []);
    });

    it('refuses a signature counter that does not grow, and takes one that stays at nought', async () => {
      const counting = passkey({ counter: 5 });
      const silent = passkey({ counter: 0 });
      await write((factors) => factors.addPasskey(counting));
      await write((factors) => factors.addPasskey(silent));
      const use = (one: Passkey, counter: number) =>
        write((factors) => factors.usePasskey(one.key, counter, NOW + 7));
      assert.equal(await winners((factors) => factors.usePasskey(counting.key, 6, NOW + 7)), 1);
      for (const counter of [6, 5, 0]) assert.equal(await use(counting, counter), false, `${counter}`);
      assert.equal(await use(silent, 0), true);
      assert.equal(await use(silent, 0), true);
      assert.equal((await storage.read.factors.passkey(silent.credentialId))?.lastUsedAt, NOW + 7);
      assert.equal(await use(silent, 1), true);
      assert.equal(await use(silent, 0), false);
    });

    it('lets a challenge and a sign-in attempt be taken by exactly one of fifty, and by none too late', async () => {
      const bytes = { secretHash: Buffer.alloc(32, 1), browserHash: Buffer.alloc(32, 2) };
      const challenge = (expiresAt: number) =>
        ({ ...bytes, key: key(), purpose: 'sign_in', accountId: null, expiresAt }) as const;
      const attempt = (expiresAt: number) => ({
        ...bytes,
        key: key(),
        accountId: randomUUID(),
        passwordMark: Buffer.alloc(32, 3),
        firstFactor: 'fed' as const,
        remember: true,
        expiresAt,
      });
      const [good, late] = [challenge(NOW + HOUR), challenge(NOW)];
      const [pending, over] = [attempt(NOW + HOUR), attempt(NOW)];
      await write(async (factors) => {
        for (const one of [good, late]) await factors.addChallenge(one);
        for (const one of [pending, over]) await factors.addSignInAttempt(one);
      });
      const read = await storage.read.factors.challenge(good.key);
      assert.equal(read?.purpose, 'sign_in');
      assert.equal((await storage.read.factors.signInAttempt(pending.key))?.remember, true);
      assert.equal(await winners((factors) => factors.takeChallenge(good.key, NOW)), 1);
      assert.equal(await write((factors) => factors.takeChallenge(late.key, NOW)), false);
      assert.equal(await winners((factors) => factors.takeSignInAttempt(pending.key, NOW)), 1);
      assert.equal(await write((factors) => factors.takeSignInAttempt(over.key, NOW)), false);
      const purged = await storage.write(({ grants }) => grants.purge(NOW + 1, NOW + 1, 100));
      assert.ok(purged >= 2);
      assert.equal(await storage.read.factors.challenge(late.key), undefined);
      assert.equal(await storage.read.factors.signInAttempt(over.key), undefined);
    });

    it('keeps with a session how and when the person proved who they are', async () => {
      const one = session(randomUUID(), { amr: ['pwd'] });
      await storage.write(({ identity }) => identity.addSession(one));
      await storage.write(({ identity }) =>
        identity.confirmSession(one.key, ['hwk', 'user', 'mfa'], NOW + 9),
      );
      const read = await storage.read.identity.session(one.key);
      assert.deepEqual(read?.amr, ['hwk', 'user', 'mfa']);
      assert.equal(read?.authenticatedAt, NOW + 9);
    });
  });
});
