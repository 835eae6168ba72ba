import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { RefusalDetail } from '../../domain/insight/refusal_detail.ts';
import type { RefusalEndpoint, RefusedRequest } from '../../domain/insight/refused_requests.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import type { Session } from '../engine/database.ts';
import type { InsightTables } from '../tables/insight.ts';

type RefusalQueries = Pick<
  InsightStore,
  'addRefusals' | 'trimRefusals' | 'refusals' | 'refusalOf' | 'purgeRefusals'
>;

export function refusalQueries(session: Session): RefusalQueries {
  return {
    async addRefusals(refusals) {
      if (refusals.length === 0) return;
      await session.execute((db) => db.insertInto('refused_requests').values(refusals.map(toRow)));
    },
    async trimRefusals(clientId, keep) {
      await session.execute((db) =>
        db
          .deleteFrom('refused_requests')
          .where('client_id', '=', clientId)
          .where('refusal_key', '<=', (eb) =>
            eb
              .selectFrom('refused_requests')
              .select('refusal_key')
              .where('client_id', '=', clientId)
              .orderBy('refusal_key', 'desc')
              .limit(1)
              .offset(keep),
          ),
      );
    },
    async refusals(licenseId, clientId, { before, limit, endpoint, reason }) {
      const rows = await session.query((db) => {
        let query = db
          .selectFrom('refused_requests')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('client_id', '=', clientId);
        if (before !== undefined) query = query.where('refusal_key', '<', before);
        if (endpoint !== undefined) query = query.where('endpoint', '=', endpoint);
        if (reason !== undefined) query = query.where('reason', '=', reason);
        return query.orderBy('refusal_key', 'desc').limit(limit);
      });
      return rows.map(fromRow);
    },
    async refusalOf(licenseId, requestId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('refused_requests')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('request_id', '=', requestId)
          .orderBy('refusal_key', 'desc')
          .limit(1),
      );
      return row && fromRow(row);
    },
    purgeRefusals: (before, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('refused_requests')
          .where('refusal_key', 'in', (eb) =>
            eb
              .selectFrom('refused_requests')
              .select('refusal_key')
              .where('refusal_key', '<', before)
              .orderBy('refusal_key')
              .limit(limit),
          ),
      ),
  };
}

function toRow(refusal: RefusedRequest): InsightTables['refused_requests'] {
  return {
    refusal_key: refusal.key,
    license_id: refusal.licenseId,
    client_id: refusal.clientId,
    request_id: refusal.requestId,
    endpoint: refusal.endpoint,
    error: refusal.error,
    reason: refusal.reason,
    detail: JSON.stringify(refusal.detail),
    created_at: refusal.createdAt,
  };
}

function fromRow(row: InsightTables['refused_requests']): RefusedRequest {
  return {
    key: row.refusal_key,
    licenseId: row.license_id,
    clientId: row.client_id,
    requestId: row.request_id,
    endpoint: row.endpoint as RefusalEndpoint,
    error: row.error,
    reason: row.reason as RefusalReason,
    detail: JSON.parse(row.detail) as RefusalDetail,
    createdAt: row.created_at,
  };
}
