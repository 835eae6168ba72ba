import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Storage } from '../storage.ts';
import { type CompatibilityUses, compatibilityUses } from './compatibility_uses.ts';

/** What owners look into: how compatibly their apps still work. */
export interface InsightService {
  uses: CompatibilityUses;
  /** Writes what was noted since the last time. */
  flush(): Promise<void>;
  /** Deletes what is too old, one small batch of each. @returns rows deleted */
  purge(): Promise<number>;
}

const PURGE_BATCH = 500;

export function createInsightService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
}): InsightService {
  const uses = compatibilityUses(deps);
  return {
    uses,
    flush: () => uses.flush(),
    purge: () => uses.purge(PURGE_BATCH),
  };
}
