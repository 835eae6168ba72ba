import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { agentPriorities } from './group_form.ts';

export const createGroup = agentMethod({
  api: 'configuration',
  name: 'create_group',
  summary: 'Make a group.',
  description:
    'Names differ from each other, in whatever case. Ids are not given twice. `language_code` is `en` where none is named.',
  scopes: ['groups--all:rw'],
  input: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 180 }),
    language_code: Type.Optional(
      Type.String({ pattern: '^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$', maxLength: 35 }),
    ),
    agent_priorities: agentPriorities,
  }),
  output: Type.Object({ id: Type.Integer() }),
  errors: ['already_exists', 'limit_reached'],
  example: { name: 'Sports shoes', agent_priorities: {} },
  source: 'management/configuration-api#create-group',
  async handler({ caller, input, services }) {
    const { licenseId } = caller.organization;
    const id = await services.team.createGroup(licenseId, {
      name: input.name,
      languageCode: input.language_code,
      priorities: input.agent_priorities,
    });
    return { id };
  },
});
