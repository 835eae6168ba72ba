import { GatehouseError } from '../../kernel/errors.ts';
import type { UsersRequest } from '../../wire/user.ts';
import type { AgentActor } from './actors.ts';
import type { AgentsById } from './people.ts';

const OTHER_AGENTS = 4;

export interface NamedUsers {
  /** The caller first. */
  agentIds: string[];
  customer: { id: string; field: string } | undefined;
}

/**
 * Checks who an agent wants in a chat: at most four other agents and one customer, all of them known
 * (docs: agent-chat-api#start-chat). Whether the customer exists is asked under its lock.
 * @throws GatehouseError `validation`
 */
export function readUsers(
  actor: AgentActor,
  users: UsersRequest | undefined,
  agents: AgentsById,
): NamedUsers {
  const agentIds = [actor.agentId];
  let customer: NamedUsers['customer'];
  for (const [index, user] of (users ?? []).entries()) {
    const field = `chat.users[${index}]`;
    if (user.type === 'customer') {
      if (customer && customer.id !== user.id) throw invalid(field, 'A chat has one customer at most.');
      customer = { id: user.id, field: `${field}.id` };
      continue;
    }
    const agent = agents.get(user.id);
    if (!agent) throw invalid(`${field}.id`, `This organization has no agent "${user.id.slice(0, 80)}".`);
    if (agent.suspended) throw invalid(`${field}.id`, `The agent "${user.id}" is suspended.`);
    if (!agentIds.includes(user.id)) agentIds.push(user.id);
  }
  if (agentIds.length > OTHER_AGENTS + 1)
    throw invalid(
      'chat.users',
      `${agentIds.length - 1} agents besides you; at most ${OTHER_AGENTS} can be added.`,
    );
  return { agentIds, customer };
}

export function customerUnknown(field: string): GatehouseError {
  return invalid(field, 'This organization has no customer with this id.');
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
