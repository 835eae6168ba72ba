import type { NamedAuditRecord } from '../../domain/insight/audit_reader.ts';
import type { CompatibilityUse } from '../../domain/insight/insight_store.ts';
import type { RefusedRequest as RefusedRequestRecord } from '../../domain/insight/refused_requests.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AuditLogEntry, CompatibilityUses, RefusedRequest } from './schemas.ts';

export function presentCompatibilityUses(uses: readonly CompatibilityUse[]): CompatibilityUses {
  return uses.map(({ feature, uses: count, lastUsedAt }) => ({
    feature,
    uses: count,
    last_used_at: formatTimestamp(lastUsedAt),
  }));
}

export function presentRefusal(refusal: RefusedRequestRecord): RefusedRequest {
  const { check, parameter, received, expected, nearest, first_difference, method, path } = refusal.detail;
  return {
    id: String(refusal.key),
    request_id: refusal.requestId,
    at: formatTimestamp(refusal.createdAt),
    endpoint: refusal.endpoint,
    error: refusal.error,
    reason: refusal.reason,
    check,
    parameter: parameter ?? null,
    received: received ?? null,
    expected: expected ?? null,
    nearest: nearest ?? null,
    first_difference: first_difference ?? null,
    method: method ?? null,
    path: path ?? null,
  };
}

export function presentAuditEntry(entry: NamedAuditRecord): AuditLogEntry {
  const { actor, app, detail } = entry;
  const appName = app?.name ?? (typeof detail.app_name === 'string' ? detail.app_name : undefined);
  return {
    id: String(entry.key),
    at: formatTimestamp(entry.createdAt),
    action: entry.action,
    actor:
      entry.accountId === null
        ? null
        : { id: entry.accountId, name: actor?.name ?? null, email: actor?.email ?? null },
    app: appName === undefined ? null : { id: app?.id ?? null, name: appName },
    ip: entry.ip,
    request_id: entry.requestId,
    detail,
  };
}
