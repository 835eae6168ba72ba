import { GatehouseError } from '../../../kernel/errors.ts';
import type { AgentProfile, AgentsById, GroupProfile } from '../people.ts';
import { type Desk, hasRoom, isOfGroups, isReachable, type SeatRequest } from './desks.ts';

/** Where a chat is to go (docs: agent-chat-api#transfer-chat); absent: to somebody else of its groups. */
export interface TransferTarget {
  type: 'group' | 'agent';
  ids: (number | string)[];
}

export type Destination =
  | { kind: 'same_groups' }
  | { kind: 'groups'; ids: number[]; names: string[] }
  | { kind: 'agents'; agents: AgentProfile[] };

/**
 * Reads a target: groups and agents of the organization.
 * @throws GatehouseError `validation`
 */
export function readTarget(
  target: TransferTarget | undefined,
  agents: AgentsById,
  groups: readonly GroupProfile[],
): Destination {
  if (!target) return { kind: 'same_groups' };
  const ids = [...new Set(target.ids)];
  if (target.type === 'group') {
    const found = ids.map((id) => {
      const group = groups.find((one) => one.id === id);
      if (group) return group;
      throw atTarget(target, id, typeof id === 'number' ? NO_GROUP : NOT_A_NUMBER);
    });
    found.sort((a, b) => a.id - b.id);
    return { kind: 'groups', ids: found.map(({ id }) => id), names: found.map(({ name }) => name) };
  }
  const found = ids.map((id) => {
    const agent = typeof id === 'string' ? agents.get(id) : undefined;
    if (!agent) throw atTarget(target, id, 'This organization has no such agent.');
    if (agent.suspended) throw atTarget(target, id, 'This agent is suspended.');
    return agent;
  });
  return { kind: 'agents', agents: found };
}

const NO_GROUP = 'This organization has no such group.';
const NOT_A_NUMBER = 'Ids of groups are numbers.';

function atTarget(target: TransferTarget, id: number | string, message: string): GatehouseError {
  return invalid(`target.ids[${target.ids.indexOf(id)}]`, message);
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}

/** @throws GatehouseError `validation` for an agent who does not see the chat, or for those who have it already */
export function needAccessOf(
  agents: readonly AgentProfile[],
  access: readonly number[],
  present: ReadonlySet<string>,
): void {
  const stranger = agents.find((agent) => !isOfGroups(agent, access));
  if (stranger)
    throw invalid(
      'target.ids',
      `"${stranger.id}" is in none of the groups of this chat (${access.join(', ')}). Transfer it to a group of theirs.`,
    );
  if (agents.every(({ id }) => present.has(id))) throw invalid('target.ids', 'They have this chat already.');
}

/**
 * Why nobody can be given the chat.
 * @returns `agent_offline` where nobody is there who takes chats, `limit_reached` where all of them are busy
 */
export function nobodyFree(desks: readonly Desk[], request: SeatRequest): GatehouseError {
  const busy = desks.some((desk) => isReachable(desk, request) && !hasRoom(desk));
  const hint = 'With ignore_agents_availability the chat waits for them.';
  return busy
    ? new GatehouseError('limit_reached', `They have as many chats as they may. ${hint}`)
    : new GatehouseError('agent_offline', `Nobody of the target takes chats at this time. ${hint}`);
}
