import {
  type AccountRole,
  accountRoles,
  type ChatRole,
  chatRoles,
  findScope,
  type RoleNeed,
  type ScopeId,
  scopeCatalogue,
} from '../wire/scope_catalogue.ts';
import { type ScopeSet, type ScopesLike, scopeSet } from './scopes_set.ts';

export { everyScope, expandScopes, noScopes, ScopeSet, type ScopesLike, scopeSet } from './scopes_set.ts';
export {
  formatScopes,
  type ParsedScopes,
  parseScopes,
  type ScopeDialect,
  type ScopeProblem,
} from './scopes_text.ts';

/** The two roles of a membership. */
export type Roles = { readonly account: AccountRole; readonly chat: ChatRole };

export type DeniedScope = { readonly scope: ScopeId; readonly neededRole: RoleNeed };
export type Grantable = { readonly granted: ScopeSet; readonly denied: readonly DeniedScope[] };

/** Do the granted scopes contain every wanted one, by name or by implication? True when none is wanted. */
export function covers(granted: ScopesLike, wanted: ScopesLike): boolean {
  const held = scopeSet(granted);
  return scopeSet(wanted).ids.every((id) => held.has(id));
}

/**
 * How much of the organization a scope reaches, 0 the widest: `all`, then `access` and `groups` (the
 * caller's groups), then `my`. A scope without a level knows no narrower form, so that it counts as widest.
 */
const reachRanks: ReadonlyMap<ScopeId, number> = new Map(
  scopeCatalogue.map(({ id }) => {
    const level = /--([a-z]+):/.exec(id)?.[1];
    return [id, level === 'my' ? 2 : level === 'access' || level === 'groups' ? 1 : 0];
  }),
);

/**
 * Which of a method's scope alternatives the caller holds: the one with the widest reach, the first
 * declared among equals, `undefined` when none. Handlers narrow rows by the answer (`chats--all:ro` sees
 * all groups, `chats--access:ro` the caller's), so a caller who holds more is never shown less.
 */
export function satisfy(granted: ScopesLike, anyOf: readonly ScopeId[]): ScopeId | undefined {
  const held = scopeSet(granted);
  let best: ScopeId | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const id of anyOf) {
    const rank = reachRanks.get(id) ?? 0;
    if (rank < bestRank && held.has(id)) {
      best = id;
      bestRank = rank;
    }
  }
  return best;
}

/**
 * The one among alternatives that asks for the least: the narrowest reach, then the fewest implied scopes, the
 * last declared among equals.
 */
export function modestScope(anyOf: readonly ScopeId[]): ScopeId | undefined {
  let best: ScopeId | undefined;
  for (const id of anyOf) if (best === undefined || modesty(id) >= modesty(best)) best = id;
  return best;
}

function modesty(id: ScopeId): number {
  return (reachRanks.get(id) ?? 0) * 1_000 - findScope(id).implies.length;
}

/**
 * Splits scopes by what these roles may be given. A denied scope is named as it stands, with the role it
 * needs: nothing narrower is given in its place, since the app did not ask for that.
 */
export function grantableScopes(scopes: ScopesLike, roles: Roles): Grantable {
  const granted: ScopeId[] = [];
  const denied: DeniedScope[] = [];
  for (const id of scopeSet(scopes).ids) {
    const need = findScope(id).role;
    if (need === null || meetsNeed(need, roles)) granted.push(id);
    else denied.push({ scope: id, neededRole: need });
  }
  return { granted: scopeSet(granted), denied };
}

const effectiveMemory = new WeakMap<ScopeSet, Map<string, ScopeSet>>();

/**
 * What a token's scopes still open for the roles its account has now. Unlike `grantableScopes` it keeps
 * what a lost scope implied: an administrator who became a normal agent no longer reads all chats with
 * `chats--all:ro`, but still reads those of the own groups. One lookup after the first call for a set.
 */
export function effectiveScopes(token: ScopesLike, roles: Roles): ScopeSet {
  const held = scopeSet(token);
  const key = `${roles.account} ${roles.chat}`;
  let memory = effectiveMemory.get(held);
  if (!memory) {
    memory = new Map();
    effectiveMemory.set(held, memory);
  }
  let effective = memory.get(key);
  if (!effective) {
    effective = fewest(grantableScopes(held.expanded, roles).granted);
    memory.set(key, effective);
  }
  return effective;
}

/**
 * The rights that both lists contain, implications included, in the fewest ids: `chats--all:rw` with
 * `chats--all:ro,chats--my:rw` gives the latter two; with `chats--all:rw` it gives itself.
 */
export function intersect(first: ScopesLike, second: ScopesLike): ScopeSet {
  const other = scopeSet(second);
  return fewest(scopeSet(scopeSet(first).expanded.filter((id) => other.has(id))));
}

export type Narrowed =
  | { readonly ok: true; readonly scopes: ScopeSet }
  | { readonly ok: false; readonly excess: readonly ScopeId[] };

/**
 * A request for fewer scopes than were granted, as a refresh may carry (RFC 6749 §6: it must not include
 * any that was not granted). Gives the wanted scopes as they were asked for, or the ones that go too far.
 */
export function narrow(granted: ScopesLike, wanted: ScopesLike): Narrowed {
  const excess = addedScopes(granted, wanted);
  return excess.length === 0 ? { ok: true, scopes: scopeSet(wanted) } : { ok: false, excess };
}

/**
 * Without OpenID Connect's scopes, which LiveChat's dialect does not know: it neither takes nor names them.
 */
export function livechatScopes(scopes: ScopesLike): ScopeSet {
  return scopeSet(scopeSet(scopes).ids.filter((id) => !findScope(id).standardOnly));
}

/** Scopes of the new list that the old one did not contain, by name or by implication. */
export function addedScopes(old: ScopesLike, now: ScopesLike): readonly ScopeId[] {
  const before = scopeSet(old);
  return scopeSet(now).ids.filter((id) => !before.has(id));
}

/** The same rights without the scopes that another one of the set implies. */
export function fewest(scopes: ScopesLike): ScopeSet {
  const { ids } = scopeSet(scopes);
  const implied = new Set(ids.flatMap((id) => findScope(id).implies));
  return scopeSet(ids.filter((id) => !implied.has(id)));
}

/** Does an account with these roles have at least the needed one? */
export function meetsNeed(need: RoleNeed, roles: Roles): boolean {
  return need.kind === 'chat'
    ? chatRoles.indexOf(roles.chat) >= chatRoles.indexOf(need.role)
    : accountRoles.indexOf(roles.account) >= accountRoles.indexOf(need.role);
}
