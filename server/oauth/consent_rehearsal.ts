import type { AccountRole, ChatRole } from '../wire/scope_catalogue.ts';
import {
  chooseOrganization,
  decideConsent,
  grantable,
  type OwnOrganization,
} from './authorization_decision.ts';
import type { Step } from './authorization_problem.ts';
import { passed } from './authorization_problem.ts';
import {
  checkClient,
  checkRequest,
  type RegisteredClient,
  type RequestChecked,
  trustRedirect,
} from './authorization_request.ts';
import { addedScopes, formatScopes, type ScopeSet, scopeSet } from './scopes.ts';

/** In whose place a developer looks at the consent page of their app. */
export const rehearsalParts = ['owner', 'administrator', 'member', 'other_organization'] as const;
export type RehearsalPart = (typeof rehearsalParts)[number];

export interface Rehearsal {
  request: RequestChecked;
  scopes: ScopeSet;
  /** Scopes that the role drops, since they are optional. */
  dropped: ScopeSet;
  /** Would they be asked at all, or is the app trusted? */
  asked: boolean;
}

/** RFC 7636 appendix B: any well-formed challenge does, where nothing is issued. */
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/**
 * What would come of an authorization request for all of the app's scopes, by the rules of the real one: whether
 * the person is asked, for which scopes, or why they are refused.
 * @param before what the person has allowed already
 */
export function rehearseConsent(
  client: RegisteredClient,
  who: OwnOrganization,
  before?: ScopeSet,
): Step<Rehearsal> {
  const all = scopeSet(client.scopes.map(({ scope }) => scope));
  const known = checkClient(
    {
      response_type: 'code',
      client_id: client.clientId,
      ...(client.redirectUris[0] === undefined ? {} : { redirect_uri: client.redirectUris[0] }),
      ...(all.isEmpty ? {} : { scope: formatScopes(all.ids, 'livechat') }),
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
    },
    client,
  );
  if (!known.ok) return known;
  const trusted = trustRedirect(known.value);
  if (!trusted.ok) return trusted;
  const checked = checkRequest(trusted.value);
  if (!checked.ok) return checked;
  const request = checked.value;
  const choice = chooseOrganization(request, [who]);
  if (!choice.ok) return choice;
  const scopes = grantable(request, who);
  if (!scopes.ok) return scopes;
  const consent = decideConsent(request, scopes.value, before);
  return passed({
    request,
    scopes: scopes.value,
    dropped: scopeSet(addedScopes(scopes.value, request.requested)),
    asked: consent.kind === 'ask',
  });
}

const ROLES: Record<RehearsalPart, { accountRole: AccountRole; chatRole: ChatRole }> = {
  owner: { accountRole: 'owner', chatRole: 'administrator' },
  administrator: { accountRole: 'administrator', chatRole: 'administrator' },
  member: { accountRole: 'member', chatRole: 'normal' },
  other_organization: { accountRole: 'owner', chatRole: 'administrator' },
};

/** No organization has it. */
const ELSEWHERE = { id: 'another', licenseId: 0 };

/** The person of a part, in the app's organization or in another one. */
export function rehearsalPerson(client: RegisteredClient, part: RehearsalPart): OwnOrganization {
  const { id, licenseId } = part === 'other_organization' ? ELSEWHERE : client.organization;
  return { id, licenseId, ...ROLES[part], suspended: false };
}

/** People who gave the app access, as many as have the same scopes and roles. */
export interface Holders {
  licenseId: number;
  /** Joined by spaces. */
  scopes: string;
  accountRole: AccountRole;
  chatRole: ChatRole;
  people: number;
}

/** What a change of an app's scopes asks of those who gave it access; one may be counted more than once. */
export interface ScopeChangePlan {
  people: number;
  /** Nothing changes for them. */
  untouched: number;
  /** They are asked again, for what is new. */
  asked: number;
  /** They get what is new without being asked: the app is private and trusted. */
  widened: number;
  /** Their tokens lose scopes that the app no longer has. */
  narrowed: number;
  /** Their role does not allow a scope that is required. */
  refused: number;
}

/** @param planned the client, with its scopes as they would be */
export function planScopeChange(planned: RegisteredClient, holders: readonly Holders[]): ScopeChangePlan {
  const plan: ScopeChangePlan = { people: 0, untouched: 0, asked: 0, widened: 0, narrowed: 0, refused: 0 };
  const remaining = scopeSet(planned.scopes.map(({ scope }) => scope));
  for (const { licenseId, scopes, accountRole, chatRole, people } of holders) {
    const id = licenseId === planned.organization.licenseId ? planned.organization.id : ELSEWHERE.id;
    const before = scopeSet(scopes.split(' '));
    const lost = before.ids.some((scope) => !remaining.has(scope));
    const step = rehearseConsent(planned, { id, licenseId, accountRole, chatRole, suspended: false }, before);
    const grew = step.ok && addedScopes(before, step.value.scopes).length > 0;
    plan.people += people;
    if (!step.ok) plan.refused += people;
    else if (grew && step.value.asked) plan.asked += people;
    else if (grew) plan.widened += people;
    if (lost) plan.narrowed += people;
    if (step.ok && !grew && !lost) plan.untouched += people;
  }
  return plan;
}
