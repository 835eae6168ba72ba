import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { greetingFields, greetingId, readGreeting, widgetEditor } from './greeting_form.ts';

export const createGreeting = agentMethod({
  api: 'configuration',
  name: 'create_greeting',
  summary: 'Make a greeting, and say whom it is shown to.',
  description:
    'It goes to customers of the group whose visit meets the rules, once a visit, while somebody of the group is ' +
    'there and they do not chat yet. Which rule takes `value`, `operator`, `urls` or `session_field` depends on its ' +
    'type; a wrong one is refused with what it takes.',
  scopes: ['greetings:rw'],
  input: Type.Object({ ...greetingFields, group: groupId }),
  output: Type.Object({ id: greetingId }),
  errors: ['group_not_found', 'limit_reached'],
  example: {
    type: 'normal',
    active: true,
    name: 'At the checkout',
    group: 0,
    rules: [
      { condition: 'and', type: 'url_current', operator: 'contains', value: 'checkout' },
      { condition: 'or', type: 'visits_number', operator: 'greater_than', value: '1' },
      { condition: 'or', type: 'visit_time_site', operator: 'greater_than', value: '30' },
    ],
    properties: { 'greeting-message_text': 'May I help you?' },
  },
  source: 'management/configuration-api#create-greeting',
  async handler(context) {
    const { input, services } = context;
    const { type, active, name, rules } = input;
    const id = await services.widget.greetings.create(widgetEditor(context), {
      activeFrom: null,
      activeUntil: null,
      properties: {},
      richMessage: null,
      ...readGreeting(input),
      type,
      active,
      name,
      rules,
      groupId: input.group,
    });
    return { id };
  },
});
