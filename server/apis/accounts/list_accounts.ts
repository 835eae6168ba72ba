import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Account, presentAccount } from './account.ts';

export const listAccounts = accountsMethod({
  name: 'list_accounts',
  summary: 'List the accounts of the organization',
  description: 'Roles come with `accounts.roles--all:ro`.',
  http: { method: 'GET', path: '/v2/accounts' },
  scopes: ['accounts--all:ro'],
  partScopes: ['accounts.roles--all:ro'],
  input: Type.Object({}),
  output: Type.Array(Account),
  source: 'authorization/global-accounts-api#Accounts',
  async handler({ caller, services }) {
    const members = await services.identity.members(caller.organization.licenseId);
    return members.map((member) => presentAccount(member, caller));
  },
});
