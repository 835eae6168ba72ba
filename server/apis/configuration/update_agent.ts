import Type from 'typebox';
import { givenRoles } from '../../domain/team/agent_roles.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { agentSettings, agentVersion, readAgentForm } from './agent_form.ts';
import { managerOf } from './manager.ts';
import { checkHolds } from './private_scopes.ts';
import { checkSelf } from './reach.ts';

export const updateAgent = agentMethod({
  api: 'configuration',
  name: 'update_agent',
  summary: 'Change what is set of an agent.',
  description:
    'What is left out stays. `groups` names all groups of the agent; chats of those that they leave go to others. With `agents--my:rw`, yourself; your own groups take the chat role administrator. The role takes `accounts.roles.lc--all:rw`, too. With `version`, as `get_agent` tells it, the change is refused where somebody else changed the agent meanwhile (HTTP 409).',
  scopes: ['agents--all:rw', 'agents--my:rw'],
  partScopes: ['accounts.roles.lc--all:rw'],
  input: Type.Object({
    id: agentId,
    role: Type.Optional(Type.Enum([...givenRoles])),
    ...agentSettings,
    version: Type.Optional(agentVersion),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'conflict', 'limit_reached'],
  example: { id: 'ada@example.com', job_title: 'Head of Support' },
  source: 'management/configuration-api#update-agent',
  async handler({ caller, input, services, reach, request }) {
    const { id, role, version } = input;
    if (reach === 'my') checkSelf(caller, id, ['agents--all:rw']);
    if (role !== undefined) checkHolds(caller, 'accounts.roles.lc--all:rw', 'change a role');
    if (input.groups && reach === 'my' && caller.chatRole !== 'administrator')
      throw new GatehouseError(
        'authorization',
        'groups: which chats you see is decided by others. An administrator of chats can put you into another group.',
        { data: { required_scopes: ['agents--all:rw'] } },
      );
    const form = { ...readAgentForm(input), role, version };
    await services.team.updateAgent(managerOf({ caller, request }), id, form);
    return {};
  },
});
