import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { greetingFields, greetingId, readGreeting, widgetEditor } from './greeting_form.ts';

export const updateGreeting = agentMethod({
  api: 'configuration',
  name: 'update_greeting',
  summary: 'Change a greeting.',
  description:
    'What is left out stays; `rules`, `properties` and `rich_message` take the place of what was there. Customers who ' +
    'were shown it can still accept it.',
  scopes: ['greetings:rw'],
  input: Type.Object({ ...Type.Partial(Type.Object(greetingFields)).properties, id: greetingId }),
  output: Type.Object({}),
  errors: ['greeting_not_found'],
  example: { id: 1, active: false },
  source: 'management/configuration-api#update-greeting',
  async handler(context) {
    const { input, services } = context;
    await services.widget.greetings.update(widgetEditor(context), { id: input.id, ...readGreeting(input) });
    return {};
  },
});
