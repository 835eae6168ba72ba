import Type from 'typebox';
import { created } from '../registry/created.ts';
import { accountsMethod } from '../registry/method.ts';
import { Account, needScope, Product, presentAccount } from './account.ts';
import { checkDefaultOrganization, DefaultOrganizationId } from './default_organization.ts';
import { managerOf } from './manager.ts';
import { RoleEntries, rolesNamed } from './role_entries.ts';

export const createAccount = accountsMethod({
  name: 'create_account',
  summary: 'Create an account in the organization',
  description:
    'Answers 201; and 200 with the account that is there where the e-mail is of a member already. Without `password` the person gets a mail with a link to choose one. Roles need `accounts.roles--all:rw`; without any it is a member and a normal agent. What a member creates waits, suspended, until an administrator approves of it.',
  http: { method: 'POST', path: '/v2/accounts' },
  scopes: ['accounts--all:rw', 'accounts--all:rc'],
  partScopes: ['accounts.roles--all:rw'],
  input: Type.Object({
    email: Type.String({ minLength: 1, maxLength: 128 }),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 191, description: 'Otherwise what stands before the @.' }),
    ),
    password: Type.Optional(Type.String({ minLength: 8, maxLength: 255 })),
    roles: Type.Optional(RoleEntries),
    default_product: Type.Optional(Product),
    default_organization_id: Type.Optional(DefaultOrganizationId),
    avatar_url: Type.Optional(
      Type.Union([Type.String({ maxLength: 255 }), Type.Null()], {
        description: 'As in the settings of the account in this organization.',
      }),
    ),
  }),
  output: Account,
  errors: ['not_found', 'conflict', 'too_many_requests'],
  example: { email: 'new.agent@example.com', name: 'Nora New' },
  source: 'authorization/global-accounts-api#Accounts',
  async handler(call) {
    const { caller, input, services } = call;
    if (input.roles !== undefined && input.roles.length > 0)
      needScope(caller, 'accounts.roles--all:rw', 'Giving roles');
    checkDefaultOrganization(caller, input.default_organization_id);
    const made = await services.accounts.create(managerOf(call), {
      email: input.email,
      name: input.name,
      password: input.password,
      defaultProduct: input.default_product,
      ...rolesNamed(input.roles ?? [], 'roles'),
    });
    const { member } = made;
    if (made.created && input.avatar_url)
      await services.accounts.pictures.setUrl(
        caller.organization.licenseId,
        member.account.id,
        input.avatar_url,
      );
    const answer = await presentAccount(services, member, caller);
    return made.created ? created(answer) : answer;
  },
});
