import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Account, AccountId, memberOf, presentAccount } from './account.ts';
import { managerOf } from './manager.ts';
import { RoleEntries, rolesNamed, rolesWithout } from './role_entries.ts';

export const setAccountRoles = accountsMethod({
  name: 'set_account_roles',
  summary: 'Set or take away roles of an account',
  description:
    'Everybody has one role of Accounts and one of LiveChat: a role that is set takes the place of the other of its product, and one that is taken away leaves the lowest. It counts at once, for tokens that are out already, too. Nobody gives a role above their own, and the last active owner stays one.',
  http: { method: 'PUT', path: '/v2/accounts/:account_id/roles' },
  scopes: ['accounts.roles--all:rw'],
  input: Type.Object({
    account_id: AccountId,
    set_roles: Type.Optional(RoleEntries),
    delete_roles: Type.Optional(RoleEntries),
  }),
  output: Account,
  errors: ['not_found', 'conflict', 'limit_reached'],
  example: { account_id: 'me', set_roles: [{ product: 'LiveChat', role: 'administrator' }] },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    const { account, membership } = await memberOf(services, caller, input.account_id);
    const wanted = {
      ...rolesWithout(rolesNamed(input.delete_roles ?? [], 'delete_roles'), membership),
      ...rolesNamed(input.set_roles ?? [], 'set_roles'),
    };
    if (Object.keys(wanted).length > 0) await services.accounts.setRoles(managerOf(call), account.id, wanted);
    return presentAccount(services, await memberOf(services, caller, account.id), caller);
  },
});
