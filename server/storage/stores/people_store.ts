import { type SelectQueryBuilder, sql } from 'kysely';
import type { PeopleStore } from '../../domain/people/people_store.ts';
import type { ActingForMember, PeopleFilter } from '../../domain/people/records.ts';
import type { Session } from '../engine/database.ts';
import type { Schema } from '../schema.ts';
import { toAccount, toMembership } from './identity_rows.ts';
import { invitationQueries } from './people_invitations.ts';
import { contains } from './text_search.ts';

type MemberQueries = Omit<PeopleStore, keyof ReturnType<typeof invitationQueries>>;

/** The people of organizations and their invitations, on one read or one unit of work. */
export function createPeopleStore(session: Session): PeopleStore {
  return { ...memberQueries(session), ...invitationQueries(session) };
}

function memberQueries(session: Session): MemberQueries {
  return {
    async lockOrganization(licenseId) {
      await session.query((db) =>
        db
          .selectFrom('organizations')
          .select('license_id')
          .where('license_id', '=', licenseId)
          .modifyEnd(session.dialect.forUpdate),
      );
    },

    async people(licenseId, filter, { after, limit }) {
      const rows = await session.query((db) => {
        const found = db
          .selectFrom('memberships')
          .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
          .selectAll('memberships')
          .select('memberships.created_at as member_since')
          .selectAll('accounts')
          .$call(filtered(licenseId, filter));
        const page =
          after === undefined
            ? found
            : found.where(
                sql<boolean>`(name_key > ${after.nameKey} or (name_key = ${after.nameKey} and account_id > ${after.accountId}))`,
              );
        return page.orderBy('name_key').orderBy('account_id').limit(limit);
      });
      if (rows.length === 0) return [];
      const groups = await session.query((db) =>
        db
          .selectFrom('group_memberships')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where(
            'account_id',
            'in',
            rows.map((row) => row.account_id),
          )
          .orderBy('group_id'),
      );
      return rows.map((row) => ({
        account: toAccount(row),
        membership: toMembership({ ...row, created_at: row.member_since }),
        groupIds: groups
          .filter((group) => group.account_id === row.account_id)
          .map((group) => group.group_id),
        place: { nameKey: row.name_key, accountId: row.account_id },
      }));
    },
    async countPeople(licenseId, filter) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('memberships')
          .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
          .select((eb) => eb.fn.countAll().as('count'))
          .$call(filtered(licenseId, filter)),
      );
      return Number(row?.count ?? 0);
    },
    async actingFor(licenseId, accountIds, now) {
      const found = new Map<string, ActingForMember>();
      if (accountIds.length === 0) return found;
      const of = (accountId: string): ActingForMember => {
        const present = found.get(accountId) ?? { apps: 0, personalAccessTokens: 0 };
        found.set(accountId, present);
        return present;
      };
      const grants = await session.query((db) =>
        db
          .selectFrom('grants')
          .select((eb) => ['account_id', eb.fn.countAll().as('count')])
          .where('license_id', '=', licenseId)
          .where('account_id', 'in', accountIds)
          .groupBy('account_id'),
      );
      for (const { account_id: accountId, count } of grants) of(accountId).apps = Number(count);
      const tokens = await session.query((db) =>
        db
          .selectFrom('personal_access_tokens')
          .select((eb) => ['account_id', eb.fn.countAll().as('count')])
          .where('license_id', '=', licenseId)
          .where('account_id', 'in', accountIds)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', now)
          .groupBy('account_id'),
      );
      for (const { account_id: accountId, count } of tokens)
        of(accountId).personalAccessTokens = Number(count);
      return found;
    },

    async changeRoles(licenseId, accountId, { accountRole, chatRole }, version) {
      const changed = await session.execute((db) =>
        db
          .updateTable('memberships')
          .set({ account_role: accountRole, chat_role: chatRole, version: version + 1 })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('version', '=', version)
          .where(accountRole === 'owner' ? sql<boolean>`1 = 1` : anOwnerStays(licenseId, accountId)),
      );
      return changed === 1;
    },
    async suspendMember(licenseId, accountId, version, now) {
      const changed = await session.execute((db) =>
        db
          .updateTable('memberships')
          .set({ suspended_at: now, version: version + 1 })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('version', '=', version)
          .where('suspended_at', 'is', null)
          .where(anOwnerStays(licenseId, accountId)),
      );
      return changed === 1;
    },
    async unsuspendMember(licenseId, accountId, version) {
      const changed = await session.execute((db) =>
        db
          .updateTable('memberships')
          .set({ suspended_at: null, version: version + 1 })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('version', '=', version)
          .where('suspended_at', 'is not', null),
      );
      return changed === 1;
    },
    async removeMember(licenseId, accountId, version) {
      const removed = await session.execute((db) =>
        db
          .deleteFrom('memberships')
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('version', '=', version)
          .where(anOwnerStays(licenseId, accountId)),
      );
      if (removed !== 1) return false;
      await session.execute((db) =>
        db
          .deleteFrom('group_memberships')
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId),
      );
      return true;
    },
  };
}

/** Of a change that ends somebody's ownership: they are no active owner, or another one is there. */
function anOwnerStays(licenseId: number, accountId: string) {
  return sql<boolean>`(memberships.account_role <> 'owner' or memberships.suspended_at is not null or exists (
    select 1 from memberships as others
    where others.license_id = ${licenseId} and others.account_id <> ${accountId}
      and others.account_role = 'owner' and others.suspended_at is null))`;
}

function filtered(licenseId: number, { search, role, status }: PeopleFilter) {
  return <O>(query: SelectQueryBuilder<Schema, 'memberships' | 'accounts', O>) => {
    let found = query.where('license_id', '=', licenseId).where(contains(['name_key', 'email_key'], search));
    if (role !== undefined) found = found.where('account_role', '=', role);
    if (status !== undefined)
      found = found.where('suspended_at', status === 'active' ? 'is' : 'is not', null);
    return found;
  };
}
