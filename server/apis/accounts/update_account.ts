import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import {
  Account,
  AccountId,
  accountIdOf,
  memberOf,
  needAllFor,
  needScope,
  Product,
  presentAccount,
  refuseBots,
} from './account.ts';
import { checkDefaultOrganization, DefaultOrganizationId } from './default_organization.ts';
import { managerOf } from './manager.ts';
import { RoleEntries, rolesNamed } from './role_entries.ts';

export const updateAccount = accountsMethod({
  name: 'update_account',
  summary: 'Change an account',
  description:
    'One’s own with `accounts--my:rw`; those of others with `accounts--all:rw`, where they belong to this organization alone and stand no higher than the caller. `roles` are set as by `set_account_roles`, with `accounts.roles--all:rw`. The e-mail stays.',
  http: { method: 'PATCH', path: '/v2/accounts/:account_id' },
  scopes: ['accounts--all:rw', 'accounts--my:rw'],
  partScopes: ['accounts.roles--all:rw'],
  input: Type.Object({
    account_id: AccountId,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 191 })),
    default_product: Type.Optional(Product),
    default_organization_id: Type.Optional(DefaultOrganizationId),
    avatar_url: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
    roles: Type.Optional(RoleEntries),
  }),
  output: Account,
  errors: ['not_found', 'conflict', 'limit_reached'],
  example: { account_id: 'me', name: 'Olivia Owner' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    refuseBots(caller);
    needAllFor(caller, input.account_id, 'accounts--all:rw');
    const { licenseId } = caller.organization;
    const id = accountIdOf(caller, input.account_id);
    await memberOf(services, caller, id);
    const wanted = rolesNamed(input.roles ?? [], 'roles');
    if (Object.keys(wanted).length > 0) {
      needScope(caller, 'accounts.roles--all:rw', 'Giving roles');
      await services.accounts.setRoles(managerOf(call), id, wanted);
    }
    const defaultLicenseId = checkDefaultOrganization(caller, input.default_organization_id);
    if (input.name !== undefined || input.default_product !== undefined || defaultLicenseId !== undefined)
      await services.accounts.update(managerOf(call), id, {
        ...(input.name === undefined ? {} : { name: input.name }),
        ...(input.default_product === undefined ? {} : { defaultProduct: input.default_product }),
        ...(defaultLicenseId === undefined ? {} : { defaultLicenseId }),
      });
    if (input.avatar_url !== undefined)
      await services.accounts.pictures.setUrl(licenseId, id, input.avatar_url);
    return presentAccount(services, await memberOf(services, caller, id), caller);
  },
});
