import type { Goal, GoalRule } from '../../domain/widget/goals.ts';
import type { WidgetStore } from '../../domain/widget/widget_store.ts';
import type { Session } from '../engine/database.ts';
import type { VisitorTables } from '../tables/visitors.ts';
import { truth } from './chat_rows.ts';
import { greetingVerbs, shownGreetingVerbs } from './visitor_greetings.ts';

export function widgetVerbs(session: Session, licenseId: number): WidgetStore {
  return {
    ...documentVerbs(session, licenseId),
    ...goalVerbs(session, licenseId),
    ...greetingVerbs(session, licenseId),
    ...shownGreetingVerbs(session, licenseId),
  };
}

function documentVerbs(
  session: Session,
  licenseId: number,
): Pick<WidgetStore, 'documents' | 'putDocument' | 'removeDocument'> {
  return {
    async documents() {
      const rows = await session.query((db) =>
        db
          .selectFrom('widget_documents')
          .select(['group_id', 'kind', 'content'])
          .where('license_id', '=', licenseId)
          .orderBy('group_id')
          .orderBy('kind'),
      );
      return rows.map(({ group_id, kind, content }) => ({
        groupId: group_id,
        kind,
        content: JSON.parse(content) as unknown,
      }));
    },
    async putDocument({ groupId, kind, content }, now) {
      const changes = { content: JSON.stringify(content), updated_at: now };
      await session.execute((db) =>
        db
          .insertInto('widget_documents')
          .values({ license_id: licenseId, group_id: groupId, kind, ...changes })
          .onConflict((conflict) =>
            conflict.columns(['license_id', 'group_id', 'kind']).doUpdateSet(changes),
          ),
      );
    },
    async removeDocument(groupId, kind) {
      await session.execute((db) =>
        db
          .deleteFrom('widget_documents')
          .where('license_id', '=', licenseId)
          .where('group_id', '=', groupId)
          .where('kind', '=', kind),
      );
    },
  };
}

function goalVerbs(
  session: Session,
  licenseId: number,
): Pick<WidgetStore, 'goals' | 'nextGoalId' | 'putGoal' | 'deleteGoal' | 'achieveGoal' | 'achievedGoals'> {
  return {
    async goals() {
      const rows = await session.query((db) =>
        db
          .selectFrom('goals')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('deleted_at', 'is', null)
          .orderBy('goal_id'),
      );
      return rows.map(toGoal);
    },
    async nextGoalId() {
      const [row] = await session.query((db) =>
        db
          .selectFrom('goals')
          .select((eb) => eb.fn.max('goal_id').as('highest'))
          .where('license_id', '=', licenseId),
      );
      return Number(row?.highest ?? 0) + 1;
    },
    async putGoal({ id, name, active, groupId, rule }, now) {
      const changes = { name, active: truth(active), group_id: groupId, rule: JSON.stringify(rule) };
      await session.execute((db) =>
        db
          .insertInto('goals')
          .values({ license_id: licenseId, goal_id: id, created_at: now, deleted_at: null, ...changes })
          .onConflict((conflict) => conflict.columns(['license_id', 'goal_id']).doUpdateSet(changes)),
      );
    },
    async deleteGoal(id, now) {
      const deleted = await session.execute((db) =>
        db
          .updateTable('goals')
          .set({ deleted_at: now })
          .where('license_id', '=', licenseId)
          .where('goal_id', '=', id)
          .where('deleted_at', 'is', null),
      );
      return deleted === 1;
    },
    async achieveGoal({ goalId, customerId, pageUrl }, now) {
      const added = await session.execute((db) =>
        db
          .insertInto('goal_achievements')
          .values({
            license_id: licenseId,
            customer_id: customerId,
            goal_id: goalId,
            page_url: pageUrl,
            achieved_at: now,
          })
          .onConflict((conflict) => conflict.columns(['license_id', 'customer_id', 'goal_id']).doNothing()),
      );
      return added === 1;
    },
    async achievedGoals(customerId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('goal_achievements')
          .select('goal_id')
          .where('license_id', '=', licenseId)
          .where('customer_id', '=', customerId)
          .orderBy('goal_id'),
      );
      return rows.map(({ goal_id }) => goal_id);
    },
  };
}

function toGoal(row: VisitorTables['goals']): Goal {
  return {
    id: row.goal_id,
    name: row.name,
    active: row.active === 1,
    groupId: row.group_id,
    rule: JSON.parse(row.rule) as GoalRule,
  };
}
