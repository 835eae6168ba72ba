import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { agentPriorities, groupVersion } from './group_form.ts';
import { checkOwnGroup } from './reach.ts';

export const updateGroup = agentMethod({
  api: 'configuration',
  name: 'update_group',
  summary: 'Change a group.',
  description:
    'What is left out stays. `agent_priorities` names all agents of the group: who is not named leaves it. Nobody leaves their last group. Chats of agents who leave go to others. With `version`, as `get_group` tells it, the change is refused where somebody else changed the group meanwhile (HTTP 409). With `groups--my:rw`, a group that you are in.',
  scopes: ['groups--all:rw', 'groups--my:rw'],
  input: Type.Object({
    id: groupId,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 180 })),
    language_code: Type.Optional(
      Type.String({ pattern: '^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$', maxLength: 35 }),
    ),
    agent_priorities: Type.Optional(agentPriorities),
    version: Type.Optional(groupVersion),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'already_exists', 'conflict'],
  example: { id: 0, language_code: 'en' },
  source: 'management/configuration-api#update-group',
  async handler({ caller, input, services, reach }) {
    const { licenseId } = caller.organization;
    if (reach === 'my') checkOwnGroup(caller, input.id, 'groups--all:rw');
    await services.team.updateGroup(licenseId, input.id, {
      name: input.name,
      languageCode: input.language_code,
      priorities: input.agent_priorities,
      version: input.version,
    });
    return {};
  },
});
