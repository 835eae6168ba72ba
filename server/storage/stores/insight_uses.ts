import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { CompatibilityFeature } from '../../oauth/compatibility.ts';
import type { Session } from '../engine/database.ts';

type CompatibilityQueries = Pick<InsightStore, 'countUse' | 'usesSince' | 'purgeUses'>;

export function compatibilityQueries(session: Session): CompatibilityQueries {
  return {
    async countUse(key, { licenseId, clientId, feature, day, uses, lastUsedAt }) {
      await session.execute((db) =>
        db
          .insertInto('compatibility_uses')
          .values({
            use_key: key,
            license_id: licenseId,
            client_id: clientId,
            feature,
            day,
            uses,
            last_used_at: lastUsedAt,
          })
          .onConflict((conflict) =>
            conflict.columns(['client_id', 'feature', 'day']).doUpdateSet((eb) => ({
              uses: eb('compatibility_uses.uses', '+', eb.ref('excluded.uses')),
              last_used_at: eb.ref('excluded.last_used_at'),
            })),
          ),
      );
    },
    async usesSince(licenseId, day, clientId) {
      const rows = await session.query((db) => {
        const query = db
          .selectFrom('compatibility_uses')
          .select((eb) => [
            'client_id',
            'feature',
            eb.fn.sum<number | string>('uses').as('uses'),
            eb.fn.max('last_used_at').as('last_used_at'),
          ])
          .where('license_id', '=', licenseId)
          .where('day', '>=', day)
          .groupBy(['client_id', 'feature'])
          .orderBy('client_id')
          .orderBy('feature');
        return clientId === undefined ? query : query.where('client_id', '=', clientId);
      });
      return rows.map((row) => ({
        clientId: row.client_id,
        feature: row.feature as CompatibilityFeature,
        // PostgreSQL's sum of a bigint is a numeric, which comes as text.
        uses: Number(row.uses),
        lastUsedAt: Number(row.last_used_at),
      }));
    },
    purgeUses: (before, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('compatibility_uses')
          .where('use_key', 'in', (eb) =>
            eb
              .selectFrom('compatibility_uses')
              .select('use_key')
              .where('day', '<', before)
              .orderBy('day')
              .limit(limit),
          ),
      ),
  };
}
