import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { OpenidLogin, SigningKey } from '../../domain/openid/openid_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { HOUR, key, NOW } from './samples.ts';

const signingKey = (generation: number, keyId: string): SigningKey => ({
  generation,
  keyId,
  publicJwk: '{"kty":"EC"}',
  sealedPrivateJwk: 'sealed',
  publishedAt: NOW,
  signsFrom: NOW + HOUR,
});

const login = (over: Partial<OpenidLogin> = {}): OpenidLogin => ({
  familyKey: key(),
  nonce: 'n é "',
  authTime: NOW,
  amr: ['pwd', 'otp', 'mfa'],
  sessionId: 'sid',
  expiresAt: NOW + HOUR,
  ...over,
});

/** What every engine must do for OpenID Connect. */
eachEngine((engine) => {
  describe('the store of OpenID Connect', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    it('keeps the first key of a generation, and tells one of fifty that it was theirs', async () => {
      const added = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage.write(({ openid }) => openid.addSigningKey(signingKey(1, `kid ${index}`))),
        ),
      );
      assert.equal(added.filter(Boolean).length, 1);
      const winner = added.indexOf(true);
      assert.deepEqual(await storage.read.openid.signingKeys(), [signingKey(1, `kid ${winner}`)]);
    });

    it('lists keys oldest first, and forgets those before a generation', async () => {
      for (const generation of [3, 2])
        assert.ok(await storage.write(({ openid }) => openid.addSigningKey(signingKey(generation, 'k'))));
      const generations = async () =>
        (await storage.read.openid.signingKeys()).map(({ generation }) => generation);
      assert.deepEqual(await generations(), [1, 2, 3]);
      assert.equal(await storage.write(({ openid }) => openid.forgetSigningKeys(3)), 2);
      assert.deepEqual(await generations(), [3]);
    });

    it('keeps a login as it was, and one without nonce and session', async () => {
      for (const kept of [login(), login({ nonce: null, sessionId: null, amr: ['pwd'] })]) {
        await storage.write(({ openid }) => openid.addLogin(kept));
        assert.deepEqual(await storage.read.openid.login(kept.familyKey), kept);
      }
      assert.equal(await storage.read.openid.login(key()), undefined);
    });

    it('purges logins that expired, a few at a time', async () => {
      const old = Array.from({ length: 3 }, () => login({ expiresAt: NOW - HOUR }));
      const young = login({ expiresAt: NOW });
      for (const one of [...old, young]) await storage.write(({ openid }) => openid.addLogin(one));
      const purge = () => storage.write(({ openid }) => openid.purgeLogins(NOW, 2));
      assert.deepEqual([await purge(), await purge(), await purge()], [2, 1, 0]);
      assert.ok(await storage.read.openid.login(young.familyKey));
    });
  });
});
