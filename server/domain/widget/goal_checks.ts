import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import { customerGone } from '../customers/customer_deps.ts';
import { onPage, seen } from '../customers/customer_visit.ts';
import { httpAddressProblem } from '../customers/field_rules.ts';
import { needGroup } from '../customers/predicted_agent.ts';
import { readSessionFields, type SessionFields } from '../customers/session_fields.ts';
import type { OwnCustomer } from '../customers/update_customer.ts';
import { reachedGoals } from './goals.ts';
import type { WidgetDeps } from './widget_service.ts';

export interface GoalChecks {
  /**
   * Notes the goals that a customer reaches on a page, each of them once, and the page among those they opened
   * (docs: customer-chat-api#check-goals).
   * @returns ids of the goals that are reached for the first time
   * @throws GatehouseError `validation`, `group_not_found`
   */
  check(
    customer: OwnCustomer,
    where: { pageUrl: string; groupId: number; sessionFields: SessionFields },
  ): Promise<number[]>;
}

const LONGEST_URL = 2048;

export function goalChecks({ storage, clock, people, content }: WidgetDeps): GoalChecks {
  return {
    async check({ licenseId, customerId, sighting }, { pageUrl, groupId, sessionFields }) {
      const problems: FieldProblem[] = [];
      const fields = readSessionFields(sessionFields, 'session_fields', problems);
      const problem = httpAddressProblem(pageUrl, LONGEST_URL);
      if (problem) problems.push({ field: 'page_url', message: problem });
      const [first] = problems;
      if (first)
        throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
      await needGroup(people, licenseId, groupId);
      const { goals } = await content.get(licenseId);
      const reached = reachedGoals(goals, { pageUrl, groupId, sessionFields: fields });
      return storage.write(async (stores) => {
        const store = stores.chats(licenseId);
        const customer = await store.lockCustomer(customerId);
        if (!customer) throw customerGone();
        const now = clock.now();
        await store.saveCustomer(onPage(seen(customer, sighting, now), pageUrl, now));
        const achieved: number[] = [];
        for (const { id } of reached)
          if (await stores.visitors(licenseId).achieveGoal({ goalId: id, customerId, pageUrl }, now))
            achieved.push(id);
        return achieved;
      });
    },
  };
}
