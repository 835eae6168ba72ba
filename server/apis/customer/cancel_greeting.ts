import Type from 'typebox';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownGreetingId } from './actor.ts';

export const cancelGreeting = customerMethod({
  name: 'cancel_greeting',
  summary: 'Put a greeting away.',
  input: Type.Object({ organization_id: organizationId, unique_id: shownGreetingId }),
  output: Type.Object({}),
  errors: ['greeting_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#cancel-greeting',
  async handler(context) {
    await context.services.widget.greetings.cancel(customerActor(context), context.input.unique_id);
    return {};
  },
});
