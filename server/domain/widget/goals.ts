import type { SessionFields } from '../customers/session_fields.ts';
import { matchesUrl, type UrlOperator } from './url_rules.ts';

/** What a customer must do: open a page, or have a session field with a value. */
export type GoalRule =
  | { kind: 'url'; url: string; operator: UrlOperator }
  | { kind: 'custom_variable'; key: string; value: string };

/** Something an organization wants its visitors to reach. */
export interface Goal {
  id: number;
  name: string;
  active: boolean;
  /** Null: whatever the group. */
  groupId: number | null;
  rule: GoalRule;
}

export interface GoalCheck {
  pageUrl: string;
  groupId: number;
  sessionFields: SessionFields;
}

/** The goals that are reached where the customer is. */
export function reachedGoals(goals: readonly Goal[], check: GoalCheck): Goal[] {
  return goals.filter(
    ({ active, groupId, rule }) =>
      active && (groupId === null || groupId === check.groupId) && isReached(rule, check),
  );
}

function isReached(rule: GoalRule, { pageUrl, sessionFields }: GoalCheck): boolean {
  if (rule.kind === 'url') return matchesUrl(rule, pageUrl);
  return sessionFields.some((field) => Object.hasOwn(field, rule.key) && field[rule.key] === rule.value);
}
