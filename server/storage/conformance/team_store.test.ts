import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Storage } from '../../domain/storage.ts';
import { UNSET } from '../../domain/team/records.ts';
import { account, NOW } from './samples.ts';

/** What every engine must do for agents' settings and for groups. */
eachEngine((engine) => {
  describe('the team store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const organization = async (): Promise<number> => {
      const added = await storage.write(({ identity }) =>
        identity.addOrganization({ id: randomUUID(), name: 'Acme', forceStrict: false, createdAt: NOW }),
      );
      assert.ok(added !== undefined);
      return added;
    };
    const join = async (licenseId: number): Promise<string> => {
      const person = account();
      await storage.write(async ({ identity }) => {
        await identity.addAccount(person);
        await identity.addMembership({
          licenseId,
          accountId: person.id,
          accountRole: 'member',
          chatRole: 'normal',
          suspendedAt: null,
          createdAt: NOW,
        });
      });
      return person.id;
    };
    const groups = async (licenseId: number) => storage.read.team.groups(licenseId);

    it('keeps what is set of an agent, whole, in one organization alone', async () => {
      const [acme, other] = [await organization(), await organization()];
      const id = await join(acme);
      const settings = {
        ...UNSET,
        loginStatus: 'accepting chats',
        jobTitle: 'Bäcker 🥐',
        notifications: ['ticket', 'new_visitor'],
        emailSubscriptions: ['weekly_summary'],
        workScheduler: {
          timezone: 'Europe/Warsaw',
          schedule: [{ day: 'monday', enabled: true, start: '08:00', end: '24:00' }],
        },
        awaitingApproval: true,
        askedUnsuspensionAt: NOW,
      } as const;
      assert.equal(await storage.read.team.settingsOf(acme, id), undefined);
      await storage.write(({ team }) => team.saveSettings(acme, id, UNSET));
      await storage.write(({ team }) => team.saveSettings(acme, id, settings));
      assert.deepEqual(await storage.read.team.settingsOf(acme, id), settings);
      assert.deepEqual([...(await storage.read.team.settings(acme)).keys()], [id]);
      assert.equal(await storage.read.team.settingsOf(other, id), undefined);
      await storage.write(({ team }) => team.removeSettings(other, id));
      assert.ok(await storage.read.team.settingsOf(acme, id));
      await storage.write(({ team }) => team.removeSettings(acme, id));
      assert.equal(await storage.read.team.settingsOf(acme, id), undefined);
    });

    it('counts a change of a member for exactly one of those who saw the same version', async () => {
      const licenseId = await organization();
      const id = await join(licenseId);
      const attempts = await Promise.all(
        [1, 2, 3].map(() => storage.write(({ team }) => team.countChange(licenseId, id, 1))),
      );
      assert.equal(attempts.filter(Boolean).length, 1);
      assert.equal((await storage.read.identity.member(licenseId, id))?.membership.version, 2);
    });

    it('gives no id of a group twice, and none of another organization', async () => {
      const [acme, other] = [await organization(), await organization()];
      const add = (licenseId: number, name: string) =>
        storage.write(({ team }) => team.addGroup(licenseId, { name, languageCode: 'en' }, NOW));
      assert.deepEqual([await add(acme, 'One'), await add(acme, 'Two')], [1, 2]);
      await storage.write(({ team }) => team.removeGroup(acme, 2));
      assert.equal(await add(acme, 'Three'), 3);
      assert.equal(await add(other, 'One'), 1);
      await storage.write(({ team }) => team.removeGroup(acme, 1));
      assert.equal((await groups(other)).length, 1);
    });

    it('counts every change of a group, of its agents too', async () => {
      const licenseId = await organization();
      const id = await join(licenseId);
      const group = await storage.write(({ team }) =>
        team.addGroup(licenseId, { name: 'Sales', languageCode: 'en' }, NOW),
      );
      const version = async () => (await groups(licenseId)).find((one) => one.id === group)?.version;
      assert.equal(await version(), 1);
      await storage.write(({ team }) =>
        team.changeGroup(licenseId, { id: group, name: 'Shoes', languageCode: 'pl' }),
      );
      await storage.write(({ team }) => team.setGroupPriority(licenseId, group, id, 'first'));
      await storage.write(({ team }) => team.setGroupPriority(licenseId, group, id, 'last'));
      assert.deepEqual([...(await storage.read.team.groupPriorities(licenseId, group))], [[id, 'last']]);
      assert.equal(await version(), 4);
      await storage.write(({ team }) => team.leaveGroup(licenseId, group, id));
      assert.equal(await version(), 5);
      assert.equal((await storage.read.team.groupPriorities(licenseId, group)).size, 0);
      assert.deepEqual((await groups(licenseId))[0], {
        id: group,
        name: 'Shoes',
        languageCode: 'pl',
        version: 5,
      });
    });
  });
});
