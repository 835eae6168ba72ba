import Type, { type Static } from 'typebox';
import type { Member } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import { Role, rolesOf } from './roles.ts';

export const AccountId = Type.String({ maxLength: 64, description: 'A UUID, or `me`.' });

export const Account = Type.Object({
  account_id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  email_verified: Type.Boolean(),
  default_product: Type.Literal('LiveChat'),
  default_organization_id: Type.String(),
  avatar_url: Type.Null(),
  roles: Type.Optional(Type.Array(Role, { description: 'With `accounts.roles--all:ro`.' })),
  created_at: Type.String(),
});
export type Account = Static<typeof Account>;

/** A member as an account on the wire; their roles are for those who may read roles. */
export function presentAccount({ account, membership }: Member, caller: AgentCaller): Account {
  return {
    account_id: account.id,
    name: account.name,
    email: account.email,
    email_verified: account.emailConfirmedAt !== null,
    default_product: 'LiveChat',
    default_organization_id: caller.organization.id,
    avatar_url: null,
    ...(caller.scopes.has('accounts.roles--all:ro') ? { roles: rolesOf(membership) } : {}),
    created_at: formatTimestamp(account.createdAt),
  };
}

/** @throws GatehouseError `not_found`, the same for nobody and for somebody of another organization */
export async function memberOf(services: Services, caller: AgentCaller, accountId: string): Promise<Member> {
  const id = accountId === 'me' ? caller.accountId : accountId.toLowerCase();
  const member = isUuid(id) ? await services.identity.member(caller.organization.licenseId, id) : undefined;
  if (!member)
    throw new GatehouseError('not_found', 'There is no account with this id in your organization.');
  return member;
}
