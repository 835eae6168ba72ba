import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { InitialAccessToken, Registration } from '../../domain/registration/records.ts';
import type { Storage } from '../../domain/storage.ts';
import { app, client, HOUR, key, NOW } from './samples.ts';

/** What every engine must do for apps that register themselves. */
eachEngine((engine) => {
  describe('the registration store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const organization = async (): Promise<{ id: string; licenseId: number }> => {
      const id = randomUUID();
      const licenseId = await storage.write(({ identity }) =>
        identity.addOrganization({ id, name: 'Acme', forceStrict: false, createdAt: NOW }),
      );
      assert.ok(licenseId !== undefined);
      return { id, licenseId };
    };
    const token = (licenseId: number, over: Partial<InitialAccessToken> = {}): InitialAccessToken => ({
      key: key(),
      id: randomUUID(),
      licenseId,
      name: 'Build server',
      secretHash: Buffer.alloc(32, 5),
      createdBy: randomUUID(),
      createdAt: NOW,
      expiresAt: NOW + HOUR,
      lastUsedAt: null,
      uses: 0,
      ...over,
    });
    const registered = async (licenseId: number, over: Partial<Registration> = {}): Promise<Registration> => {
      const made = app(licenseId);
      const registration: Registration = {
        key: key(),
        secretHash: randomBytes(32),
        clientId: randomBytes(16).toString('hex'),
        appId: made.id,
        licenseId,
        authMethod: 'client_secret_post',
        grantTypes: ['authorization_code', 'refresh_token'],
        clientUri: null,
        initialTokenId: null,
        createdAt: NOW,
        verifiedAt: null,
        ...over,
      };
      await storage.write(async (stores) => {
        await stores.apps.addApp(made);
        await stores.apps.addClient(client(made, { clientId: registration.clientId }));
        await stores.registrations.addRegistration(registration);
      });
      return registration;
    };

    it('lets nobody register until something else is chosen', async () => {
      const { id, licenseId } = await organization();
      const { registrations } = storage.read;
      assert.equal(await registrations.registrationMode(licenseId), 'off');
      assert.equal(await storage.write((all) => all.registrations.holdRegistrationMode(licenseId)), 'off');
      for (const mode of ['open', 'with_initial_access_token'] as const) {
        await storage.write((all) => all.registrations.setRegistrationMode(licenseId, mode, NOW));
        assert.equal(await registrations.registrationMode(licenseId), mode);
        assert.equal(await storage.write((all) => all.registrations.holdRegistrationMode(licenseId)), mode);
        assert.deepEqual(await registrations.organizationsWithRegistration(2), [id]);
      }
      await storage.write((all) => all.registrations.setRegistrationMode(licenseId, 'off', NOW));
      assert.deepEqual(await registrations.organizationsWithRegistration(2), []);
    });

    it('keeps and counts an initial access token of its organization', async () => {
      const { licenseId } = await organization();
      const made = token(licenseId);
      await storage.write(({ registrations }) => registrations.addInitialToken(made));
      const count = (now: number) =>
        storage.write(({ registrations }) => registrations.countInitialToken(made.key, now));
      assert.deepEqual(await Promise.all([count(NOW + 1), count(NOW + 1), count(NOW + HOUR)]), [
        true,
        true,
        false,
      ]);
      const read = await storage.read.registrations.initialToken(made.key);
      assert.deepEqual(
        { ...read, secretHash: Buffer.from(read?.secretHash ?? []) },
        { ...made, uses: 2, lastUsedAt: NOW + 1 },
      );
      const revoke = (of: number) =>
        storage.write(({ registrations }) => registrations.revokeInitialToken(of, made.id));
      assert.deepEqual(
        [await revoke(licenseId + 1), await revoke(licenseId), await revoke(licenseId)],
        [false, true, false],
      );
      assert.equal(await count(NOW + 2), false);
      assert.deepEqual(await storage.read.registrations.initialTokens(licenseId), []);
    });

    it('tells apps that registered themselves from others, verified or not', async () => {
      const { licenseId } = await organization();
      const made = await registered(licenseId, { clientUri: 'https://tool.example/' });
      const { registrations, apps } = storage.read;
      const read = await registrations.registration(made.key);
      assert.deepEqual({ ...read, secretHash: Buffer.from(read?.secretHash ?? []) }, made);
      assert.equal(await registrations.countUnverified(licenseId), 1);
      const seen = async () => [
        (await apps.client(made.clientId))?.registration,
        (await apps.app(licenseId, made.appId))?.registration,
      ];
      assert.deepEqual(await seen(), [{ verified: false }, { verified: false }]);
      const verify = (of: number) =>
        storage.write((all) => all.registrations.verifyRegistration(of, made.clientId, NOW + 1));
      assert.deepEqual(
        [await verify(licenseId + 1), await verify(licenseId), await verify(licenseId)],
        [false, true, false],
      );
      assert.deepEqual(await seen(), [{ verified: true }, { verified: true }]);
      assert.equal(await registrations.countUnverified(licenseId), 0);
      const change = { authMethod: 'none', grantTypes: ['authorization_code'], clientUri: null } as const;
      await storage.write((all) =>
        all.registrations.updateRegistration(made.key, { ...change, grantTypes: [...change.grantTypes] }),
      );
      assert.deepEqual(await seen(), [{ verified: false }, { verified: false }]);
      await storage.write((all) => all.apps.deleteApp(licenseId, made.appId));
      assert.equal(await registrations.registrationOf(made.clientId), undefined);
      const ours = app(licenseId);
      await storage.write((all) => all.apps.addApp(ours));
      assert.equal((await apps.app(licenseId, ours.id))?.registration, undefined);
    });

    it('finds those that nobody came to use', async () => {
      const { licenseId } = await organization();
      const [old, young, verified, used] = [
        await registered(licenseId),
        await registered(licenseId, { createdAt: NOW + 2 }),
        await registered(licenseId, { verifiedAt: NOW }),
        await registered(licenseId),
      ];
      await storage.write(({ grants }) =>
        grants.putGrant({
          key: key(),
          id: randomUUID(),
          licenseId,
          accountId: randomUUID(),
          clientId: used.clientId,
          scopes: 'chats--access:ro',
          createdAt: NOW,
          updatedAt: NOW,
        }),
      );
      const found = await storage.read.registrations.abandonedRegistrations(NOW + 1, 50);
      const ids = found.filter((one) => one.licenseId === licenseId).map(({ clientId }) => clientId);
      assert.deepEqual(ids, [old.clientId]);
      assert.ok(young && verified);
    });
  });
});
