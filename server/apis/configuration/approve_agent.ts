import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';
import { checkHolds } from './private_scopes.ts';

export const approveAgent = agentMethod({
  api: 'configuration',
  name: 'approve_agent',
  summary: 'Approve an agent who waits for it.',
  description: 'From then on they may work. Of one who is approved already nothing changes.',
  scopes: ['agents--all:rw'],
  partScopes: ['accounts--all:rw', 'subscription.lc:rw'],
  input: Type.Object({ id: agentId }),
  output: Type.Object({}),
  errors: ['not_found', 'limit_reached'],
  example: { id: 'grace@example.com' },
  source: 'management/configuration-api#approve-agent',
  async handler({ caller, input, services, request }) {
    checkHolds(caller, 'accounts--all:rw', 'approve an agent');
    checkHolds(caller, 'subscription.lc:rw', 'approve an agent');
    await services.team.approveAgent(managerOf({ caller, request }), input.id);
    return {};
  },
});
