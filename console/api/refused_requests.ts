import type {
  FoundRefusedRequest,
  RefusalEndpoint,
  RefusalReason,
  RefusedRequestsPage,
} from './refusal_types.ts';
import { path, request } from './request.ts';

export interface RefusalFilters {
  endpoint?: RefusalEndpoint | undefined;
  reason?: RefusalReason | undefined;
}

export function listRefusedRequests(
  appId: string,
  { endpoint, reason }: RefusalFilters,
  pageId: string | undefined,
  signal: AbortSignal,
): Promise<RefusedRequestsPage> {
  return request('GET', path`/apps/${appId}/refused_requests`, {
    query: { endpoint, reason, page_id: pageId },
    signal,
  });
}

/** Of any app of the organization. */
export function findRefusedRequest(requestId: string): Promise<FoundRefusedRequest> {
  return request('GET', path`/refused_requests/${requestId}`);
}
