import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { AccountId, accountIdOf, memberOf, needAllFor, refuseBots } from './account.ts';
import { managerOf } from './manager.ts';

export const deleteAccount = accountsMethod({
  name: 'delete_account',
  summary: 'Delete an account',
  description:
    'Takes it out of the organization, with all its tokens there; an account that belongs to no other organization is gone for good. One’s own with `accounts--my:rw`, those of others with `accounts--all:rw`. The last active owner stays.',
  http: { method: 'DELETE', path: '/v2/accounts/:account_id' },
  scopes: ['accounts--my:rw'],
  input: Type.Object({ account_id: AccountId }),
  output: Type.Object({}),
  errors: ['not_found', 'conflict', 'limit_reached'],
  example: { account_id: 'b5657aff-34dd-4e4a-8c9c-5b4c2e0bd8b0' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    refuseBots(caller);
    needAllFor(caller, input.account_id, 'accounts--all:rw');
    const { account } = await memberOf(services, caller, accountIdOf(caller, input.account_id));
    await services.accounts.remove(managerOf(call), caller.organization.id, account.id);
    return {};
  },
});
