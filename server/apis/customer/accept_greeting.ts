import Type from 'typebox';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownGreetingId } from './actor.ts';

export const acceptGreeting = customerMethod({
  name: 'accept_greeting',
  summary: 'Say that you saw a greeting.',
  description: 'It counts once, however often it is said.',
  input: Type.Object({
    organization_id: organizationId,
    greeting_id: Type.Integer({ minimum: 0, description: 'Of the greeting as it is configured.' }),
    unique_id: shownGreetingId,
  }),
  output: Type.Object({}),
  errors: ['greeting_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#accept-greeting',
  async handler(context) {
    const { unique_id, greeting_id } = context.input;
    await context.services.widget.greetings.accept(customerActor(context), unique_id, greeting_id);
    return {};
  },
});
