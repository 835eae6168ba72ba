import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { AccountWithProperties, presentWithProperties } from './account.ts';

export const listAccounts = accountsMethod({
  name: 'list_accounts',
  summary: 'List the accounts of the organization',
  description: 'Roles come with `accounts.roles--all:ro`.',
  http: { method: 'GET', path: '/v2/accounts' },
  scopes: ['accounts--all:ro'],
  partScopes: ['accounts.roles--all:ro'],
  input: Type.Object({}),
  output: Type.Array(AccountWithProperties),
  source: 'authorization/global-accounts-api#Accounts',
  async handler({ caller, services }) {
    const { licenseId } = caller.organization;
    const [members, facts] = await Promise.all([
      services.identity.members(licenseId),
      services.accounts.facts(licenseId),
    ]);
    return members.map((member) =>
      presentWithProperties(services, member, facts.get(member.account.id), caller),
    );
  },
});
