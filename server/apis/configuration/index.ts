import { getAgent } from './get_agent.ts';
import { getGroup } from './get_group.ts';
import { listAgents } from './list_agents.ts';
import { listCustomerBans } from './list_customer_bans.ts';
import { listGroups } from './list_groups.ts';
import { listWebhookNames } from './list_webhook_names.ts';
import { unbanCustomer } from './unban_customer.ts';

/** The Configuration API. */
export const configurationMethods = [
  listAgents,
  getAgent,
  listGroups,
  getGroup,
  listCustomerBans,
  unbanCustomer,
  listWebhookNames,
] as const;
