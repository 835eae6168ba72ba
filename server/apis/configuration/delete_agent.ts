import Type from 'typebox';
import { agentId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { managerOf } from './manager.ts';
import { checkHolds } from './private_scopes.ts';
import { checkSelf, isSelf } from './reach.ts';

export const deleteAgent = agentMethod({
  api: 'configuration',
  name: 'delete_agent',
  summary: 'Remove an agent from the organization.',
  description:
    'Ends their tokens in the organization for good; their open chats go to others. Their account stays. The last owner stays. Yourself with `agents--my:rw` and `accounts--my:rw`; others with `agents--all:rw` and `accounts--all:rw`.',
  scopes: ['agents--all:rw', 'agents--my:rw'],
  partScopes: ['accounts--my:rw', 'accounts--all:rw'],
  input: Type.Object({ id: agentId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: { id: 'grace@example.com' },
  source: 'management/configuration-api#delete-agent',
  async handler({ caller, input, services, reach, request }) {
    if (reach === 'my') checkSelf(caller, input.id, ['agents--all:rw', 'accounts--all:rw']);
    const self = isSelf(caller, input.id);
    checkHolds(caller, self ? 'accounts--my:rw' : 'accounts--all:rw', 'remove an agent');
    await services.team.deleteAgent(managerOf({ caller, request }), input.id, caller.organization.id);
    return {};
  },
});
