import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Storage } from '../storage.ts';
import { type AppUsage, appUsage } from './app_usage.ts';
import { type AuditReader, auditReader } from './audit_reader.ts';
import { type CompatibilityUses, compatibilityUses } from './compatibility_uses.ts';
import { type FirstSteps, firstStepsOf } from './first_steps.ts';
import { type RefusedRequests, refusedRequests } from './refused_requests.ts';

/** What owners look into: how compatibly their apps still work, what was refused to them, and who did what. */
export interface InsightService {
  uses: CompatibilityUses;
  /** Written by itself, less often. */
  usage: AppUsage;
  refusals: RefusedRequests;
  firstSteps: FirstSteps;
  audit: AuditReader;
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
  /** For how many days the audit log is kept. */
  auditDays: number;
}): InsightService {
  const usage = appUsage(deps);
  const uses = compatibilityUses(deps);
  const refusals = refusedRequests(deps);
  const firstSteps = firstStepsOf(deps);
  const audit = auditReader(deps);
  return {
    uses,
    usage,
    refusals,
    firstSteps,
    audit,
    async flush() {
      await uses.flush();
      await refusals.flush();
      await firstSteps.flush();
    },
    purge: async () =>
      (await uses.purge(PURGE_BATCH)) +
      (await usage.purge(PURGE_BATCH)) +
      (await refusals.purge(PURGE_BATCH)) +
      (await audit.purge(PURGE_BATCH)),
  };
}
