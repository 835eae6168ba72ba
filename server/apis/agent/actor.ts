import type { AgentActor } from '../../domain/chats/actors.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { CallContext } from '../registry/method.ts';

/** Reading chats is open to each of these; the widest that a token has decides which chats. */
export const readScopes = ['chats--all:ro', 'chats--access:ro', 'chats--my:ro'];
export const writeScopes = ['chats--all:rw', 'chats--access:rw', 'chats--my:rw'];

/** The caller as the chat domain knows agents. */
export function agentActor({
  caller,
  reach,
}: Pick<CallContext<AgentCaller, unknown>, 'caller' | 'reach'>): AgentActor {
  return {
    kind: 'agent',
    licenseId: caller.organization.licenseId,
    agentId: caller.agentId,
    reach,
    groupIds: caller.groupIds,
    clientId: caller.clientId,
  };
}

/**
 * The caller of a method that asks for no scope: sees what their groups see, and every chat only where the token
 * says so.
 */
export function anyAgentActor(context: CallContext<AgentCaller, unknown>): AgentActor {
  const reach = context.caller.scopes.has('chats--all:ro') ? 'all' : 'access';
  return { ...agentActor(context), reach };
}
