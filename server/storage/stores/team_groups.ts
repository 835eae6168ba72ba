import { sql } from 'kysely';
import type { GroupPriority } from '../../domain/chats/people.ts';
import type { TeamStore } from '../../domain/team/team_store.ts';
import type { Session } from '../engine/database.ts';

type GroupQueries = Pick<
  TeamStore,
  | 'groups'
  | 'addGroup'
  | 'changeGroup'
  | 'removeGroup'
  | 'groupPriorities'
  | 'setGroupPriority'
  | 'leaveGroup'
>;

export function teamGroupQueries(session: Session): GroupQueries {
  const countChange = (licenseId: number, groupId: number) =>
    session.execute((db) =>
      db
        .updateTable('groups')
        .set({ version: sql<number>`version + 1` })
        .where('license_id', '=', licenseId)
        .where('id', '=', groupId),
    );

  return {
    async groups(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('groups')
          .select(['id', 'name', 'language_code', 'version'])
          .where('license_id', '=', licenseId)
          .orderBy('id'),
      );
      return rows.map(({ id, name, language_code: languageCode, version }) => ({
        id,
        name,
        languageCode,
        version,
      }));
    },
    async addGroup(licenseId, { name, languageCode }, now) {
      const [last] = await session.query((db) =>
        db
          .selectFrom('groups')
          .select((eb) => eb.fn.max('id').as('id'))
          .where('license_id', '=', licenseId),
      );
      const [organization] = await session.query((db) =>
        db.selectFrom('organizations').select('last_group_id').where('license_id', '=', licenseId),
      );
      const id = Math.max(Number(last?.id ?? 0), organization?.last_group_id ?? 0) + 1;
      await session.execute((db) =>
        db.updateTable('organizations').set({ last_group_id: id }).where('license_id', '=', licenseId),
      );
      await session.execute((db) =>
        db
          .insertInto('groups')
          .values({ license_id: licenseId, id, name, language_code: languageCode, created_at: now }),
      );
      return id;
    },
    async changeGroup(licenseId, { id, name, languageCode }) {
      await session.execute((db) =>
        db
          .updateTable('groups')
          .set({ name, language_code: languageCode, version: sql<number>`version + 1` })
          .where('license_id', '=', licenseId)
          .where('id', '=', id),
      );
    },
    async removeGroup(licenseId, groupId) {
      await session.execute((db) =>
        db
          .deleteFrom('group_memberships')
          .where('license_id', '=', licenseId)
          .where('group_id', '=', groupId),
      );
      await session.execute((db) =>
        db.deleteFrom('groups').where('license_id', '=', licenseId).where('id', '=', groupId),
      );
    },
    async groupPriorities(licenseId, groupId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('group_memberships')
          .select(['account_id', 'priority'])
          .where('license_id', '=', licenseId)
          .where('group_id', '=', groupId),
      );
      return new Map(rows.map((row) => [row.account_id, row.priority as GroupPriority]));
    },
    async setGroupPriority(licenseId, groupId, accountId, priority) {
      await session.execute((db) =>
        db
          .insertInto('group_memberships')
          .values({ license_id: licenseId, group_id: groupId, account_id: accountId, priority })
          .onConflict((conflict) =>
            conflict.columns(['license_id', 'group_id', 'account_id']).doUpdateSet({ priority }),
          ),
      );
      await countChange(licenseId, groupId);
    },
    async leaveGroup(licenseId, groupId, accountId) {
      await session.execute((db) =>
        db
          .deleteFrom('group_memberships')
          .where('license_id', '=', licenseId)
          .where('group_id', '=', groupId)
          .where('account_id', '=', accountId),
      );
      await countChange(licenseId, groupId);
    },
  };
}
