import type { Micros } from '../../kernel/clock.ts';
import { EVERYBODY } from './chat.ts';
import type { AgentProfile } from './people.ts';

/**
 * Picks the agent for a chat that a customer opens: of the chat's groups (group 0: of all), a person, not suspended,
 * the one whose last assignment lies longest back; among equals the first by id, so that the choice is
 * repeatable.
 * @param lastAssigned when each agent was last given a chat; absent for never
 * @returns undefined when nobody can take it: the chat then waits without an agent
 */
export function chooseAgent(
  agents: readonly AgentProfile[],
  groups: readonly number[],
  lastAssigned: ReadonlyMap<string, Micros>,
): AgentProfile | undefined {
  let best: AgentProfile | undefined;
  for (const agent of agents) {
    if (agent.suspended || agent.isBot || !isOfGroups(agent, groups)) continue;
    if (!best || isBefore(agent, best)) best = agent;
  }
  return best;

  function isBefore(a: AgentProfile, b: AgentProfile): boolean {
    const difference = (lastAssigned.get(a.id) ?? 0) - (lastAssigned.get(b.id) ?? 0);
    return difference === 0 ? a.id < b.id : difference < 0;
  }
}

function isOfGroups(agent: AgentProfile, groups: readonly number[]): boolean {
  return groups.some((id) => id === EVERYBODY || agent.groupIds.includes(id));
}
