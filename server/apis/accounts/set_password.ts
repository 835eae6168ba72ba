import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import {
  Account,
  AccountId,
  accountIdOf,
  memberOf,
  needAllFor,
  presentAccount,
  refuseBots,
} from './account.ts';
import { managerOf } from './manager.ts';

export const setPassword = accountsMethod({
  name: 'set_password',
  summary: 'Set the password of an account',
  description:
    'All sessions of the account end, with the tokens that were allowed in them; its person is told by mail. The password of somebody else needs `accounts--all:rw`, too, and an account of this organization alone. To let people choose it themselves, send them to `/forgot-password`.',
  http: { method: 'POST', path: '/v2/accounts/:account_id/password/reset' },
  scopes: ['accounts.password--my:rw'],
  input: Type.Object({
    account_id: AccountId,
    password: Type.String({ minLength: 8, maxLength: 255 }),
  }),
  output: Account,
  errors: ['not_found', 'conflict', 'too_many_requests'],
  example: { account_id: 'me', password: 'four blue lamps in the attic' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    refuseBots(caller);
    needAllFor(caller, input.account_id, 'accounts--all:rw');
    const { account } = await memberOf(services, caller, accountIdOf(caller, input.account_id));
    const member = await services.accounts.setPassword(managerOf(call), account.id, input.password);
    return presentAccount(services, member, caller);
  },
});
