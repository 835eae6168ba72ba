import Type from 'typebox';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownGreetingId } from './actor.ts';

export const sendGreetingButtonClicked = customerMethod({
  name: 'send_greeting_button_clicked',
  summary: 'Say that you clicked a button of a greeting.',
  input: Type.Object({
    organization_id: organizationId,
    greeting_unique_id: shownGreetingId,
    button_id: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Of one of the greeting’s buttons.',
    }),
  }),
  output: Type.Object({}),
  errors: ['greeting_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#send-greeting-button-clicked',
  async handler(context) {
    const { greeting_unique_id, button_id } = context.input;
    await context.services.widget.greetings.click(customerActor(context), greeting_unique_id, button_id);
    return {};
  },
});
