import type { AuditPage } from './audit_types.ts';
import { request } from './request.ts';

/** As they stand in the address; an empty one is none. */
export interface AuditFilters {
  action?: string;
  /** E-mail or id of an account. */
  actor?: string;
  app_id?: string;
  /** Days in UTC, both included. */
  from?: string;
  to?: string;
}

export function listAuditLog(
  filters: AuditFilters,
  pageId: string | undefined,
  signal?: AbortSignal,
): Promise<AuditPage> {
  return request('GET', '/organization/audit_log', {
    query: { ...filters, page_id: pageId },
    ...(signal ? { signal } : {}),
  });
}
