import { GatehouseError } from '../../../kernel/errors.ts';
import { type ChatDeps, writeChats } from '../deps.ts';
import { agentsById } from '../people.ts';
import { isOfGroups, type RoutingStatus, statusOf } from './desks.ts';
import { serveWaiting } from './seating.ts';
import { checkStatusChange, type StatusSetter } from './status_rules.ts';

export interface AgentStatus {
  agentId: string;
  status: RoutingStatus;
}

/** Sets whether an agent or a bot takes chats; whoever waits for them is served in the same unit of work. */
export function setRoutingStatus(deps: ChatDeps) {
  return async (
    setter: StatusSetter & { licenseId: number },
    input: { status: RoutingStatus; agent_id?: string | undefined },
  ): Promise<void> => {
    const agents = await agentsById(deps.people, setter.licenseId);
    const agent = agents.get(input.agent_id ?? setter.agentId);
    if (!agent || (agent.isBot && agent.suspended))
      throw new GatehouseError('not_found', 'This organization has no agent with this id.');
    checkStatusChange(setter, agent, input.status);
    await writeChats(deps, setter, async (store) => {
      await store.lockRouting();
      await store.setRoutingStatus(agent.id, input.status);
      if (input.status === 'accepting_chats')
        await serveWaiting(store, [...agents.values()], deps.clock.now());
    });
  };
}

/**
 * Routing statuses of agents and bots who are not suspended.
 * @param kinds which of them the caller may see
 */
export function listRoutingStatuses(deps: ChatDeps) {
  return async (
    licenseId: number,
    kinds: { people: boolean; bots: boolean },
    groupIds: readonly number[] | undefined,
  ): Promise<AgentStatus[]> => {
    const agents = await deps.people.agents(licenseId);
    const now = deps.clock.now();
    const states = await deps.storage.read.chats(licenseId).agentStates();
    return agents
      .filter((agent) => !agent.suspended && (agent.isBot ? kinds.bots : kinds.people))
      .filter((agent) => groupIds === undefined || isOfGroups(agent, groupIds))
      .map((agent) => ({ agentId: agent.id, status: statusOf(agent, states.get(agent.id), now) }));
  };
}
