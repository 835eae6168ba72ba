import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';
import { checkHolds } from './private_scopes.ts';

export const unsuspendAgent = agentMethod({
  api: 'configuration',
  name: 'unsuspend_agent',
  summary: 'Lift an agent’s suspension.',
  description: 'Their tokens work again. One who waits for approval is approved instead.',
  scopes: ['agents--all:rw'],
  partScopes: ['accounts--all:rw', 'subscription.lc:rw'],
  input: Type.Object({ id: agentId }),
  output: Type.Object({}),
  errors: ['not_found', 'limit_reached'],
  example: { id: 'grace@example.com' },
  source: 'management/configuration-api#unsuspend-agent',
  async handler({ caller, input, services, request }) {
    checkHolds(caller, 'accounts--all:rw', 'lift a suspension');
    checkHolds(caller, 'subscription.lc:rw', 'lift a suspension');
    await services.team.unsuspendAgent(managerOf({ caller, request }), input.id);
    return {};
  },
});
