import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';

export const requestAgentUnsuspension = agentMethod({
  api: 'configuration',
  name: 'request_agent_unsuspension',
  summary: 'Ask for one’s suspension to be lifted.',
  description:
    'The one method that the credential of a suspended agent opens. Owners and administrators get a mail, at most one a day.',
  scopes: [],
  evenSuspended: true,
  input: Type.Object({}),
  output: Type.Object({}),
  errors: ['too_many_requests'],
  example: {},
  source: 'management/configuration-api#request-agent-unsuspension',
  async handler(context) {
    await context.services.team.requestUnsuspension(managerOf(context));
    return {};
  },
});
