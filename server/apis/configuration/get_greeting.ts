import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { agentMethod } from '../registry/method.ts';
import { greeting, greetingId, presentGreeting } from './greeting_form.ts';

export const getGreeting = agentMethod({
  api: 'configuration',
  name: 'get_greeting',
  summary: 'Get a greeting.',
  scopes: ['greetings:ro'],
  input: Type.Object({ id: greetingId }),
  output: greeting,
  errors: ['greeting_not_found'],
  source: 'management/configuration-api#get-greeting',
  async handler({ caller, input, services }) {
    const found = await services.widget.greetings.get(caller.organization.licenseId, input.id);
    if (!found) throw new GatehouseError('greeting_not_found', 'There is no greeting with this id.');
    return presentGreeting(found);
  },
});
