import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { AccountId, AccountWithProperties, memberOf, needAllFor, presentWithProperties } from './account.ts';

export const getAccount = accountsMethod({
  name: 'get_account',
  summary: 'Get an account',
  description: 'Accounts of others need `accounts--all:ro`; roles come with `accounts.roles--all:ro`.',
  http: { method: 'GET', path: '/v2/accounts/:account_id' },
  scopes: ['accounts--my:ro'],
  partScopes: ['accounts.roles--all:ro'],
  input: Type.Object({ account_id: AccountId }),
  output: AccountWithProperties,
  errors: ['not_found'],
  example: { account_id: 'me' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler({ caller, input, services }) {
    needAllFor(caller, input.account_id, 'accounts--all:ro');
    const member = await memberOf(services, caller, input.account_id);
    const facts = await services.accounts.factsOf(caller.organization.licenseId, member.account.id);
    return presentWithProperties(services, member, facts, caller);
  },
});
