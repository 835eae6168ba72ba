import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { agent, agentFields, presentAgent } from './agent_form.ts';
import { checkSelf } from './reach.ts';

export const getAgent = agentMethod({
  api: 'configuration',
  name: 'get_agent',
  summary: 'Get an agent.',
  description: 'With `agents--my:ro`, yourself.',
  scopes: ['agents--all:ro', 'agents--my:ro'],
  input: Type.Object({ id: agentId, fields: Type.Optional(agentFields) }),
  output: agent,
  errors: ['not_found', 'missing_access'],
  example: { id: 'ada@example.com', fields: ['groups', 'max_chats_count'] },
  source: 'management/configuration-api#get-agent',
  async handler({ caller, input, services, reach }) {
    if (reach === 'my') checkSelf(caller, input.id, ['agents--all:ro']);
    return presentAgent(await services.team.agent(caller.organization.licenseId, input.id), input.fields);
  },
});
