import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { Session } from '../engine/database.ts';

type UsageQueries = Pick<
  InsightStore,
  'countRequests' | 'requestsByMethod' | 'requestsByHour' | 'purgeRequests'
>;

export function usageQueries(session: Session): UsageQueries {
  return {
    async countRequests(key, { licenseId, clientId, method, status, bucket, hour, requests }) {
      await session.execute((db) =>
        db
          .insertInto('app_requests')
          .values({
            count_key: key,
            license_id: licenseId,
            client_id: clientId,
            hour,
            method,
            status,
            bucket,
            requests,
          })
          .onConflict((conflict) =>
            conflict.columns(['client_id', 'hour', 'method', 'status', 'bucket']).doUpdateSet((eb) => ({
              requests: eb('app_requests.requests', '+', eb.ref('excluded.requests')),
            })),
          ),
      );
    },
    async requestsByMethod(licenseId, clientId, fromHour) {
      const rows = await session.query((db) =>
        db
          .selectFrom('app_requests')
          .select((eb) => [
            'method',
            'status',
            'bucket',
            eb.fn.sum<number | string>('requests').as('requests'),
          ])
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId)
          .where('hour', '>=', fromHour)
          .groupBy(['method', 'status', 'bucket'])
          .orderBy('method')
          .orderBy('status')
          .orderBy('bucket'),
      );
      // PostgreSQL's sum of a bigint is a numeric, which comes as text.
      return rows.map((row) => ({ ...row, requests: Number(row.requests) }));
    },
    async requestsByHour(licenseId, clientId, fromHour) {
      const rows = await session.query((db) =>
        db
          .selectFrom('app_requests')
          .select((eb) => ['hour', 'status', eb.fn.sum<number | string>('requests').as('requests')])
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId)
          .where('hour', '>=', fromHour)
          .groupBy(['hour', 'status'])
          .orderBy('hour')
          .orderBy('status'),
      );
      return rows.map((row) => ({ ...row, requests: Number(row.requests) }));
    },
    purgeRequests: (before, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('app_requests')
          .where('count_key', 'in', (eb) =>
            eb
              .selectFrom('app_requests')
              .select('count_key')
              .where('hour', '<', before)
              .orderBy('hour')
              .limit(limit),
          ),
      ),
  };
}
