import Type, { type Static } from 'typebox';
import type { AccountRole, ChatRole } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { Product } from './account.ts';
import { type Role, roles } from './roles.ts';

/** A role by its id, or by product and name. */
export const RoleEntry = Type.Object({
  role_id: Type.Optional(Type.String({ maxLength: 64 })),
  product: Type.Optional(Product),
  role: Type.Optional(Type.String({ maxLength: 64 })),
});
export type RoleEntry = Static<typeof RoleEntry>;

export const RoleEntries = Type.Array(RoleEntry, { maxItems: 20 });

export interface WantedRoles {
  accountRole?: AccountRole;
  chatRole?: ChatRole;
}

/**
 * LiveChat's chat product knew two roles more; its guide says what they became (docs: authorization/global-accounts).
 */
const FORMER: Readonly<Record<string, WantedRoles>> = {
  owner: { accountRole: 'owner', chatRole: 'administrator' },
  viceowner: { accountRole: 'administrator', chatRole: 'administrator' },
  agent: { chatRole: 'normal' },
};

/**
 * Which roles a list names; of one product the last counts.
 * @param field of the list, for words
 * @throws GatehouseError `validation`; `not_found` for an id that no role has
 */
export function rolesNamed(entries: readonly RoleEntry[], field: string): WantedRoles {
  const named: WantedRoles[] = entries.map(({ role_id: id, product, role }, place) => {
    const where = `${field}[${place}]`;
    if (id !== undefined) {
      const found = roles.find((one) => one.role_id === id.toLowerCase());
      if (!found)
        throw new GatehouseError(
          'not_found',
          `\`${where}.role_id\`: no role has this id. list_roles tells them.`,
          {
            data: { resource_name: 'role', resource_id: id },
          },
        );
      return wanted(found);
    }
    if (product === undefined || role === undefined)
      throw invalid(where, 'A role is named by role_id, or by product and role.');
    if (product === 'LiveChat' && FORMER[role]) return FORMER[role];
    const found = roles.find((one) => one.product === product && one.role === role);
    if (!found) {
      const names = roles.filter((one) => one.product === product).map((one) => one.role);
      throw invalid(`${where}.role`, `${product} has no role "${role}". It has ${names.join(', ')}.`);
    }
    return wanted(found);
  });
  return Object.assign({}, ...named) as WantedRoles;
}

function wanted({ product, role }: Role): WantedRoles {
  return product === 'Accounts' ? { accountRole: role as AccountRole } : { chatRole: role as ChatRole };
}

/**
 * What roles a member has after these were taken away: each product has one at least, the lowest.
 * @throws GatehouseError `validation` where the lowest is to go
 */
export function rolesWithout(
  taken: WantedRoles,
  now: { accountRole: AccountRole; chatRole: ChatRole },
): WantedRoles {
  if (taken.accountRole === 'member' && now.accountRole === 'member')
    throw invalid('delete_roles', 'Everybody has a role of Accounts: member is the lowest, and stays.');
  if (taken.chatRole === 'normal' && now.chatRole === 'normal')
    throw invalid('delete_roles', 'Everybody has a role of LiveChat: normal is the lowest, and stays.');
  return {
    ...(taken.accountRole === now.accountRole ? { accountRole: 'member' as const } : {}),
    ...(taken.chatRole === now.chatRole ? { chatRole: 'normal' as const } : {}),
  };
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `\`${field}\`: ${message}`, { fields: [{ field, message }] });
}
