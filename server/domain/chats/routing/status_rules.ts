import { GatehouseError } from '../../../kernel/errors.ts';
import { type AgentProfile, isOwnBot } from '../people.ts';
import type { RoutingStatus } from './desks.ts';

/** Who sets a routing status, and whose their token lets them set. */
export interface StatusSetter {
  agentId: string;
  /** The app of the token; null for a personal access token. */
  clientId: string | null;
  /** Own, or everybody's. */
  people: 'all' | 'my' | 'none';
  /** Those of the token's app, or all. */
  bots: 'all' | 'my' | 'none';
}

/**
 * May this status be set (docs: agent-chat-api#set-routing-status)? People are away when they are logged out,
 * not because they say so: only bots are set offline.
 * @throws GatehouseError `validation`, `authorization`
 */
export function checkStatusChange(setter: StatusSetter, agent: AgentProfile, status: RoutingStatus): void {
  if (agent.isBot) {
    const own = agent.id === setter.agentId || isOwnBot(agent, setter.clientId);
    if (setter.bots === 'all' || (setter.bots === 'my' && own)) return;
    throw new GatehouseError(
      'authorization',
      setter.bots === 'my'
        ? 'Your token sets the routing status of the bots of its own app, and this is another app’s.'
        : 'A bot’s routing status takes one of the scopes agents-bot--my:rw, agents-bot--all:rw.',
    );
  }
  if (setter.people === 'none' || (setter.people === 'my' && agent.id !== setter.agentId))
    throw new GatehouseError(
      'authorization',
      setter.people === 'my'
        ? 'Your token sets your own routing status. That of others takes the scope agents--all:rw.'
        : 'An agent’s routing status takes one of the scopes agents--my:rw, agents--all:rw.',
    );
  if (status === 'offline') {
    const message = 'Only bots are set offline; an agent is "accepting_chats" or "not_accepting_chats".';
    throw new GatehouseError('validation', `status: ${message}`, { fields: [{ field: 'status', message }] });
  }
}
