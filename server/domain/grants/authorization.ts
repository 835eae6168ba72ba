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
  type RequestChecked,
  trustRedirect,
} from '../../oauth/authorization_request.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Account, Actor } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';
import { addAccess, LIVE_TOKENS } from './issue_tokens.ts';

/** How long a person may take to log in and decide. */
const REQUEST_LIFE = seconds(3600);

/** A refused request: what the person is told, and what the owner of the app may see. */
export interface RefusedAuthorization {
  kind: 'refused';
  problem: AuthorizationProblem;
  /** The client, when the request named a real one. */
  known: ClientOfApp | undefined;
}

export interface WaitingFor {
  kind: 'log_in' | 'choose_organization' | 'consent';
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
  | (WaitingFor & { kind: 'log_in' })
  | OrganizationQuestion
  | ConsentQuestion
  /** All is said: the browser goes to this address. */
  | { kind: 'answered'; address: string; known: ClientOfApp };

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
}

export function authorizationService(deps: AuthorizationDeps): AuthorizationService {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('authorization browser');

  /** The steps that need nobody: parameters, client, redirect, request. */
  async function check(
    parameters: AuthorizationParameters,
  ): Promise<{ known: ClientOfApp | undefined; step: Step<RequestChecked> }> {
    const known = parameters.client_id ? await deps.apps.client(parameters.client_id) : undefined;
    const client = checkClient(parameters, known && registered(known));
    if (!client.ok) return { known, step: client };
    const redirect = trustRedirect(client.value);
    if (!redirect.ok) return { known, step: redirect };
    return { known, step: checkRequest(redirect.value) };
  }

  async function ownOrganizations(accountId: string): Promise<OwnOrganization[]> {
    const own = await storage.read.identity.organizationsOf(accountId);
    return own.map(({ organization, membership }) => ({
      id: organization.id,
      licenseId: organization.licenseId,
      accountRole: membership.accountRole,
      chatRole: membership.chatRole,
      suspended: membership.suspendedAt !== null,
    }));
  }

  /** All that can be known without changing anything. */
  async function look(
    parameters: AuthorizationParameters,
    account: Account | undefined,
  ): Promise<RefusedAuthorization | (WaitingFor & { kind: 'log_in' }) | OrganizationQuestion | ReadyToIssue> {
    const { known, step } = await check(parameters);
    if (!step.ok) return { kind: 'refused', problem: step.problem, known };
    if (!known) throw new Error('a checked request has a client');
    const request = step.value;
    if (!account) return { kind: 'log_in', request, known };
    const choice = chooseOrganization(request, await ownOrganizations(account.id));
    if (!choice.ok) return { kind: 'refused', problem: choice.problem, known };
    if (choice.value.kind === 'ask')
      return { kind: 'choose_organization', request, known, organizations: choice.value.organizations };
    const { organization } = choice.value;
    const scopes = grantable(request, organization);
    if (!scopes.ok) return { kind: 'refused', problem: scopes.problem, known };
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
    if (seen.kind !== 'ready') return seen;
    const { request, known, organization, scopes, consent } = seen;
    if (consent.kind === 'ask' && !allowed)
      return { kind: 'consent', request, known, organization, scopes, consent };
    return { kind: 'answered', address: await issue(seen, actor), known };
  }

  /** Writes the grant and the code or token in one unit of work, and says where the browser goes with it. */
  async function issue(ready: ReadyToIssue, actor: Actor): Promise<string> {
    const { request, known, account, organization, scopes } = ready;
    const now = clock.now();
    const familyKey = deps.identifiers.key();
    const minted = tokens.mint('code', familyKey);
    const implicit = request.responseType === 'token';
    const state = request.parameters.state ?? '';
    return storage.write(async (stores) => {
      // The client may have gone, or the person, between the look and this write.
      if (!(await stores.apps.client(known.client.clientId)))
        throw new GatehouseError('not_found', 'The app was deleted a moment ago.');
      const before = await stores.grants.grant(organization.licenseId, account.id, known.client.clientId);
      const grant = await stores.grants.putGrant({
        key: before?.key ?? deps.identifiers.key(),
        id: before?.id ?? deps.identifiers.uuid(),
        licenseId: organization.licenseId,
        accountId: account.id,
        clientId: known.client.clientId,
        scopes: mergedScopes(before?.scopes, scopes),
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
      });
      if (!before)
        await deps.audit(stores, actor, 'grant.given', {
          licenseId: organization.licenseId,
          accountId: account.id,
          clientId: known.client.clientId,
          detail: { scopes: scopes.ids },
        });
      const subject = {
        familyKey,
        licenseId: organization.licenseId,
        accountId: account.id,
        clientId: known.client.clientId,
        scopes: scopes.key,
      };
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
      if (!implicit) return answerAddress(request.redirect.text, 'query', { code: minted.text, state });
      return answerAddress(
        request.redirect.text,
        'fragment',
        await implicitAnswer(stores, request, subject, state, now),
      );
    });
  }

  async function implicitAnswer(
    stores: Stores,
    request: RequestChecked,
    subject: Parameters<typeof addAccess>[1],
    state: string,
    now: number,
  ): Promise<Record<string, string>> {
    const key = deps.identifiers.key();
    const access = tokens.mint('access', key);
    await addAccess(stores, subject, { key, minted: access, refreshKey: null }, request.policy, now);
    await stores.grants.evictOldest(subject.accountId, subject.clientId, LIVE_TOKENS, now);
    return {
      access_token: access.text,
      token_type: 'Bearer',
      expires_in: String(request.policy.accessTokenSeconds),
      scope: subject.scopes.replaceAll(' ', ','),
      state,
    };
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
      // Both dialects' words (RFC 6749 §4.1.2.1; LiveChat's exception name).
      return answerAddress(redirect.text, responseType === 'token' ? 'fragment' : 'query', {
        error: 'access_denied',
        error_description: 'The person did not allow the access.',
        oauth_exception: 'access_denied',
        state: parameters.state ?? '',
      });
    },

    async pick(pending, organizationId, browser) {
      const parsed = tokens.parse(pending.handle);
      if (parsed) await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key));
      return this.keep({ ...pending.parameters, organization_id: organizationId }, browser);
    },
  };
}

function registered({ client, app, organization }: ClientOfApp) {
  return { ...client, visibility: app.visibility, organization };
}

/** What was allowed before stays allowed: a narrower request does not take anything back. */
function mergedScopes(before: string | undefined, now: ScopeSet): string {
  return before === undefined ? now.key : scopeSet([...before.split(' '), ...now.ids]).key;
}
