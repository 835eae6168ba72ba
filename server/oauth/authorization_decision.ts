import type { AccountRole, ChatRole, ScopeId } from '../wire/scope_catalogue.ts';
import { passed, refused, type Step } from './authorization_problem.ts';
import type { RequestChecked } from './authorization_request.ts';
import { addedScopes, grantableScopes, noScopes, type ScopeSet } from './scopes.ts';

/** An organization that the person at the browser belongs to, and what they may do there. */
export interface OwnOrganization {
  id: string;
  licenseId: number;
  accountRole: AccountRole;
  chatRole: ChatRole;
  suspended: boolean;
}

export type OrganizationChoice =
  | { kind: 'chosen'; organization: OwnOrganization }
  /** The person must pick one. */
  | { kind: 'ask'; organizations: OwnOrganization[] };

/**
 * Where the app will work. A private app works in its own organization alone; a public one in any of the
 * person's, who is asked when there is more than one and the request names none.
 */
export function chooseOrganization(
  request: Pick<RequestChecked, 'client' | 'parameters'>,
  own: readonly OwnOrganization[],
): Step<OrganizationChoice> {
  const { client, parameters } = request;
  const active = own.filter((organization) => !organization.suspended);
  const eligible =
    client.visibility === 'private'
      ? active.filter((organization) => organization.licenseId === client.organization.licenseId)
      : active;
  if (eligible.length === 0)
    return refused({
      exception: 'access_denied',
      reason: 'private_app',
      parameter: 'client_id',
      check:
        'The app is private: only people of the organization that owns it can use it, and this account is not one of them.',
    });
  const wanted = parameters.organization_id;
  if (wanted) {
    const organization = eligible.find(({ id }) => id === wanted);
    if (organization) return passed({ kind: 'chosen', organization });
    return refused({
      exception: 'access_denied',
      reason: 'organization_foreign',
      parameter: 'organization_id',
      check:
        'The person does not belong to the organization that the request names, or the app cannot work there.',
      received: wanted,
    });
  }
  const [only] = eligible;
  return only && eligible.length === 1
    ? passed({ kind: 'chosen', organization: only })
    : passed({ kind: 'ask', organizations: eligible });
}

/**
 * What can be granted to this person: optional scopes that the role does not allow are dropped, a required
 * one ends the request (LiveChat: `invalid_scope`).
 */
export function grantable(
  request: Pick<RequestChecked, 'requested' | 'required'>,
  organization: OwnOrganization,
): Step<ScopeSet> {
  const roles = { account: organization.accountRole, chat: organization.chatRole };
  const { granted, denied } = grantableScopes(request.requested, roles);
  const missing = denied.filter(({ scope }) => request.required.names(scope));
  const [first] = missing;
  if (first)
    return refused({
      exception: 'invalid_scope',
      reason: 'scope_beyond_role',
      parameter: 'scope',
      check: `The person's role does not allow ${missing.map(({ scope }) => scope).join(', ')}: it takes the ${first.neededRole.kind === 'chat' ? 'chat' : 'account'} role ${first.neededRole.role}. Make the scope optional, or ask somebody with that role.`,
    });
  if (granted.isEmpty)
    return refused({
      exception: 'invalid_scope',
      reason: 'scope_beyond_role',
      parameter: 'scope',
      check: 'The role of the person allows none of the scopes that the app asks for.',
    });
  return passed(granted);
}

export type ConsentDecision =
  | { kind: 'given' }
  /** `added`: scopes that an earlier consent did not contain; all of them when there was none. */
  | { kind: 'ask'; added: readonly ScopeId[]; grew: boolean };

/**
 * Whether the person must be asked. Private apps of one's own organization are trusted (strict: only when
 * the answer goes to https), unless the request forces consent or the app registered itself and nobody vouched
 * for it, which is asked about every time; otherwise what was allowed before stays
 * allowed, and a grown list asks again.
 */
export function decideConsent(
  request: RequestChecked,
  granted: ScopeSet,
  before: ScopeSet | undefined,
): ConsentDecision {
  const added = addedScopes(before ?? noScopes, granted);
  const ask: ConsentDecision = { kind: 'ask', added, grew: before !== undefined && added.length > 0 };
  const { client, policy, redirect } = request;
  // Whoever registered it can be anybody, and may have changed its addresses since it was allowed.
  if (request.consentForced || client.unverified) return ask;
  const trusted =
    client.visibility === 'private' &&
    (policy.consentSkippedFor === 'any_redirect' || redirect.kind === 'https');
  if (trusted) return { kind: 'given' };
  return before !== undefined && added.length === 0 ? { kind: 'given' } : ask;
}

/**
 * The address that the answer goes to. For a code the parameters stand in the query, for a token in the
 * fragment; a whitelisted URI has neither of its own. `state` is always sent back, empty when none came.
 */
export function answerAddress(
  redirectUri: string,
  place: 'query' | 'fragment',
  parameters: Record<string, string>,
): string {
  const encoded = Object.entries(parameters).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return `${redirectUri}${place === 'query' ? '?' : '#'}${encoded.join('&')}`;
}
