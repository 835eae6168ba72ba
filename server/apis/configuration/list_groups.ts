import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { group, groupFields, presentGroup } from './group_form.ts';

export const listGroups = agentMethod({
  api: 'configuration',
  name: 'list_groups',
  summary: 'List the groups of the organization.',
  scopes: ['groups--all:ro'],
  input: Type.Object({ fields: Type.Optional(groupFields) }),
  output: Type.Array(group),
  example: { fields: ['agent_priorities', 'routing_status'] },
  source: 'management/configuration-api#list-groups',
  async handler({ caller, input, services }) {
    const { licenseId } = caller.organization;
    const [groups, statuses] = await Promise.all([
      services.team.groupViews(licenseId),
      services.customers.availability.statuses(licenseId),
    ]);
    return groups.map((found) => presentGroup(found, input.fields, statuses));
  },
});
