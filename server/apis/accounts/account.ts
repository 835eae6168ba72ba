import Type, { type Static } from 'typebox';
import { resource } from '../../domain/accounts/account_changes.ts';
import type { AccountFacts } from '../../domain/accounts/records.ts';
import type { Member } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import { Role, rolesOf } from './roles.ts';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
export const AccountId = Type.String({ pattern: `^(me|${UUID})$`, description: 'A UUID, or `me`.' });
export const OrganizationId = Type.String({ pattern: `^(my|${UUID})$`, description: 'Its UUID, or `my`.' });
export const Uuid = Type.String({ pattern: `^${UUID}$` });

export const Product = Type.Enum(['LiveChat', 'Accounts']);
const NullableText = Type.Union([Type.String(), Type.Null()]);

const ACCOUNT = {
  account_id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  email_verified: Type.Boolean(),
  default_product: Product,
  default_organization_id: Type.Union([Type.String(), Type.Null()], {
    description: 'Null where it is another than that of the credential.',
  }),
  avatar_url: NullableText,
  roles: Type.Optional(Type.Array(Role, { description: 'With `accounts.roles--all:ro`.' })),
  updated_at: Type.String(),
  created_at: Type.String(),
};

export const Account = Type.Object(ACCOUNT);
export type Account = Static<typeof Account>;

export const AccountWithProperties = Type.Object({
  ...ACCOUNT,
  properties: Type.Object({
    active: Type.Boolean({ description: 'Somebody has logged in with it.' }),
    mfa: Type.Boolean({ description: 'An authenticator app or a passkey.' }),
    LiveChat: Type.Object({ suspended: Type.Boolean() }),
    avatar_url: NullableText,
  }),
});
type AccountWithProperties = Static<typeof AccountWithProperties>;

const NO_FACTS: AccountFacts = {
  defaultProduct: 'LiveChat',
  defaultOrganizationId: null,
  updatedAt: null,
  active: false,
  mfa: false,
  picture: undefined,
};

/** A member as an account on the wire; their roles are for those who may read roles. */
export function presentWith(
  services: Services,
  { account, membership }: Member,
  facts: AccountFacts | undefined,
  { organization, scopes }: Pick<AgentCaller, 'organization' | 'scopes'>,
): Account {
  const { defaultProduct, defaultOrganizationId, updatedAt, picture } = facts ?? NO_FACTS;
  const isOwn = defaultOrganizationId === null || defaultOrganizationId === organization.id;
  return {
    account_id: account.id,
    name: account.name,
    email: account.email,
    email_verified: account.emailConfirmedAt !== null,
    default_product: defaultProduct,
    default_organization_id: isOwn ? organization.id : null,
    avatar_url: services.accounts.pictures.addressOf(picture),
    ...(scopes.has('accounts.roles--all:ro') ? { roles: rolesOf(membership) } : {}),
    updated_at: formatTimestamp(updatedAt ?? account.createdAt),
    created_at: formatTimestamp(account.createdAt),
  };
}

export async function presentAccount(
  services: Services,
  member: Member,
  caller: AgentCaller,
): Promise<Account> {
  const facts = await services.accounts.factsOf(caller.organization.licenseId, member.account.id);
  return presentWith(services, member, facts, caller);
}

export function presentWithProperties(
  services: Services,
  member: Member,
  facts: AccountFacts | undefined,
  caller: AgentCaller,
): AccountWithProperties {
  const { active, mfa, picture } = facts ?? NO_FACTS;
  return {
    ...presentWith(services, member, facts, caller),
    properties: {
      active,
      mfa,
      LiveChat: { suspended: member.membership.suspendedAt !== null },
      avatar_url: services.accounts.pictures.addressOf(picture),
    },
  };
}

/** Whom an id of the address means. */
export function accountIdOf(caller: AgentCaller, accountId: string): string {
  return accountId === 'me' ? caller.accountId : accountId.toLowerCase();
}

/** @throws GatehouseError `not_found`, the same for nobody and for somebody of another organization */
export async function memberOf(services: Services, caller: AgentCaller, accountId: string): Promise<Member> {
  const id = accountIdOf(caller, accountId);
  const member = await services.identity.member(caller.organization.licenseId, id);
  if (!member)
    throw new GatehouseError('not_found', 'There is no account with this id in your organization.', {
      data: resource(id),
    });
  return member;
}

/**
 * Others' accounts need the scope for all.
 * @throws GatehouseError `authorization`
 */
export function needAllFor(
  caller: AgentCaller,
  accountId: string,
  scope: 'accounts--all:ro' | 'accounts--all:rw',
) {
  if (accountIdOf(caller, accountId) !== caller.accountId)
    needScope(caller, scope, 'The account of somebody else');
}

/** @throws GatehouseError `authorization` that names the scope */
export function needScope(
  { scopes }: AgentCaller,
  scope: 'accounts--all:ro' | 'accounts--all:rw' | 'accounts.roles--all:rw',
  what: string,
): void {
  if (scopes.has(scope)) return;
  throw new GatehouseError(
    'authorization',
    `${what} needs the scope ${scope}, which this credential has not, or the role of its account does not allow.`,
    { data: { required_scopes: [scope] }, reason: 'scope_missing' },
  );
}

/** A bot is nobody's account. @throws GatehouseError `authorization` */
export function refuseBots({ credential }: AgentCaller): void {
  if (credential === 'bot_token')
    throw new GatehouseError('authorization', 'This is the token of a bot, which has no account.', {
      reason: 'bot_token',
    });
}
