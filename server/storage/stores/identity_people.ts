import type { IdentityStore } from '../../domain/identity/identity_store.ts';
import type { GroupPriority, Member } from '../../domain/identity/records.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { IdentityTables } from '../tables/identity.ts';
import { emailKey, nameKey, toAccount, toMembership, toOrganization } from './identity_rows.ts';

type PeopleQueries = Pick<
  IdentityStore,
  | 'addAccount'
  | 'account'
  | 'accountByEmail'
  | 'renameAccount'
  | 'setPassword'
  | 'confirmEmail'
  | 'addOrganization'
  | 'organization'
  | 'organizationById'
  | 'addMembership'
  | 'member'
  | 'members'
  | 'organizationsOf'
  | 'addGroup'
  | 'groups'
  | 'addToGroup'
>;

/** Where many sign up at the same moment, the next free id may be another's a moment later. */
const LICENSE_ID_ATTEMPTS = 20;
/** License ids begin here, so that they look like LiveChat's and are never mistaken for a group. */
const FIRST_LICENSE_ID = 1001;

const accountById = statement<{ id: string }, IdentityTables['accounts']>((db, p) =>
  db.selectFrom('accounts').selectAll().where('id', '=', p.id),
);

const memberRow = statement<
  { licenseId: number; accountId: string },
  IdentityTables['memberships'] & IdentityTables['accounts'] & { member_since: number }
>((db, p) =>
  db
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .selectAll('memberships')
    .select('memberships.created_at as member_since')
    .selectAll('accounts')
    .where('memberships.license_id', '=', p.licenseId)
    .where('memberships.account_id', '=', p.accountId),
);

const groupIdsOf = statement<{ licenseId: number; accountId: string }, { group_id: number }>((db, p) =>
  db
    .selectFrom('group_memberships')
    .select('group_id')
    .where('license_id', '=', p.licenseId)
    .where('account_id', '=', p.accountId)
    .orderBy('group_id'),
);

export function peopleQueries(session: Session): PeopleQueries {
  return {
    async addAccount(account) {
      const added = await session.execute((db) =>
        db
          .insertInto('accounts')
          .values({
            id: account.id,
            email: account.email,
            email_key: emailKey(account.email),
            name: account.name,
            name_key: nameKey(account.name),
            password_hash: account.passwordHash,
            email_confirmed_at: account.emailConfirmedAt,
            created_at: account.createdAt,
          })
          .onConflict((conflict) => conflict.column('email_key').doNothing()),
      );
      return added === 1;
    },
    async account(id) {
      const row = await session.first(accountById, { id });
      return row && toAccount(row);
    },
    async accountByEmail(email) {
      const [row] = await session.query((db) =>
        db.selectFrom('accounts').selectAll().where('email_key', '=', emailKey(email)),
      );
      return row && toAccount(row);
    },
    async renameAccount(id, name) {
      await session.execute((db) =>
        db
          .updateTable('accounts')
          .set({ name, name_key: nameKey(name) })
          .where('id', '=', id),
      );
    },
    async setPassword(id, passwordHash) {
      await session.execute((db) =>
        db.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', id),
      );
    },
    async confirmEmail(id, email, now) {
      const changed = await session.execute((db) =>
        db
          .updateTable('accounts')
          .set({ email_confirmed_at: now })
          .where('id', '=', id)
          .where('email_key', '=', emailKey(email)),
      );
      return changed === 1;
    },

    async addOrganization(organization, licenseId) {
      for (let attempt = 1; attempt <= LICENSE_ID_ATTEMPTS; attempt++) {
        const [last] = await session.query((db) =>
          db.selectFrom('organizations').select((eb) => eb.fn.max('license_id').as('license_id')),
        );
        const chosen = licenseId ?? Math.max(FIRST_LICENSE_ID, Number(last?.license_id ?? 0) + 1);
        const changed = await session.execute((db) =>
          db
            .insertInto('organizations')
            .values({
              license_id: chosen,
              id: organization.id,
              name: organization.name,
              force_strict: organization.forceStrict ? 1 : 0,
              created_at: organization.createdAt,
            })
            .onConflict((conflict) => conflict.doNothing()),
        );
        if (changed === 1) return chosen;
        if (licenseId !== undefined) break;
      }
      return undefined;
    },
    async organization(licenseId) {
      const [row] = await session.query((db) =>
        db.selectFrom('organizations').selectAll().where('license_id', '=', licenseId),
      );
      return row && toOrganization(row);
    },
    async organizationById(id) {
      const [row] = await session.query((db) =>
        db.selectFrom('organizations').selectAll().where('id', '=', id),
      );
      return row && toOrganization(row);
    },

    async addMembership(membership) {
      const added = await session.execute((db) =>
        db
          .insertInto('memberships')
          .values({
            license_id: membership.licenseId,
            account_id: membership.accountId,
            account_role: membership.accountRole,
            chat_role: membership.chatRole,
            suspended_at: membership.suspendedAt,
            created_at: membership.createdAt,
            version: 1,
          })
          .onConflict((conflict) => conflict.doNothing()),
      );
      return added === 1;
    },
    async member(licenseId, accountId) {
      const row = await session.first(memberRow, { licenseId, accountId });
      if (!row) return undefined;
      const groups = await session.all(groupIdsOf, { licenseId, accountId });
      return {
        account: toAccount(row),
        membership: toMembership({ ...row, created_at: row.member_since }),
        groupIds: groups.map((group) => group.group_id),
      };
    },
    async members(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('memberships')
          .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
          .selectAll('memberships')
          .select('memberships.created_at as member_since')
          .selectAll('accounts')
          .where('license_id', '=', licenseId)
          .orderBy('memberships.created_at'),
      );
      const groups = await session.query((db) =>
        db
          .selectFrom('group_memberships')
          .selectAll()
          .where('license_id', '=', licenseId)
          .orderBy('group_id'),
      );
      const byAccount = new Map<string, Member>();
      for (const row of rows)
        byAccount.set(row.account_id, {
          account: toAccount(row),
          membership: toMembership({ ...row, created_at: row.member_since }),
          groupIds: [],
        });
      for (const group of groups) {
        const member = byAccount.get(group.account_id);
        member?.groupIds.push(group.group_id);
        if (member && group.priority !== 'normal')
          member.priorities = { ...member.priorities, [group.group_id]: group.priority as GroupPriority };
      }
      return [...byAccount.values()];
    },
    async organizationsOf(accountId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('memberships')
          .innerJoin('organizations', 'organizations.license_id', 'memberships.license_id')
          .selectAll('organizations')
          .select([
            'memberships.account_id',
            'memberships.account_role',
            'memberships.chat_role',
            'memberships.suspended_at',
            'memberships.version',
            'memberships.created_at as member_since',
          ])
          .where('memberships.account_id', '=', accountId)
          .orderBy('memberships.created_at'),
      );
      return rows.map((row) => ({
        organization: toOrganization(row),
        membership: toMembership({ ...row, created_at: row.member_since }),
      }));
    },

    async addGroup(licenseId, group, now) {
      await session.execute((db) =>
        db
          .insertInto('groups')
          .values({ license_id: licenseId, id: group.id, name: group.name, created_at: now })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
    async groups(licenseId) {
      const rows = await session.query((db) =>
        db.selectFrom('groups').select(['id', 'name']).where('license_id', '=', licenseId).orderBy('id'),
      );
      return rows.map(({ id, name }) => ({ id, name }));
    },
    async addToGroup(licenseId, groupId, accountId) {
      await session.execute((db) =>
        db
          .insertInto('group_memberships')
          .values({ license_id: licenseId, group_id: groupId, account_id: accountId, priority: 'normal' })
          .onConflict((conflict) => conflict.doNothing()),
      );
    },
  };
}
