import Type from 'typebox';
import { routingStatuses } from '../../domain/chats/routing/desks.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';

export const setRoutingStatus = agentMethod({
  name: 'set_routing_status',
  summary: 'Say whether an agent or a bot takes chats.',
  description:
    'Only who accepts chats is given new ones; who stops keeps those they have. Whoever starts to is given what ' +
    'waits for them at once. `agents--my:rw` sets your own status, `agents--all:rw` that of every agent, ' +
    '`agents-bot--my:rw` that of the bots of your token’s app, `agents-bot--all:rw` that of every bot. ' +
    '`offline` is for bots.',
  scopes: ['agents--my:rw', 'agents--all:rw', 'agents-bot--my:rw', 'agents-bot--all:rw'],
  input: Type.Object({
    status: Type.Enum([...routingStatuses]),
    agent_id: Type.Optional(agentId),
  }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { status: 'accepting_chats' },
  source: 'messaging/agent-chat-api#set-routing-status',
  async handler({ caller, input, services }) {
    const setter = {
      licenseId: caller.organization.licenseId,
      agentId: caller.agentId,
      clientId: caller.clientId,
      people: widest(caller.scopes, 'agents'),
      bots: widest(caller.scopes, 'agents-bot'),
    };
    await services.chats.routing.setStatus(setter, input);
    return {};
  },
});

function widest(scopes: ScopeSet, kind: 'agents' | 'agents-bot'): 'all' | 'my' | 'none' {
  if (scopes.has(`${kind}--all:rw`)) return 'all';
  return scopes.has(`${kind}--my:rw`) ? 'my' : 'none';
}
