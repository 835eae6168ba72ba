import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { Account, AccountId, memberOf, presentAccount } from './account.ts';

export const getAccount = accountsMethod({
  name: 'get_account',
  summary: 'Get an account',
  description: 'Accounts of others need `accounts--all:ro`; roles come with `accounts.roles--all:ro`.',
  http: { method: 'GET', path: '/v2/accounts/:account_id' },
  scopes: ['accounts--my:ro'],
  partScopes: ['accounts.roles--all:ro'],
  input: Type.Object({ account_id: AccountId }),
  output: Account,
  errors: ['not_found'],
  example: { account_id: 'me' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler({ caller, input, services }) {
    const own = input.account_id === 'me' || input.account_id.toLowerCase() === caller.accountId;
    if (!own && !caller.scopes.has('accounts--all:ro'))
      throw new GatehouseError(
        'authorization',
        'Reading the account of somebody else needs the scope accounts--all:ro. Your own is at /v2/accounts/me.',
        { data: { required_scopes: ['accounts--all:ro'] }, reason: 'scope_missing' },
      );
    return presentAccount(await memberOf(services, caller, input.account_id), caller);
  },
});
