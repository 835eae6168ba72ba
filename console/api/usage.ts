import { path, request } from './request.ts';
import type { Timestamp } from './types.ts';

export const usageDays = ['1', '7', '30', '90'] as const;
export type UsageDays = (typeof usageDays)[number];

export interface UsageTotals {
  requests: number;
  refused: number;
  failed: number;
  /** Milliseconds; null where nothing was counted, or where it took more than five seconds. */
  p50_ms: number | null;
  p95_ms: number | null;
}

export interface AppUsage extends UsageTotals {
  days: number;
  methods: (UsageTotals & { method: string })[];
  statuses: { status: number; requests: number }[];
  series: { at: Timestamp; answered: number; refused: number; failed: number }[];
  scopes: { days: number; used: string[]; unused: string[]; smaller: string[] };
}

export function readUsage(appId: string, days: UsageDays, signal: AbortSignal): Promise<AppUsage> {
  return request('GET', `${path`/apps/${appId}/usage`}?days=${days}`, { signal });
}
