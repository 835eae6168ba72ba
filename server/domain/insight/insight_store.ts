import type { Micros } from '../../kernel/clock.ts';
import type { CompatibilityFeature } from '../../oauth/compatibility.ts';
import type { HourSum, MethodSum, UsageCount } from './app_usage.ts';
import type { AuditFilter, AuditRecord } from './audit_reader.ts';
import type { FirstStep } from './first_steps.ts';
import type { RefusalFilter, RefusedRequest } from './refused_requests.ts';

/** How often an app used a feature on one day. */
export interface CompatibilityCount {
  licenseId: number;
  clientId: string;
  feature: CompatibilityFeature;
  /** Days since 1970-01-01, UTC. */
  day: number;
  uses: number;
  lastUsedAt: Micros;
}

/** The same over several days. */
export type CompatibilityUse = Omit<CompatibilityCount, 'licenseId' | 'day'>;

/** Storage port of what owners look into. Every question names the organization. */
export interface InsightStore {
  /** Adds to what the day has. @param key of the row, where the day has none yet */
  countUse(key: number, count: CompatibilityCount): Promise<void>;
  /** @param clientId of one app; all apps of the organization without it */
  usesSince(licenseId: number, day: number, clientId?: string): Promise<CompatibilityUse[]>;
  /** Deletes at most `limit` of the days before. @returns how many */
  purgeUses(before: number, limit: number): Promise<number>;

  /** Adds to what the hour has. @param key of the row, where the hour has none yet */
  countRequests(key: number, count: UsageCount): Promise<void>;
  requestsByMethod(licenseId: number, clientId: string, fromHour: number): Promise<MethodSum[]>;
  requestsByHour(licenseId: number, clientId: string, fromHour: number): Promise<HourSum[]>;
  /** Deletes at most `limit` of the hours before. @returns how many */
  purgeRequests(before: number, limit: number): Promise<number>;

  /** Each once; what is there stays. */
  addFirstSteps(steps: readonly { licenseId: number; step: FirstStep; reachedAt: Micros }[]): Promise<void>;
  firstSteps(licenseId: number): Promise<ReadonlyMap<FirstStep, Micros>>;

  addRefusals(refusals: readonly RefusedRequest[]): Promise<void>;
  /** Deletes all of an app but the newest. */
  trimRefusals(clientId: string, keep: number): Promise<void>;
  /** The newest first. @param page.before key of the last one that was seen */
  refusals(
    licenseId: number,
    clientId: string,
    page: RefusalFilter & { before: number | undefined; limit: number },
  ): Promise<RefusedRequest[]>;
  refusalOf(licenseId: number, requestId: string): Promise<RefusedRequest | undefined>;
  /** Deletes at most `limit` with a key before this one. @returns how many */
  purgeRefusals(before: number, limit: number): Promise<number>;

  /** The newest first. */
  auditEntries(licenseId: number, page: AuditFilter & { limit: number }): Promise<AuditRecord[]>;
  /** Deletes at most `limit` with a key before this one, of every organization and of none. @returns how many */
  purgeAudit(before: number, limit: number): Promise<number>;
}
