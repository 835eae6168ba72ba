import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { AccountRole } from '../../domain/identity/records.ts';
import type { Invitation, PeopleFilter } from '../../domain/people/records.ts';
import type { Storage } from '../../domain/storage.ts';
import { account, HOUR, key, NOW } from './samples.ts';

const everybody: PeopleFilter = { search: '', role: undefined, status: undefined };
const member = { accountRole: 'member', chatRole: 'normal' } as const;

/** What every engine must do for the people of an organization. */
eachEngine((engine) => {
  describe('the people store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const organization = async () => {
      const added = await storage.write(({ identity }) =>
        identity.addOrganization({ id: randomUUID(), name: 'Acme', forceStrict: false, createdAt: NOW }),
      );
      assert.ok(added !== undefined);
      return added;
    };
    const join = async (licenseId: number, accountRole: AccountRole, name = 'Ann', suspended = false) => {
      const person = account({ name });
      await storage.write(async ({ identity }) => {
        await identity.addAccount(person);
        await identity.addMembership({
          licenseId,
          accountId: person.id,
          accountRole,
          chatRole: 'normal',
          suspendedAt: suspended ? NOW : null,
          createdAt: NOW,
        });
      });
      return person.id;
    };
    const now = (licenseId: number, id: string) => storage.read.identity.member(licenseId, id);

    it('lists by name, whatever its case, page after page, within one organization', async () => {
      const licenseId = await organization();
      for (const name of ['bob', 'Ann', 'Örn', 'ann', 'Cleo']) await join(licenseId, 'member', name);
      await join(await organization(), 'member', 'Elsewhere');
      const first = await storage.read.people.people(licenseId, everybody, { after: undefined, limit: 3 });
      const second = await storage.read.people.people(licenseId, everybody, {
        after: first[2]?.place,
        limit: 3,
      });
      const names = [...first, ...second].map(({ account: { name } }) => name);
      assert.deepEqual(names.slice(0, 2).sort(), ['Ann', 'ann']);
      assert.deepEqual(names.slice(2), ['bob', 'Cleo', 'Örn']);
      assert.equal(await storage.read.people.countPeople(licenseId, everybody), 5);
      const found = { ...everybody, search: 'öR' };
      assert.equal(await storage.read.people.countPeople(licenseId, found), 1);
      assert.equal(
        await storage.read.people.countPeople(licenseId, { ...everybody, status: 'suspended' }),
        0,
      );
      assert.equal(await storage.read.people.countPeople(licenseId, { ...everybody, role: 'owner' }), 0);
    });

    it('changes a member only in the version that was seen', async () => {
      const licenseId = await organization();
      await join(licenseId, 'owner');
      const id = await join(licenseId, 'member');
      const change = (version: number) =>
        storage.write(({ people }) =>
          people.changeRoles(licenseId, id, { accountRole: 'administrator', chatRole: 'normal' }, version),
        );
      assert.equal(await change(2), false);
      assert.equal(await change(1), true);
      assert.equal(await change(1), false);
      assert.equal((await now(licenseId, id))?.membership.version, 2);
      const suspend = (version: number) =>
        storage.write(({ people }) => people.suspendMember(licenseId, id, version, NOW));
      assert.deepEqual([await suspend(1), await suspend(2), await suspend(3)], [false, true, false]);
      assert.equal(await storage.write(({ people }) => people.unsuspendMember(licenseId, id, 3)), true);
      assert.equal(await storage.write(({ people }) => people.removeMember(licenseId, id, 3)), false);
      assert.equal(await storage.write(({ people }) => people.removeMember(licenseId, id, 4)), true);
      assert.equal(await now(licenseId, id), undefined);
    });

    it('never lets the last active owner go, one way or another', async () => {
      const licenseId = await organization();
      const last = await join(licenseId, 'owner');
      await join(licenseId, 'owner', 'Suspended', true);
      await join(await organization(), 'owner', 'Elsewhere');
      const outcomes = await storage.write(async ({ people }) => [
        await people.changeRoles(licenseId, last, member, 1),
        await people.suspendMember(licenseId, last, 1, NOW),
        await people.removeMember(licenseId, last, 1),
      ]);
      assert.deepEqual(outcomes, [false, false, false]);
      await join(licenseId, 'owner', 'Another');
      assert.equal(await storage.write(({ people }) => people.removeMember(licenseId, last, 1)), true);
    });

    it('keeps one owner when two go at the same moment, each under the lock', async () => {
      for (let round = 0; round < 10; round++) {
        const licenseId = await organization();
        const pair = [await join(licenseId, 'owner'), await join(licenseId, 'owner')];
        const outcomes = await Promise.all(
          pair.map((id) =>
            storage.write(async ({ people }) => {
              await people.lockOrganization(licenseId);
              return people.changeRoles(licenseId, id, member, 1);
            }),
          ),
        );
        assert.deepEqual(outcomes.sort(), [false, true]);
      }
    });

    const invitation = (licenseId: number, over: Partial<Invitation> = {}): Invitation => ({
      key: key(),
      id: randomUUID(),
      licenseId,
      secretHash: Buffer.from([1, 2, 3]),
      email: `${randomUUID()}@Example.test`,
      accountRole: 'member',
      chatRole: 'normal',
      invitedBy: randomUUID(),
      createdAt: NOW,
      sentAt: NOW,
      expiresAt: NOW + HOUR,
      endedAt: null,
      agent: null,
      outcome: null,
      name: null,
      accountId: null,
      awaitingApproval: false,
      ...over,
    });
    const add = (one: Invitation) => storage.write(({ people }) => people.addInvitation(one));

    it('has one open invitation for an e-mail in whatever case, also of many at the same moment', async () => {
      const licenseId = await organization();
      const email = `${randomUUID()}@example.test`;
      const added = await Promise.all(
        Array.from({ length: 10 }, (_, place) =>
          add(invitation(licenseId, { email: place % 2 ? email : email.toUpperCase() })),
        ),
      );
      assert.equal(added.filter(Boolean).length, 1);
      assert.equal(await add(invitation(await organization(), { email })), true);
      const open = await storage.read.people.openInvitationTo(licenseId, email);
      assert.ok(open);
      const end = () =>
        storage.write(({ people }) => people.endInvitation(licenseId, open.key, 'replaced', NOW));
      assert.deepEqual([await end(), await end()], [true, false]);
      assert.equal(await add(invitation(licenseId, { email })), true);
    });

    it('lets exactly one of 50 use a link up, and none that expired, ended or was renewed', async () => {
      const licenseId = await organization();
      const one = invitation(licenseId);
      await add(one);
      const answer = (secretHash: Uint8Array, at = NOW) =>
        storage.write(({ people }) => people.answerInvitation(one.key, secretHash, 'accepted', at));
      assert.equal(await answer(one.secretHash, NOW + HOUR), false);
      const secretHash = Buffer.from([9, 9]);
      const renewed = { secretHash, invitedBy: randomUUID(), sentAt: NOW, expiresAt: NOW + 2 * HOUR };
      assert.equal(
        await storage.write(({ people }) => people.renewInvitation(licenseId, one.key, renewed)),
        true,
      );
      assert.equal(await answer(one.secretHash), false);
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => answer(secretHash)));
      assert.equal(outcomes.filter(Boolean).length, 1);
      const found = await storage.read.people.invitationByKey(one.key);
      assert.deepEqual([found?.outcome, found?.endedAt, found?.invitedByName], ['accepted', NOW, null]);
      assert.equal(
        await storage.write(({ people }) => people.renewInvitation(licenseId, one.key, renewed)),
        false,
      );
    });

    it('lists open invitations by page, and takes back those of one sender that give too much', async () => {
      const licenseId = await organization();
      const sender = await join(licenseId, 'owner', 'Olga');
      const plain = invitation(licenseId, { invitedBy: sender });
      const high = invitation(licenseId, { invitedBy: sender, accountRole: 'owner' });
      const chat = invitation(licenseId, { invitedBy: sender, chatRole: 'administrator' });
      const others = invitation(licenseId, { accountRole: 'owner' });
      for (const each of [plain, high, chat, others]) await add(each);
      const page = (before: number | undefined) =>
        storage.read.people.openInvitations(licenseId, { before, limit: 3 });
      assert.deepEqual(
        (await page(undefined)).map(({ id }) => id),
        [others.id, chat.id, high.id],
      );
      const [rest] = await page(high.key);
      assert.ok(rest);
      const secretHash = Buffer.from(rest.secretHash);
      assert.deepEqual({ ...rest, secretHash }, { ...plain, invitedByName: 'Olga' });
      const revoked = await storage.write(({ people }) =>
        people.revokeInvitationsBy(
          licenseId,
          sender,
          { accountRoles: ['owner'], chatRoles: ['administrator'] },
          NOW,
        ),
      );
      assert.equal(revoked, 2);
      assert.equal(await storage.read.people.countOpenInvitations(licenseId), 2);
      assert.equal((await storage.read.people.invitation(licenseId, high.id))?.outcome, 'revoked');
      assert.equal(await storage.read.people.invitation(await organization(), plain.id), undefined);
    });
  });
});
