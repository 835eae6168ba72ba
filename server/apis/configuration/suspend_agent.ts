import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';
import { checkHolds } from './private_scopes.ts';

export const suspendAgent = agentMethod({
  api: 'configuration',
  name: 'suspend_agent',
  summary: 'Suspend an agent.',
  description:
    'Their tokens and sessions open nothing of the organization from then on, their open chats go to others, and new ones are routed past them. The last owner stays. Takes an owner or administrator of the organization.',
  scopes: ['agents--all:rw'],
  partScopes: ['sessions--all:rw'],
  input: Type.Object({ id: agentId }),
  output: Type.Object({}),
  errors: ['not_found', 'limit_reached'],
  example: { id: 'grace@example.com' },
  source: 'management/configuration-api#suspend-agent',
  async handler({ caller, input, services, request }) {
    checkHolds(caller, 'sessions--all:rw', 'suspend an agent');
    await services.team.suspendAgent(managerOf({ caller, request }), input.id);
    return {};
  },
});
