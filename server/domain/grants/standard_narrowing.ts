import { GatehouseError } from '../../kernel/errors.ts';
import { narrowResources } from '../../oauth/resource_indicator.ts';
import { narrow, type ScopeSet } from '../../oauth/scopes.ts';
import type { TokenSubject } from './records.ts';

/** What a token request asks for less than was granted. */
export interface Narrowing {
  /** RFC 6749 §6, on refreshing. */
  scopes?: ScopeSet | undefined;
  /** RFC 8707 §2.2: stored names of APIs, joined by spaces. */
  resources?: string | null | undefined;
}

/**
 * Whom and what the access token of a token request stands for; the refresh token keeps all that was granted.
 * @throws GatehouseError `invalid_scope`, `invalid_target` when the request goes beyond the grant
 */
export function narrowed(granted: TokenSubject, wanted: Narrowing): TokenSubject {
  return { ...granted, scopes: narrowedScopes(granted, wanted), resources: narrowedTo(granted, wanted) };
}

function narrowedScopes({ scopes }: TokenSubject, wanted: Narrowing): string {
  if (wanted.scopes === undefined || wanted.scopes.isEmpty) return scopes;
  const less = narrow(scopes.split(' '), wanted.scopes);
  if (less.ok) return less.scopes.key;
  throw new GatehouseError(
    'invalid_scope',
    `The refresh token was not granted ${less.excess.join(' ')}. It has ${scopes}. Ask for some of these, or leave scope out.`,
    { reason: 'scope_not_granted' },
  );
}

function narrowedTo({ resources }: TokenSubject, wanted: Narrowing): string | null {
  const less = narrowResources(resources, wanted.resources ?? null);
  if (less !== undefined) return less;
  throw new GatehouseError(
    'invalid_target',
    'resource names an API that the authorization request did not. Ask for some of those that it named, or leave resource out.',
    { reason: 'resource_not_granted' },
  );
}
