import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { greetingId, widgetEditor } from './greeting_form.ts';

export const deleteGreeting = agentMethod({
  api: 'configuration',
  name: 'delete_greeting',
  summary: 'Delete a greeting.',
  description: 'Nobody is shown it any more. Ids are not given twice.',
  scopes: ['greetings:rw'],
  input: Type.Object({ id: greetingId }),
  output: Type.Object({}),
  errors: ['greeting_not_found'],
  source: 'management/configuration-api#delete-greeting',
  async handler(context) {
    await context.services.widget.greetings.delete(widgetEditor(context), context.input.id);
    return {};
  },
});
