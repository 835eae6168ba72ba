/** Role of an agent in the chat product, the least powerful first. */
export const chatRoles = ['normal', 'administrator'] as const;
export type ChatRole = (typeof chatRoles)[number];

/** Role of an account in its organization, the least powerful first. */
export const accountRoles = ['member', 'administrator', 'owner'] as const;
export type AccountRole = (typeof accountRoles)[number];

/**
 * The least role that may be given a scope. `kind` says which of the two roles of a membership counts:
 * `administrator` exists in both, and the two are independent of one another.
 */
export type RoleNeed =
  | { readonly kind: 'chat'; readonly role: ChatRole }
  | { readonly kind: 'account'; readonly role: AccountRole };

export const anyAgent = { kind: 'chat', role: 'normal' } as const satisfies RoleNeed;
export const chatAdministrator = { kind: 'chat', role: 'administrator' } as const satisfies RoleNeed;
export const anyMember = { kind: 'account', role: 'member' } as const satisfies RoleNeed;
export const accountAdministrator = { kind: 'account', role: 'administrator' } as const satisfies RoleNeed;
export const accountOwner = { kind: 'account', role: 'owner' } as const satisfies RoleNeed;

/** One scope as it stands in the catalogue's data files. */
export type ScopeData = {
  /** As it appears on the wire; case matters. */
  readonly id: string;
  /** A few words, for a list in the Console. */
  readonly title: string;
  /** An imperative fragment without a full stop, read on the consent page after the app's name. */
  readonly consent: string;
  /** Heading under which the Console shows it. */
  readonly group: string;
  /** `null`: bound to no role, whoever belongs to the organization may be given it. */
  readonly role: RoleNeed | null;
  /** Every scope that this one contains, transitively, without itself. */
  readonly implies: readonly string[];
  /** `false`: methods know it, but neither an app nor a personal access token can choose it. */
  readonly selectable?: false;
  /** Gatehouse's own: the standard dialect knows it, LiveChat's leaves it out. It opens no method. */
  readonly standardOnly?: true;
};
