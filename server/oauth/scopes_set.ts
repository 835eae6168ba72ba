import { findScope, isScopeId, type ScopeId, scopeCatalogue, scopeRank } from '../wire/scope_catalogue.ts';

/**
 * An immutable set of scopes together with everything they imply. Built once per token or app and asked on
 * every request: `has` is one lookup. Equal lists give the same object while it is remembered, but compare
 * two sets by `key`, not by identity.
 */
export class ScopeSet {
  /** The scopes that were named, in catalogue order, each once. */
  readonly ids: readonly ScopeId[];
  /** The named scopes and all that they imply, in catalogue order. */
  readonly expanded: readonly ScopeId[];
  /** The named scopes as one text: equal for equal sets. */
  readonly key: string;
  readonly #closure: ReadonlySet<ScopeId>;

  constructor(ids: readonly ScopeId[]) {
    const closure = new Set(ids.flatMap((id) => [id, ...findScope(id).implies]));
    this.#closure = closure;
    this.ids = Object.freeze([...ids]);
    this.expanded = Object.freeze(inCatalogueOrder(closure));
    this.key = this.ids.join(' ');
    Object.freeze(this);
  }

  get isEmpty(): boolean {
    return this.ids.length === 0;
  }

  /** Does the set contain this scope, by name or by implication? */
  has(id: ScopeId): boolean {
    return this.#closure.has(id);
  }

  /** Was this very scope named? */
  names(id: ScopeId): boolean {
    return this.ids.includes(id);
  }
}

/** What the scope functions take: a set, or ids as they come from storage, a declaration or a form. */
export type ScopesLike = ScopeSet | Iterable<string>;

/**
 * How many different sets are remembered. Apps use few, but whoever asks for a token chooses a subset
 * freely, so that the memory must be bounded.
 */
const rememberedSets = 1024;
const remembered = new Map<string, ScopeSet>();

/**
 * Makes a `ScopeSet`. An id that is not in the catalogue is left out: a scope that was stored once and has
 * been withdrawn since opens nothing. Text that people or apps send goes through `parseScopes`, which
 * names what is unknown.
 */
export function scopeSet(scopes: ScopesLike): ScopeSet {
  if (scopes instanceof ScopeSet) return scopes;
  const ids = inCatalogueOrder(new Set([...scopes].filter(isScopeId)));
  const key = ids.join(' ');
  const known = remembered.get(key);
  if (known) return known;
  const made = new ScopeSet(ids);
  if (remembered.size >= rememberedSets) forgetOldest();
  remembered.set(key, made);
  return made;
}

export const noScopes: ScopeSet = scopeSet([]);
export const everyScope: ScopeSet = scopeSet(scopeCatalogue.map((scope) => scope.id));

/** The named scopes and all that they imply, in catalogue order. */
export function expandScopes(scopes: ScopesLike): readonly ScopeId[] {
  return scopeSet(scopes).expanded;
}

function inCatalogueOrder(ids: Iterable<ScopeId>): ScopeId[] {
  return [...ids].sort((a, b) => (scopeRank.get(a) ?? 0) - (scopeRank.get(b) ?? 0));
}

function forgetOldest(): void {
  for (const key of remembered.keys()) {
    remembered.delete(key);
    return;
  }
}
