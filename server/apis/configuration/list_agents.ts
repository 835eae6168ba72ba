import Type from 'typebox';
import { groupIds } from '../../wire/access.ts';
import { agentMethod } from '../registry/method.ts';
import { agent, agentFields, presentAgent } from './agent_form.ts';

export const listAgents = agentMethod({
  api: 'configuration',
  name: 'list_agents',
  summary: 'List the agents of the organization.',
  description: 'Sorted by e-mail. Suspended agents and those who await approval are among them.',
  scopes: ['agents--all:ro'],
  input: Type.Object({
    filters: Type.Optional(
      Type.Object({
        group_ids: Type.Optional(groupIds),
        suspended: Type.Optional(Type.Boolean()),
      }),
    ),
    fields: Type.Optional(agentFields),
  }),
  output: Type.Array(agent),
  example: { fields: ['groups', 'job_title'], filters: { suspended: false } },
  source: 'management/configuration-api#list-agents',
  async handler({ caller, input, services }) {
    const { group_ids: wanted, suspended } = input.filters ?? {};
    return (await services.team.agents(caller.organization.licenseId))
      .filter((view) => suspended === undefined || view.suspended === suspended)
      .filter((view) => wanted === undefined || view.groups.some(({ id }) => wanted.includes(id)))
      .map((view) => presentAgent(view, input.fields));
  },
});
