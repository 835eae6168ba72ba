import Type, { type Static } from 'typebox';
import { scopeCatalogue } from '../../wire/scope_catalogue.ts';
import type { AccountRole, ChatRole, RoleNeed } from '../../wire/scope_catalogue_types.ts';
import { accountRoles, chatRoles } from '../../wire/scope_catalogue_types.ts';

export const Role = Type.Object({
  role_id: Type.String(),
  product: Type.Enum(['Accounts', 'LiveChat']),
  role: Type.String(),
  type: Type.Literal('primary'),
  predefined: Type.Boolean(),
});
export type Role = Static<typeof Role>;

/** The same in every organization, and for ever: clients keep them. */
const IDS: Record<string, string> = {
  'Accounts owner': '6e1c4d1a-3c0b-4b52-9a55-0b9d6a7f0001',
  'Accounts administrator': '6e1c4d1a-3c0b-4b52-9a55-0b9d6a7f0002',
  'Accounts member': '6e1c4d1a-3c0b-4b52-9a55-0b9d6a7f0003',
  'LiveChat administrator': '6e1c4d1a-3c0b-4b52-9a55-0b9d6a7f0011',
  'LiveChat normal': '6e1c4d1a-3c0b-4b52-9a55-0b9d6a7f0012',
};

function roleOf(product: Role['product'], role: AccountRole | ChatRole): Role {
  return { role_id: IDS[`${product} ${role}`] ?? '', product, role, type: 'primary', predefined: true };
}

/** All that somebody can have here, the highest first. */
export const roles: readonly Role[] = [
  ...accountRoles.toReversed().map((role) => roleOf('Accounts', role)),
  ...chatRoles.toReversed().map((role) => roleOf('LiveChat', role)),
];

/** The two that a member has. */
export function rolesOf(membership: { accountRole: AccountRole; chatRole: ChatRole }): Role[] {
  return [roleOf('Accounts', membership.accountRole), roleOf('LiveChat', membership.chatRole)];
}

/** The scopes that a role may be given, separated by commas. */
export function scopesOfRole({ product, role }: Role): string {
  const within = (need: RoleNeed): boolean =>
    product === 'Accounts'
      ? need.kind === 'account' &&
        accountRoles.indexOf(need.role) <= accountRoles.indexOf(role as AccountRole)
      : need.kind === 'chat' && chatRoles.indexOf(need.role) <= chatRoles.indexOf(role as ChatRole);
  return scopeCatalogue
    .filter((scope) => scope.role !== null && within(scope.role))
    .map(({ id }) => id)
    .join(',');
}
