import { agentWrites } from './agent_writes.ts';
import { autoAccessMethods } from './auto_accesses.ts';
import { botMethods } from './bots.ts';
import { createGroup } from './create_group.ts';
import { deleteGroup } from './delete_group.ts';
import { getAgent } from './get_agent.ts';
import { getGroup } from './get_group.ts';
import { greetingMethods } from './greetings.ts';
import { licenseMethods } from './license.ts';
import { listAgents } from './list_agents.ts';
import { listCustomerBans } from './list_customer_bans.ts';
import { listGroups } from './list_groups.ts';
import { propertyMethods } from './properties.ts';
import { tagMethods } from './tags.ts';
import { unbanCustomer } from './unban_customer.ts';
import { updateGroup } from './update_group.ts';
import { webhookMethods } from './webhooks.ts';

/** The Configuration API. */
export const configurationMethods = [
  listAgents,
  getAgent,
  ...agentWrites,
  createGroup,
  updateGroup,
  listGroups,
  getGroup,
  ...propertyMethods,
  ...tagMethods,
  ...licenseMethods,
  deleteGroup,
  ...botMethods,
  ...autoAccessMethods,
  listCustomerBans,
  unbanCustomer,
  ...greetingMethods,
  ...webhookMethods,
] as const;
