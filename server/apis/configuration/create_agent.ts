import Type from 'typebox';
import { givenRoles } from '../../domain/team/agent_roles.ts';
import { agentMethod } from '../registry/method.ts';
import { agentSettings, readAgentForm } from './agent_form.ts';
import { managerOf } from './manager.ts';
import { checkHolds, holds } from './private_scopes.ts';

export const createAgent = agentMethod({
  api: 'configuration',
  name: 'create_agent',
  summary: 'Add an agent to the organization.',
  description:
    'Somebody new gets an account and a mail to choose its password. Whoever has an account already is invited by mail, and is the agent from when they accept. With `accounts--all:rw` of an owner or administrator the agent may work at once; with `accounts--all:rc` they wait for approval. A role above `normal` takes `accounts.roles.lc--all:rw`, too.',
  scopes: ['accounts--all:rw', 'accounts--all:rc'],
  partScopes: ['subscription.lc:rw', 'accounts.roles.lc--all:rw'],
  input: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 255, description: 'The agent’s e-mail.' }),
    name: Type.String({ minLength: 1, maxLength: 255 }),
    role: Type.Optional(Type.Enum([...givenRoles], { description: '`normal` where none is named.' })),
    awaiting_approval: Type.Optional(Type.Boolean()),
    ...agentSettings,
  }),
  output: Type.Object({ id: Type.String() }),
  errors: ['already_exists', 'limit_reached'],
  example: { id: 'grace@example.com', name: 'Grace Hopper', max_chats_count: 4 },
  source: 'management/configuration-api#create-agent',
  async handler({ caller, input, services, request }) {
    const { id: email, name, role = 'normal', awaiting_approval: asked } = input;
    if (role !== 'normal') checkHolds(caller, 'accounts.roles.lc--all:rw', `give the role ${role}`);
    if (asked === false) {
      checkHolds(caller, 'accounts--all:rw', 'add an agent who waits for no approval');
      checkHolds(caller, 'subscription.lc:rw', 'add an agent who waits for no approval');
    }
    const free = holds(caller, 'accounts--all:rw') && holds(caller, 'subscription.lc:rw');
    const id = await services.team.createAgent(managerOf({ caller, request }), {
      ...readAgentForm(input),
      email,
      name,
      role,
      awaitingApproval: asked ?? !free,
    });
    return { id };
  },
});
