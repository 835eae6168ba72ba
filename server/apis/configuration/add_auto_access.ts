import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { conditions, description, nextId, ruleAccess } from './auto_access_form.ts';
import { botKeeper } from './bot_form.ts';

export const addAutoAccess = agentMethod({
  api: 'configuration',
  name: 'add_auto_access',
  summary: 'Add a rule that says whose the chats of certain customers are.',
  description:
    'A chat that a customer starts or resumes without `access` is for the groups of the first rule that is met; without ' +
    'one, for everybody. The page is the one the customer opened last. Places need a list of networks on the server.',
  scopes: ['access_rules:rw'],
  input: Type.Object({ access: ruleAccess, conditions, description, next_id: nextId }),
  output: Type.Object({ id: Type.String() }),
  errors: ['limit_reached'],
  example: {
    access: { groups: [0] },
    conditions: { domain: { values: [{ value: 'example.com', exact_match: true }] } },
    description: 'The shop',
  },
  source: 'management/configuration-api#add-auto-access',
  async handler(context) {
    const { input, services } = context;
    const id = await services.autoAccess.add(botKeeper(context), {
      groupIds: input.access.groups,
      conditions: input.conditions,
      description: input.description,
      nextId: input.next_id,
    });
    return { id };
  },
});
