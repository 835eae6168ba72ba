import { type Clock, days, type Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { CompatibilityFeature } from '../../oauth/compatibility.ts';
import type { Storage } from '../storage.ts';
import type { CompatibilityCount, CompatibilityUse } from './insight_store.ts';
import { serially } from './serially.ts';

/** For so long a use counts against an app. */
export const USES_SHOWN_DAYS = 30;

/** Where a request says what it used: kept in memory, so that nobody waits for it. */
export interface UseCounter {
  used(app: { licenseId: number; clientId: string }, features: readonly CompatibilityFeature[]): void;
}

export interface CompatibilityUses extends UseCounter {
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** What an app, or every app of the organization, used in the last 30 days. */
  recent(licenseId: number, clientId?: string): Promise<CompatibilityUse[]>;
  /** @returns rows deleted */
  purge(limit: number): Promise<number>;
}

/** Apps times features times two days never come near; a bound all the same. */
const MOST_COUNTS = 20_000;
/** A whole number of units shares one commit; more would hold others up. */
const BATCH = 200;

export function compatibilityUses(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
}): CompatibilityUses {
  const { storage, clock, identifiers } = deps;
  let counts = new Map<string, CompatibilityCount>();

  function add(count: CompatibilityCount): void {
    const name = `${count.clientId} ${count.feature} ${count.day}`;
    const known = counts.get(name);
    if (known) {
      known.uses += count.uses;
      known.lastUsedAt = Math.max(known.lastUsedAt, count.lastUsedAt);
    } else if (counts.size < MOST_COUNTS) counts.set(name, count);
  }

  async function write(): Promise<void> {
    // In one order everywhere, so that two servers never wait for each other's rows.
    const taken = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
    counts = new Map();
    while (taken.length > 0) {
      const batch = taken.slice(0, BATCH);
      try {
        await storage.write(async (stores) => {
          for (const count of batch) await stores.insight.countUse(identifiers.key(), count);
        });
      } catch (error) {
        for (const count of taken) add(count);
        throw error;
      }
      taken.splice(0, batch.length);
    }
  }

  return {
    used({ licenseId, clientId }, features) {
      const now = clock.now();
      for (const feature of features)
        add({ licenseId, clientId, feature, day: dayOf(now), uses: 1, lastUsedAt: now });
    },
    flush: serially(write),
    recent: (licenseId, clientId) =>
      storage.read.insight.usesSince(licenseId, dayOf(clock.now()) - USES_SHOWN_DAYS + 1, clientId),
    purge(limit) {
      const before = dayOf(clock.now()) - USES_SHOWN_DAYS;
      return storage.write((stores) => stores.insight.purgeUses(before, limit));
    },
  };
}

function dayOf(now: Micros): number {
  return Math.floor(now / days(1));
}
