import type { AutoAccessStore } from '../../domain/access/auto_access_store.ts';
import type { Conditions } from '../../domain/access/conditions.ts';
import type { Session } from '../engine/database.ts';

/** Auto access rules of one organization, on one read or one unit of work. */
export function createAutoAccessStore(session: Session, licenseId: number): AutoAccessStore {
  return {
    async rules() {
      const rows = await session.query((db) =>
        db.selectFrom('auto_accesses').selectAll().where('license_id', '=', licenseId).orderBy('position'),
      );
      return rows.map((row) => ({
        id: row.id,
        description: row.description,
        groupIds: JSON.parse(row.group_ids) as number[],
        conditions: JSON.parse(row.conditions) as Conditions,
      }));
    },
    async saveRules(rules) {
      await session.execute((db) => db.deleteFrom('auto_accesses').where('license_id', '=', licenseId));
      for (const [position, rule] of rules.entries())
        await session.execute((db) =>
          db.insertInto('auto_accesses').values({
            license_id: licenseId,
            position,
            id: rule.id,
            description: rule.description,
            group_ids: JSON.stringify(rule.groupIds),
            conditions: JSON.stringify(rule.conditions),
          }),
        );
    },
  };
}
