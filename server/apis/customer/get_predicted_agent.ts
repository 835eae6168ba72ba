import Type from 'typebox';
import { predictedAgent, queued } from '../../wire/predicted_agent.ts';
import { presentPredictedAgent } from '../present/predicted_agent.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownAgentId } from './actor.ts';

export const getPredictedAgent = customerMethod({
  name: 'get_predicted_agent',
  summary: 'See whom you will write with.',
  description:
    'While your chat is open it is the agent in it, otherwise the one whose turn it is in the groups of your last ' +
    'thread. Nobody is assigned by asking, so that it may be somebody else when you start.',
  input: Type.Object({ organization_id: organizationId }),
  output: Type.Object({ agent: predictedAgent, queue: queued }),
  errors: ['group_offline', 'group_unavailable', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-predicted-agent',
  async handler(context) {
    const { agent, queue } = await context.services.customers.predictedAgent(customerActor(context));
    return { agent: presentPredictedAgent(agent, shownAgentId(context)), queue };
  },
});
