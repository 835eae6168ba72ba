import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import {
  answerAddress,
  type ConsentDecision,
  chooseOrganization,
  decideConsent,
  grantable,
  type OwnOrganization,
} from '../../oauth/authorization_decision.ts';
import type { AuthorizationProblem, Step } from '../../oauth/authorization_problem.ts';
import {
  type AuthorizationParameters,
  checkClient,
  checkRequest,
  type RedirectTrusted,
  type RegisteredClient,
  type RequestChecked,
  trustRedirect,
} from '../../oauth/authorization_request.ts';
import { compatibilityOf } from '../../oauth/compatibility.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import { answerContext, errorAnswer } from '../../oauth/standard_error.ts';
import { checkStandardRequest, requestedResources } from '../../oauth/standard_request.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Account, Actor } from '../identity/records.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { Storage, Stores } from '../storage.ts';
import { addAccess, evictSurplus } from './issue_tokens.ts';
import { giveGrant } from './standard_grant.ts';

/** How long a person may take to log in and decide. */
const REQUEST_LIFE = seconds(3600);

/** A refused request: what the person is told, and what the owner of the app may see. */
export interface RefusedAuthorization {
  kind: 'refused';
  problem: AuthorizationProblem;
  /** The client, when the request named a real one. */
  known: ClientOfApp | undefined;
  /** Where errors may be sent: the request up to its redirect URI was good. */
  trusted?: RedirectTrusted | undefined;
}

/** Nothing is known of the person yet. */
interface LogInFirst {
  kind: 'log_in';
  known: ClientOfApp;
}

export interface WaitingFor {
  kind: 'choose_organization' | 'consent';
  request: RequestChecked;
  known: ClientOfApp;
}

export interface ConsentQuestion extends WaitingFor {
  kind: 'consent';
  organization: OwnOrganization;
  scopes: ScopeSet;
  consent: Extract<ConsentDecision, { kind: 'ask' }>;
}

export interface OrganizationQuestion extends WaitingFor {
  kind: 'choose_organization';
  organizations: OwnOrganization[];
}

/** Nothing is missing but, perhaps, the person's word. */
interface ReadyToIssue {
  kind: 'ready';
  request: RequestChecked;
  known: ClientOfApp;
  account: Account;
  organization: OwnOrganization;
  scopes: ScopeSet;
  consent: ConsentDecision;
}

export type AuthorizationOutcome =
  | RefusedAuthorization
  | LogInFirst
  | OrganizationQuestion
  | ConsentQuestion
  /** All is said: the browser goes to this address. `refused`: the answer is an error, and this is why. */
  | { kind: 'answered'; address: string; known: ClientOfApp; refused?: AuthorizationProblem };

/** A request that waits on the server, and what the browser's forms carry to name it. */
export interface PendingAuthorization {
  handle: string;
  parameters: AuthorizationParameters;
}

export interface AuthorizationService {
  /** Looks at a request, for nobody or for an account; issues the code when nothing has to be asked. */
  evaluate(
    parameters: AuthorizationParameters,
    account: Account | undefined,
    actor: Actor,
  ): Promise<AuthorizationOutcome>;
  /** Why a request is refused, in full; undefined when it is not. Issues nothing. */
  refusal(parameters: AuthorizationParameters, account: Account): Promise<RefusedAuthorization | undefined>;
  /** Keeps a request while the person is asked; it is bound to the browser. */
  keep(parameters: AuthorizationParameters, browser: string): Promise<PendingAuthorization>;
  /** Undefined for a handle that is unknown, too old or another browser's. */
  find(handle: string | undefined, browser: string): Promise<PendingAuthorization | undefined>;
  /** The person allowed it: writes the grant and issues the answer. */
  allow(pending: PendingAuthorization, account: Account, actor: Actor): Promise<AuthorizationOutcome>;
  /** The person refused: back to the app with `access_denied`. */
  cancel(pending: PendingAuthorization): Promise<string | undefined>;
  /** The organization that was picked becomes part of the request. */
  pick(pending: PendingAuthorization, organizationId: string, browser: string): Promise<PendingAuthorization>;
}

export interface AuthorizationDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  uses: UseCounter;
  onAccessRevoked(keys: readonly number[]): void;
}

export function authorizationService(deps: AuthorizationDeps): AuthorizationService {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('authorization browser');

  /** The steps that need nobody: parameters, client, redirect, request. */
  async function check(parameters: AuthorizationParameters): Promise<{
    known: ClientOfApp | undefined;
    step: Step<RequestChecked>;
    trusted?: RedirectTrusted;
  }> {
    const known = parameters.client_id ? await deps.apps.client(parameters.client_id) : undefined;
    const client = checkClient(parameters, known && registered(known));
    if (!client.ok) return { known, step: client };
    const redirect = trustRedirect(client.value);
    if (!redirect.ok) return { known, step: redirect };
    const trusted = redirect.value;
    const step = parameters.issuer === undefined ? checkRequest(trusted) : checkStandardRequest(trusted);
    return { known, step, trusted };
  }

  /** All that can be known without changing anything. */
  async function look(
    parameters: AuthorizationParameters,
    account: Account | undefined,
  ): Promise<RefusedAuthorization | LogInFirst | OrganizationQuestion | ReadyToIssue> {
    const { known, step, trusted } = await check(parameters);
    if (!step.ok) return { kind: 'refused', problem: step.problem, known, trusted };
    if (!known) throw new Error('a checked request has a client');
    const request = step.value;
    if (!account) return { kind: 'log_in', known };
    const choice = chooseOrganization(request, await ownOrganizations(storage, account.id));
    if (!choice.ok) return { kind: 'refused', problem: choice.problem, known, trusted };
    if (choice.value.kind === 'ask')
      return { kind: 'choose_organization', request, known, organizations: choice.value.organizations };
    const { organization } = choice.value;
    const scopes = grantable(request, organization);
    if (!scopes.ok) return { kind: 'refused', problem: scopes.problem, known, trusted };
    const before = await storage.read.grants.grant(organization.licenseId, account.id, known.client.clientId);
    const consent = decideConsent(request, scopes.value, before && scopeSet(before.scopes.split(' ')));
    return { kind: 'ready', request, known, account, organization, scopes: scopes.value, consent };
  }

  async function decide(
    parameters: AuthorizationParameters,
    account: Account | undefined,
    allowed: boolean,
    actor: Actor,
  ): Promise<AuthorizationOutcome> {
    const seen = await look(parameters, account);
    if (seen.kind === 'refused') return answerRefusal(seen, account);
    if (seen.kind !== 'ready') return seen;
    const { request, known, organization, scopes, consent } = seen;
    if (consent.kind === 'ask' && !allowed)
      return { kind: 'consent', request, known, organization, scopes, consent };
    return { kind: 'answered', address: await issue(seen, actor), known };
  }

  /** LiveChat's dialect ends on a page of ours; the standard one tells the app, where it can (RFC 6749 §4.1.2.1). */
  function answerRefusal(
    refused: RefusedAuthorization,
    account: Account | undefined,
  ): RefusedAuthorization | LogInFirst | (AuthorizationOutcome & { kind: 'answered' }) {
    const { known, trusted, problem } = refused;
    if (!known || trusted?.parameters.issuer === undefined) return refused;
    // RFC 9700 §4.11.2: nobody is sent on before they logged in, or a link to this server would be a link to
    // wherever the maker of an app likes.
    if (!account) return { kind: 'log_in', known };
    const answer = errorAnswer(problem.exception, problem.check, trusted.parameters);
    const address = answerAddress(trusted.redirect.text, 'query', answer);
    return { kind: 'answered', address, known, refused: problem };
  }

  /** Writes the grant and the code or token in one unit of work, and says where the browser goes with it. */
  async function issue(ready: ReadyToIssue, actor: Actor): Promise<string> {
    const { request, known, account, organization, scopes } = ready;
    const now = clock.now();
    const familyKey = deps.identifiers.key();
    const minted = tokens.mint('code', familyKey);
    const implicit = request.responseType === 'token';
    const context = answerContext(request.parameters);
    const issued = await storage.write(async (stores) => {
      // The client may have gone, or the person, between the look and this write.
      if (!(await stores.apps.client(known.client.clientId)))
        throw new GatehouseError('not_found', 'The app was deleted a moment ago.');
      const holder = {
        licenseId: organization.licenseId,
        accountId: account.id,
        clientId: known.client.clientId,
      };
      const grant = await giveGrant(stores, deps, { ...holder, scopes }, actor, now);
      const resources = requestedResources(request.parameters);
      const subject = { ...holder, familyKey, scopes: scopes.key, resources };
      await stores.grants.addCode({
        ...subject,
        secretHash: minted.secretHash,
        grantKey: grant.key,
        redirectUri: request.redirect.text,
        codeChallenge: request.pkce?.challenge ?? null,
        codeChallengeMethod: request.pkce?.method ?? null,
        createdAt: now,
        expiresAt: now + seconds(request.policy.codeSeconds),
        // An implicit token's family has a code that nobody was given and nobody can use.
        consumedAt: implicit ? now : null,
        revokedAt: null,
        revokedReason: null,
      });
      const { text: address } = request.redirect;
      if (!implicit)
        return { address: answerAddress(address, 'query', { code: minted.text, ...context }), evicted: [] };
      const { answer, evicted } = await implicitAnswer(stores, request, subject, context, actor, now);
      return { address: answerAddress(address, 'fragment', answer), evicted };
    });
    deps.onAccessRevoked(issued.evicted);
    deps.uses.used(known.client, compatibilityOf(request));
    return issued.address;
  }

  async function implicitAnswer(
    stores: Stores,
    request: RequestChecked,
    subject: Parameters<typeof addAccess>[1],
    context: Record<string, string>,
    actor: Actor,
    now: number,
  ): Promise<{ answer: Record<string, string>; evicted: number[] }> {
    const key = deps.identifiers.key();
    const access = tokens.mint('access', key);
    await addAccess(stores, subject, { key, minted: access, refreshKey: null }, request.policy, now);
    const answer = {
      access_token: access.text,
      token_type: 'Bearer',
      expires_in: String(request.policy.accessTokenSeconds),
      scope: subject.scopes.replaceAll(' ', ','),
      ...context,
    };
    return { answer, evicted: await evictSurplus(stores, deps.audit, actor, subject, now) };
  }

  return {
    evaluate: (parameters, account, actor) => decide(parameters, account, false, actor),

    async refusal(parameters, account) {
      const seen = await look(parameters, account);
      return seen.kind === 'refused' ? seen : undefined;
    },

    async keep(parameters, browser) {
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('request', key);
      await storage.write((stores) =>
        stores.grants.addAuthorizationRequest({
          key,
          secretHash: minted.secretHash,
          browserHash: mac(browserKey, browser),
          parameters: JSON.stringify(parameters),
          createdAt: now,
          expiresAt: now + REQUEST_LIFE,
        }),
      );
      return { handle: minted.text, parameters };
    },

    async find(handle, browser) {
      const parsed = handle === undefined ? undefined : tokens.parse(handle);
      if (handle === undefined || parsed?.kind !== 'request') return undefined;
      const kept = await storage.read.grants.authorizationRequest(parsed.key);
      if (!kept || !sameSecret(parsed.secretHash, kept.secretHash)) return undefined;
      if (kept.expiresAt <= clock.now() || !sameSecret(mac(browserKey, browser), kept.browserHash))
        return undefined;
      return { handle, parameters: JSON.parse(kept.parameters) as AuthorizationParameters };
    },

    async allow(pending, account, actor) {
      const parsed = tokens.parse(pending.handle);
      // A second click on "Allow" finds the request gone: one consent, one code.
      if (!parsed || !(await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key))))
        throw new GatehouseError(
          'not_found',
          'This request was answered already. Go back to the app and start again.',
        );
      return decide(pending.parameters, account, true, actor);
    },

    async cancel(pending) {
      const parsed = tokens.parse(pending.handle);
      if (parsed) await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key));
      const { step } = await check(pending.parameters);
      if (!step.ok) return undefined;
      const { redirect, responseType, parameters } = step.value;
      const answer = errorAnswer('access_denied', 'The person did not allow the access.', parameters);
      // Both dialects' words (RFC 6749 §4.1.2.1; LiveChat's exception name).
      const livechat = parameters.issuer === undefined ? { oauth_exception: 'access_denied' } : {};
      return answerAddress(redirect.text, responseType === 'token' ? 'fragment' : 'query', {
        ...answer,
        ...livechat,
      });
    },

    async pick(pending, organizationId, browser) {
      const parsed = tokens.parse(pending.handle);
      if (parsed) await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key));
      return this.keep({ ...pending.parameters, organization_id: organizationId }, browser);
    },
  };
}

/** Where an account belongs, and what it may do there. */
export async function ownOrganizations(storage: Storage, accountId: string): Promise<OwnOrganization[]> {
  const own = await storage.read.identity.organizationsOf(accountId);
  return own.map(({ organization, membership }) => ({
    id: organization.id,
    licenseId: organization.licenseId,
    accountRole: membership.accountRole,
    chatRole: membership.chatRole,
    suspended: membership.suspendedAt !== null,
  }));
}

/** A client as the rules know it. */
export function registered({ client, app, organization }: ClientOfApp): RegisteredClient {
  return { ...client, visibility: app.visibility, organization };
}
