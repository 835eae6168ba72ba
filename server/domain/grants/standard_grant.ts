import type { Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import type { Grant } from './records.ts';

/** Writes down what an account allowed an app; part of the unit of work that issues what follows from it. */
export async function giveGrant(
  stores: Stores,
  tools: { identifiers: Identifiers; audit: Audit },
  given: { licenseId: number; accountId: string; clientId: string; scopes: ScopeSet },
  actor: Actor,
  now: Micros,
): Promise<Grant> {
  const { licenseId, accountId, clientId, scopes } = given;
  const before = await stores.grants.grant(licenseId, accountId, clientId);
  const grant = await stores.grants.putGrant({
    key: before?.key ?? tools.identifiers.key(),
    id: before?.id ?? tools.identifiers.uuid(),
    licenseId,
    accountId,
    clientId,
    scopes: mergedScopes(before?.scopes, scopes),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  });
  if (grant.scopes !== before?.scopes)
    await tools.audit(stores, actor, before ? 'grant.grown' : 'grant.given', {
      licenseId,
      accountId,
      clientId,
      detail: { scopes: scopes.ids },
    });
  return grant;
}

/** What was allowed before stays allowed: a narrower request does not take anything back. */
function mergedScopes(before: string | undefined, now: ScopeSet): string {
  return before === undefined ? now.key : scopeSet([...before.split(' '), ...now.ids]).key;
}
