import { getAgent } from './get_agent.ts';
import { getGroup } from './get_group.ts';
import { listAgents } from './list_agents.ts';
import { listGroups } from './list_groups.ts';

/** The Configuration API. */
export const configurationMethods = [listAgents, getAgent, listGroups, getGroup] as const;
