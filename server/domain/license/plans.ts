import { GatehouseError } from '../../kernel/errors.ts';

/** What a plan can bound (docs: configuration-api#check-product-limits-for-plan). */
export const limitedResources = [
  'agents',
  'groups',
  'groups_per_agent',
  'group_chooser_groups',
  'banned',
  'queue',
  'queue_continuous',
  'access_rules',
] as const;
export type LimitedResource = (typeof limitedResources)[number];

/** The most there can be of each; what is missing is not bounded. */
export type PlanLimits = { readonly [Resource in LimitedResource]?: number };

export const plans = ['starter', 'team', 'business', 'enterprise', 'enterpriseplus'] as const;
export type Plan = (typeof plans)[number];

const EVERY_PLAN = { agents: 400, queue_continuous: 150 };
const ENTERPRISE: PlanLimits = {
  ...EVERY_PLAN,
  groups: 80,
  groups_per_agent: 40,
  group_chooser_groups: 25,
  banned: 400,
  queue: 100,
  access_rules: 200,
};

/** LiveChat's figures. It names none for `enterpriseplus`, which has those of `enterprise` here. */
export const planTable: Readonly<Record<Plan, PlanLimits>> = {
  starter: {
    ...EVERY_PLAN,
    groups: 1,
    groups_per_agent: 1,
    group_chooser_groups: 1,
    banned: 50,
    queue: 10,
    access_rules: 0,
  },
  team: {
    ...EVERY_PLAN,
    groups: 20,
    groups_per_agent: 10,
    group_chooser_groups: 25,
    banned: 200,
    queue: 50,
    access_rules: 200,
  },
  business: {
    ...EVERY_PLAN,
    groups: 40,
    groups_per_agent: 20,
    group_chooser_groups: 25,
    banned: 400,
    queue: 100,
    access_rules: 200,
  },
  enterprise: ENTERPRISE,
  enterpriseplus: ENTERPRISE,
};

/**
 * Reads a plan as it is configured: `none`, the name of a plan, limits such as `agents=10`, or a plan and limits that
 * take the place of its own, joined by commas.
 * @throws Error with what would be right
 */
export function readPlan(text: string): PlanLimits {
  let limits: PlanLimits = {};
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === 'none') continue;
    const plan = plans.find((one) => one === part);
    const [name, figure] = part.split('=').map((one) => one.trim());
    const resource = limitedResources.find((one) => one === name);
    if (plan) limits = { ...planTable[plan], ...limits };
    else if (resource && figure !== undefined && /^\d{1,9}$/.test(figure))
      limits = { ...limits, [resource]: Number(figure) };
    else
      throw new Error(
        `none, a plan (${plans.join(', ')}), or limits such as agents=10,groups=3 (of ${limitedResources.join(', ')})`,
      );
  }
  return limits;
}

const WORDS: Readonly<Record<LimitedResource, string>> = {
  agents: 'agents and bots, suspended ones not counted',
  groups: 'groups',
  groups_per_agent: 'groups for each agent',
  group_chooser_groups: 'groups to choose from in the form before a chat',
  banned: 'banned customers at a time',
  queue: 'waiting chats',
  queue_continuous: 'waiting chats',
  access_rules: 'access rules',
};

/**
 * Part of a unit of work that adds something which the plan bounds.
 * @param count as many as there would be
 * @throws GatehouseError `limit_reached`
 */
export function needPlanRoom(limits: PlanLimits, resource: LimitedResource, count: number): void {
  const most = limits[resource];
  if (most === undefined || count <= most) return;
  throw new GatehouseError(
    'limit_reached',
    `The plan of this server allows ${most} ${WORDS[resource]}, and there would be ${count}. Whoever runs the server sets the plan.`,
    { reason: 'plan_limit', data: { resource, limit: most } },
  );
}
