import { accountScopes } from './scope_catalogue_accounts.ts';
import { chatScopes } from './scope_catalogue_chats.ts';
import { openidScopes } from './scope_catalogue_openid.ts';
import { settingScopes } from './scope_catalogue_settings.ts';
import type { ScopeData } from './scope_catalogue_types.ts';

export type { AccountRole, ChatRole, RoleNeed } from './scope_catalogue_types.ts';
export { accountRoles, chatRoles } from './scope_catalogue_types.ts';

/** The id of a scope that exists. */
export type ScopeId =
  | (typeof chatScopes)[number]['id']
  | (typeof settingScopes)[number]['id']
  | (typeof accountScopes)[number]['id']
  | (typeof openidScopes)[number]['id'];

export type Scope = Omit<ScopeData, 'id' | 'implies' | 'selectable' | 'standardOnly'> & {
  readonly id: ScopeId;
  readonly implies: readonly ScopeId[];
  /** May an app or a personal access token choose it? */
  readonly selectable: boolean;
  /** Of OpenID Connect: known to the standard dialect alone. */
  readonly standardOnly: boolean;
};

/** A scope's line in the data, whose implied ids the compiler holds to the ids that exist. */
type ScopeLine = ScopeData & { readonly id: ScopeId; readonly implies: readonly ScopeId[] };
const lines: readonly ScopeLine[] = [...chatScopes, ...settingScopes, ...accountScopes, ...openidScopes];

/**
 * Every scope there is, in the order in which people are shown them. Besides the scopes that LiveChat's
 * scope list defines (authorization/scopes) it holds those that only its method tables mention, because
 * an app that was told to ask for one must be able to; and last those of OpenID Connect, which are our own.
 */
export const scopeCatalogue: readonly Scope[] = Object.freeze(
  lines.map((line) =>
    Object.freeze({
      ...line,
      selectable: line.selectable ?? true,
      standardOnly: line.standardOnly ?? false,
    }),
  ),
);

const scopesById: ReadonlyMap<string, Scope> = new Map(scopeCatalogue.map((scope) => [scope.id, scope]));

/** Is this text, spelled exactly so, the id of a scope? */
export function isScopeId(text: string): text is ScopeId {
  return scopesById.has(text);
}

/** The scope with this id; `undefined` when there is none. A `ScopeId` always has one. */
export function findScope(id: ScopeId): Scope;
export function findScope(id: string): Scope | undefined;
export function findScope(id: string): Scope | undefined {
  return scopesById.get(id);
}

/** Place of each scope in the catalogue: the canonical order of a list of scopes. */
export const scopeRank: ReadonlyMap<ScopeId, number> = new Map(
  scopeCatalogue.map((scope, index) => [scope.id, index]),
);
