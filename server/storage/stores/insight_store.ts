import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { Session } from '../engine/database.ts';
import { auditQueries } from './insight_audit.ts';
import { refusalQueries } from './insight_refusals.ts';
import { stepQueries } from './insight_steps.ts';
import { usageQueries } from './insight_usage.ts';
import { compatibilityQueries } from './insight_uses.ts';

/** What owners look into, on one read or one unit of work. */
export function createInsightStore(session: Session): InsightStore {
  return {
    ...compatibilityQueries(session),
    ...usageQueries(session),
    ...refusalQueries(session),
    ...stepQueries(session),
    ...auditQueries(session),
  };
}
