import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { predictedAgent, queued } from '../../wire/predicted_agent.ts';
import { presentPredictedAgent } from '../present/predicted_agent.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownAgentId } from './actor.ts';

export const requestWelcomeMessage = customerMethod({
  name: 'request_welcome_message',
  summary: 'Ask to be welcomed, and see whom you will write with.',
  description: 'The message itself comes as a push, to customers who are connected.',
  input: Type.Object({
    organization_id: organizationId,
    id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'By which you will know the message. Default: a new one.',
      }),
    ),
    group_id: Type.Optional(groupId),
  }),
  output: Type.Object({ id: Type.String(), predicted_agent: predictedAgent, queue: queued }),
  errors: ['group_offline', 'group_unavailable', 'group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#request-welcome-message',
  async handler(context) {
    const { id, group_id } = context.input;
    const welcome = await context.services.widget.reads.welcomeMessage(customerActor(context), {
      id,
      groupId: group_id,
    });
    return {
      id: welcome.id,
      predicted_agent: presentPredictedAgent(welcome.agent, shownAgentId(context)),
      queue: welcome.queue,
    };
  },
});
