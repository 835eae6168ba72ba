import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { group, groupFields, presentGroup } from './group_form.ts';
import { checkOwnGroup } from './reach.ts';

export const getGroup = agentMethod({
  api: 'configuration',
  name: 'get_group',
  summary: 'Get a group.',
  description: 'With `groups--my:ro`, one that you are in.',
  scopes: ['groups--all:ro', 'groups--my:ro'],
  input: Type.Object({ id: groupId, fields: Type.Optional(groupFields) }),
  output: group,
  errors: ['not_found', 'missing_access'],
  example: { id: 0, fields: ['agent_priorities', 'routing_status'] },
  source: 'management/configuration-api#get-group',
  async handler({ caller, input, services, reach }) {
    const { licenseId } = caller.organization;
    if (reach === 'my') checkOwnGroup(caller, input.id, 'groups--all:ro');
    const found = await services.team.group(licenseId, input.id);
    return presentGroup(found, input.fields, await services.customers.availability.statuses(licenseId));
  },
});
