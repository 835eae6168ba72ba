import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seconds } from '../kernel/clock.ts';
import type { Member } from './identity/records.ts';
import { rememberReads } from './remembered_reads.ts';
import type { Storage, Stores } from './storage.ts';

/** A storage that holds one member's role, and counts how often it is asked. */
function oneMember() {
  const asked = { member: 0, changes: 0 };
  const held = { role: 'owner', gate: Promise.resolve() };
  const identity = {
    async member() {
      asked.member += 1;
      const { role } = held;
      await held.gate;
      return { membership: { accountRole: role } } as Member;
    },
    async addMembership({ accountRole }: { accountRole: string }) {
      held.role = accountRole;
    },
    async addSession() {},
  };
  const people = {
    async changeRoles(_licenseId: number, _accountId: string, { accountRole }: { accountRole: string }) {
      held.role = accountRole;
      return true;
    },
    async renewInvitation() {},
  };
  const stores = { identity, people, accounts: {}, team: {}, apps: {}, bots: {} } as unknown as Stores;
  const clock = { time: 0, now: () => clock.time };
  const storage: Storage = { read: stores, write: (unit) => unit(stores) };
  const changed = (): void => {
    asked.changes += 1;
  };
  const open = (maxAge: number) => rememberReads(storage, { clock, maxAge: () => maxAge, changed }).storage;
  return { asked, held, clock, open };
}

const role = async (storage: Storage) => (await storage.read.identity.member(1, 'a'))?.membership.accountRole;
const change = (storage: Storage, accountRole: string) =>
  storage.write(({ identity }) => identity.addMembership({ accountRole } as never));

describe('A remembered read', () => {
  it('is asked once', async () => {
    const { asked, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    await role(storage);
    assert.equal(await role(storage), 'owner');
    assert.equal(asked.member, 1);
  });

  it('is forgotten by the change, before who made it hears of it', async () => {
    const { asked, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    await role(storage);
    await change(storage, 'member');
    assert.equal(await role(storage), 'member');
    assert.equal(asked.changes, 1);
  });

  it('is forgotten by a change of roles, and outlives what only concerns invitations', async () => {
    const { asked, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    await role(storage);
    await storage.write(({ people }) => people.renewInvitation(1, 2, {} as never));
    assert.equal(await role(storage), 'owner');
    assert.equal(asked.member, 1);
    const roles = { accountRole: 'member', chatRole: 'normal' } as const;
    await storage.write(({ people }) => people.changeRoles(1, 'a', roles, 1));
    assert.equal(await role(storage), 'member');
  });

  it('is forgotten also when the unit of work fails, since nobody knows how far it came', async () => {
    const { asked, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    await role(storage);
    await assert.rejects(
      storage.write(async ({ identity }) => {
        await identity.addMembership({ accountRole: 'member' } as never);
        throw new Error('no');
      }),
    );
    await role(storage);
    assert.equal(asked.member, 2);
  });

  it('outlives what changes nothing of it', async () => {
    const { asked, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    await role(storage);
    await storage.write(({ identity }) => identity.addSession({} as never));
    await role(storage);
    assert.deepEqual(asked, { member: 1, changes: 0 });
  });

  it('is not remembered when it was read before a change and came after it', async () => {
    const { held, open } = oneMember();
    const storage = open(Number.POSITIVE_INFINITY);
    const slow = Promise.withResolvers<void>();
    held.gate = slow.promise;
    const early = role(storage);
    await change(storage, 'member');
    slow.resolve();
    assert.equal(await early, 'owner');
    assert.equal(await role(storage), 'member');
  });

  it('is believed only so long where others write, too', async () => {
    const { asked, clock, open } = oneMember();
    const storage = open(seconds(1));
    await role(storage);
    clock.time += seconds(2);
    await role(storage);
    assert.equal(asked.member, 2);
  });
});
