import type { AuditAction } from '../../domain/identity/audit_actions.ts';
import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { Session } from '../engine/database.ts';

type AuditQueries = Pick<InsightStore, 'auditEntries' | 'purgeAudit'>;

export function auditQueries(session: Session): AuditQueries {
  return {
    async auditEntries(licenseId, { before, from, action, accountId, app, limit }) {
      const rows = await session.query((db) => {
        let query = db.selectFrom('audit_log').selectAll().where('license_id', '=', licenseId);
        if (before !== undefined) query = query.where('entry_key', '<', before);
        if (from !== undefined) query = query.where('entry_key', '>=', from);
        if (action !== undefined) query = query.where('action', '=', action);
        if (accountId !== undefined) query = query.where('account_id', '=', accountId);
        if (app !== undefined)
          query = query.where((eb) =>
            eb.or([
              // What was done before the app had a client, or after it lost it, names the app itself.
              eb('detail', 'like', `%"app_id":"${app.id}"%`),
              ...(app.clientId === undefined ? [] : [eb('client_id', '=', app.clientId)]),
            ]),
          );
        return query.orderBy('entry_key', 'desc').limit(limit);
      });
      return rows.map((row) => ({
        key: row.entry_key,
        licenseId: row.license_id,
        accountId: row.account_id,
        clientId: row.client_id,
        action: row.action as AuditAction,
        detail: JSON.parse(row.detail) as Record<string, unknown>,
        ip: row.ip,
        requestId: row.request_id,
        createdAt: row.created_at,
      }));
    },
    purgeAudit: (before, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('audit_log')
          .where('entry_key', 'in', (eb) =>
            eb
              .selectFrom('audit_log')
              .select('entry_key')
              .where('entry_key', '<', before)
              .orderBy('entry_key')
              .limit(limit),
          ),
      ),
  };
}
