import type { FirstStep } from '../../domain/insight/first_steps.ts';
import type { InsightStore } from '../../domain/insight/insight_store.ts';
import type { Session } from '../engine/database.ts';

type StepQueries = Pick<InsightStore, 'addFirstSteps' | 'firstSteps'>;

export function stepQueries(session: Session): StepQueries {
  return {
    async addFirstSteps(steps) {
      if (steps.length === 0) return;
      const rows = steps.map(({ licenseId, step, reachedAt }) => ({
        license_id: licenseId,
        step,
        reached_at: reachedAt,
      }));
      await session.execute((db) =>
        db
          .insertInto('first_steps')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['license_id', 'step']).doNothing()),
      );
    },
    async firstSteps(licenseId) {
      const rows = await session.query((db) =>
        db.selectFrom('first_steps').selectAll().where('license_id', '=', licenseId),
      );
      return new Map(rows.map((row) => [row.step as FirstStep, row.reached_at]));
    },
  };
}
