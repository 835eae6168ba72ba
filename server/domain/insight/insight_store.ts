import type { Micros } from '../../kernel/clock.ts';
import type { CompatibilityFeature } from '../../oauth/compatibility.ts';

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
}
