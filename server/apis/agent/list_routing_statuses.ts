import Type from 'typebox';
import { routingStatuses } from '../../domain/chats/routing/desks.ts';
import { groupIds } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';

export const listRoutingStatuses = agentMethod({
  name: 'list_routing_statuses',
  summary: 'List who takes chats and who does not.',
  description:
    '`agents--all:ro` lists agents, `agents-bot--all:ro` lists bots. Agents who never set a status accept chats; ' +
    'bots that never did are offline. Suspended agents are left out.',
  scopes: ['agents--all:ro', 'agents-bot--all:ro'],
  input: Type.Object({ filters: Type.Optional(Type.Object({ group_ids: Type.Optional(groupIds) })) }),
  output: Type.Array(Type.Object({ agent_id: Type.String(), status: Type.Enum([...routingStatuses]) })),
  example: { filters: { group_ids: [0] } },
  source: 'messaging/agent-chat-api#list-routing-statuses',
  async handler({ caller, input, services }) {
    const kinds = {
      people: caller.scopes.has('agents--all:ro'),
      bots: caller.scopes.has('agents-bot--all:ro'),
    };
    const { licenseId } = caller.organization;
    const statuses = await services.chats.routing.statuses(licenseId, kinds, input.filters?.group_ids);
    return statuses.map(({ agentId, status }) => ({ agent_id: agentId, status }));
  },
});
