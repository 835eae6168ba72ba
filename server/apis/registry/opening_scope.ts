import { GatehouseError } from '../../kernel/errors.ts';
import { type ScopeSet, satisfy } from '../../oauth/scopes.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import type { Reach } from './caller.ts';

/**
 * The scope that opens a method; undefined where it asks for none.
 * @throws GatehouseError `authorization` that names the scopes it needs
 */
export function openingScope(name: string, held: ScopeSet, wanted: readonly ScopeId[]): ScopeId | undefined {
  if (wanted.length === 0) return undefined;
  const scope = satisfy(held, wanted);
  if (scope === undefined) throw missingScope(name, wanted);
  return scope;
}

function missingScope(name: string, wanted: readonly string[]): GatehouseError {
  const words = wanted.length > 1 ? `one of the scopes ${wanted.join(', ')}` : `the scope ${wanted[0]}`;
  return new GatehouseError(
    'authorization',
    `${name} needs ${words}, and this credential has none of them, or the role of its account does not allow it.`,
    { data: { required_scopes: wanted }, reason: 'scope_missing' },
  );
}

/** How far a scope reaches; everything where none was asked for. */
export function reachOf(scope: string | undefined): Reach {
  const level = /--([a-z]+):/.exec(scope ?? '')?.[1];
  return level === 'my' || level === 'access' ? level : 'all';
}
