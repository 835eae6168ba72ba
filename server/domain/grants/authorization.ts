import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import {
  type AuthorizationAnswer,
  deniedAnswer,
  grantedAnswer,
  refusedMessage,
} from '../../oauth/authorization_answer.ts';
import {
  answerAddress,
  type ConsentDecision,
  chooseOrganization,
  decideConsent,
  grantable,
  type OwnOrganization,
} from '../../oauth/authorization_decision.ts';
import {
  type AuthorizationProblem,
  type OauthException,
  passed,
  refused as refuse,
  type Step,
} from '../../oauth/authorization_problem.ts';
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
import type { IdTokenHint } from '../../oauth/id_token.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { loginNeed } from '../../oauth/openid_request.ts';
import { type ScopeSet, scopeSet } from '../../oauth/scopes.ts';
import { errorAnswer } from '../../oauth/standard_error.ts';
import { checkStandardRequest, requestedResources } from '../../oauth/standard_request.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { ActiveSession } from '../identity/sessions.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import { recordLogin, sessionIds } from '../openid/login_record.ts';
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

/** Nothing is known of the person yet, or not so that it counts: `again`. */
interface LogInFirst {
  kind: 'log_in';
  known: ClientOfApp;
  again: boolean;
}

/** The app asks that the person says with which account to go on. */
interface AccountQuestion {
  kind: 'choose_account';
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
  login: ActiveSession;
  organization: OwnOrganization;
  scopes: ScopeSet;
  consent: ConsentDecision;
}

export type AuthorizationOutcome =
  | RefusedAuthorization
  | LogInFirst
  | AccountQuestion
  | OrganizationQuestion
  | ConsentQuestion
  | AnsweredAuthorization;

/** All is said, and the app hears it. `refused`: the answer is an error, and this is why. */
export interface AnsweredAuthorization {
  kind: 'answered';
  answer: AuthorizationAnswer;
  known: ClientOfApp;
  refused?: AuthorizationProblem;
}

/** A request that waits on the server, and what the browser's forms carry to name it. */
export interface PendingAuthorization {
  handle: string;
  parameters: AuthorizationParameters;
}

export interface AuthorizationService {
  /** Looks at a request, for nobody or for who is logged in; issues the code when nothing has to be asked. */
  evaluate(
    parameters: AuthorizationParameters,
    login: ActiveSession | undefined,
    actor: Actor,
  ): Promise<AuthorizationOutcome>;
  /** Why a request is refused, in full; undefined when it is not. Issues nothing. */
  refusal(
    parameters: AuthorizationParameters,
    login: ActiveSession,
  ): Promise<RefusedAuthorization | undefined>;
  /** Refuses a request for a reason that lies outside it. */
  refuse(parameters: AuthorizationParameters, problem: AuthorizationProblem): Promise<AuthorizationOutcome>;
  /** Keeps a request while the person is asked; it is bound to the browser. */
  keep(parameters: AuthorizationParameters, browser: string): Promise<PendingAuthorization>;
  /** Undefined for a handle that is unknown, too old or another browser's. */
  find(handle: string | undefined, browser: string): Promise<PendingAuthorization | undefined>;
  /** The person allowed it: writes the grant and issues the answer. */
  allow(pending: PendingAuthorization, login: ActiveSession, actor: Actor): Promise<AuthorizationOutcome>;
  /** The person refused: the app is told `access_denied`. Undefined when the request is no longer good. */
  cancel(pending: PendingAuthorization): Promise<AnsweredAuthorization | undefined>;
  /** The organization that was picked becomes part of the request. */
  pick(pending: PendingAuthorization, organizationId: string, browser: string): Promise<PendingAuthorization>;
  /** So does the account that the person goes on with. */
  pickAccount(
    pending: PendingAuthorization,
    accountId: string,
    browser: string,
  ): Promise<PendingAuthorization>;
}

/** Reads an ID token of this server that comes back; undefined for any other text. */
export type ReadHint = (text: string) => Promise<IdTokenHint | undefined>;

export interface AuthorizationDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  uses: UseCounter;
  readHint: ReadHint;
  onAccessRevoked(keys: readonly number[]): void;
}

const WRONG_PERSON: AuthorizationProblem = {
  exception: 'login_required',
  reason: 'hint_other_person',
  parameter: 'id_token_hint',
  check: 'Another person logged in than the one whom id_token_hint names.',
};

/** What is answered in place of a question, where none may be asked. */
const SILENT_ANSWERS: Partial<Record<AuthorizationOutcome['kind'] | 'ready', [OauthException, string]>> = {
  log_in: ['login_required', 'Nobody is logged in, or not as the request wants it.'],
  choose_account: ['account_selection_required', 'The person has to choose an account.'],
  choose_organization: [
    'account_selection_required',
    'The person belongs to several organizations and has to choose one. Name it by organization_id.',
  ],
  consent: ['consent_required', 'The person has not allowed this yet.'],
};

export function authorizationService(deps: AuthorizationDeps): AuthorizationService {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('authorization browser');
  const sessionId = sessionIds(deps.keyring);

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
    login: ActiveSession | undefined,
  ): Promise<RefusedAuthorization | LogInFirst | AccountQuestion | OrganizationQuestion | ReadyToIssue> {
    const { known, step, trusted } = await check(parameters);
    if (!step.ok) return { kind: 'refused', problem: step.problem, known, trusted };
    if (!known) throw new Error('a checked request has a client');
    const request = step.value;
    const hint = await hintedAccount(request, deps.readHint);
    if (!hint.ok) return { kind: 'refused', problem: hint.problem, known, trusted };
    const brought = login && { accountId: login.account.id, authTime: login.session.authenticatedAt };
    const need = loginNeed(request.demand, brought, {
      receivedAt: parameters.receivedAt,
      hinted: hint.value,
      chosen: parameters.chosenAccount,
      now: clock.now(),
    });
    if (need === 'wrong_person') return { kind: 'refused', problem: WRONG_PERSON, known, trusted };
    if (need === 'choose_account') return { kind: 'choose_account', known };
    if (!login || need !== 'nothing') return { kind: 'log_in', known, again: login !== undefined };
    const { account } = login;
    const choice = chooseOrganization(request, await ownOrganizations(storage, account.id));
    if (!choice.ok) return { kind: 'refused', problem: choice.problem, known, trusted };
    if (choice.value.kind === 'ask')
      return { kind: 'choose_organization', request, known, organizations: choice.value.organizations };
    const { organization } = choice.value;
    const scopes = grantable(request, organization);
    if (!scopes.ok) return { kind: 'refused', problem: scopes.problem, known, trusted };
    const before = await storage.read.grants.grant(organization.licenseId, account.id, known.client.clientId);
    const consent = decideConsent(request, scopes.value, before && scopeSet(before.scopes.split(' ')));
    return { kind: 'ready', request, known, login, organization, scopes: scopes.value, consent };
  }

  async function decide(
    parameters: AuthorizationParameters,
    login: ActiveSession | undefined,
    allowed: boolean,
    actor: Actor,
  ): Promise<AuthorizationOutcome> {
    const seen = await look(parameters, login);
    const asked = seen.kind === 'ready' && seen.consent.kind === 'ask' && !allowed;
    if (parameters.issuer !== undefined && parameters.prompt === 'none') {
      const silent = await inSilence(parameters, asked ? 'consent' : seen.kind, login);
      if (silent) return silent;
    }
    if (seen.kind === 'refused') return answerRefusal(seen, login);
    if (seen.kind !== 'ready') return seen;
    const { request, known, organization, scopes, consent } = seen;
    if (consent.kind === 'ask' && !allowed)
      return { kind: 'consent', request, known, organization, scopes, consent };
    return { kind: 'answered', answer: await issue(seen, actor), known };
  }

  /**
   * LiveChat's dialect ends on a page of ours, in a popup telling the page that opened it; the standard one tells
   * the app, where it can (RFC 6749 §4.1.2.1).
   */
  function answerRefusal(
    refused: RefusedAuthorization,
    login: ActiveSession | undefined,
  ): RefusedAuthorization | LogInFirst | AnsweredAuthorization {
    const { known, trusted, problem } = refused;
    if (known && trusted?.parameters.flow === 'popup')
      return { kind: 'answered', answer: refusedMessage(trusted, problem), known, refused: problem };
    if (!known || trusted?.parameters.issuer === undefined) return refused;
    // RFC 9700 §4.11.2: nobody is sent on before they logged in, or a link to this server would be a link to
    // wherever the maker of an app likes.
    if (!login) return { kind: 'log_in', known, again: false };
    const answer = errorAnswer(problem.exception, problem.check, trusted.parameters);
    const address = answerAddress(trusted.redirect.text, 'query', answer);
    return { kind: 'answered', answer: { kind: 'redirect', address }, known, refused: problem };
  }

  /**
   * `prompt=none`: what would have to be asked is an error, which goes straight back; here nobody logs in first
   * (OpenID Connect Core 1.0 §3.1.2.6, RFC 9700 §4.11.2). Undefined where nothing has to be asked, or where there
   * is no address that could be trusted.
   */
  async function inSilence(
    parameters: AuthorizationParameters,
    asked: AuthorizationOutcome['kind'] | 'ready',
    login: ActiveSession | undefined,
  ): Promise<AuthorizationOutcome | undefined> {
    const missing = login ? SILENT_ANSWERS[asked] : SILENT_ANSWERS.log_in;
    const { known, trusted } = missing ? await check(parameters) : {};
    if (!missing || !known || !trusted) return undefined;
    const [exception, said] = missing;
    const address = answerAddress(trusted.redirect.text, 'query', errorAnswer(exception, said, parameters));
    const problem: AuthorizationProblem = {
      exception,
      reason: 'asked_in_silence',
      parameter: 'prompt',
      check: said,
    };
    return { kind: 'answered', answer: { kind: 'redirect', address }, known, refused: problem };
  }

  /** Writes the grant and the code or token in one unit of work, and says how it reaches the app. */
  async function issue(ready: ReadyToIssue, actor: Actor): Promise<AuthorizationAnswer> {
    const { request, known, login, organization, scopes } = ready;
    const { account, session } = login;
    const now = clock.now();
    const familyKey = deps.identifiers.key();
    const minted = tokens.mint('code', familyKey);
    const implicit = request.responseType === 'token';
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
      if (request.parameters.issuer !== undefined)
        await recordLogin(
          stores,
          { familyKey, scopes, policy: request.policy },
          {
            authTime: session.authenticatedAt,
            amr: session.amr,
            nonce: request.parameters.nonce ?? null,
            sessionId: sessionId(session),
          },
          now,
        );
      if (!implicit) return { kind: 'code' as const, text: minted.text, evicted: [] };
      const { text, evicted } = await implicitToken(stores, request, subject, actor, now);
      return { kind: 'access_token' as const, text, evicted };
    });
    deps.onAccessRevoked(issued.evicted);
    deps.uses.used(known.client, compatibilityOf(request));
    const { kind, text } = issued;
    return grantedAnswer(request, {
      kind,
      text,
      scopes,
      accountId: account.id,
      organizationId: organization.id,
    });
  }

  async function implicitToken(
    stores: Stores,
    request: RequestChecked,
    subject: Parameters<typeof addAccess>[1],
    actor: Actor,
    now: number,
  ): Promise<{ text: string; evicted: number[] }> {
    const key = deps.identifiers.key();
    const access = tokens.mint('access', key);
    await addAccess(stores, subject, { key, minted: access, refreshKey: null }, request.policy, now);
    return { text: access.text, evicted: await evictSurplus(stores, deps.audit, actor, subject, now) };
  }

  async function keep(given: AuthorizationParameters, browser: string): Promise<PendingAuthorization> {
    const now = clock.now();
    const parameters = { ...given, receivedAt: given.receivedAt ?? now };
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
  }

  /** The same request with something more known, under another handle. */
  async function replace(
    pending: PendingAuthorization,
    more: AuthorizationParameters,
    browser: string,
  ): Promise<PendingAuthorization> {
    const parsed = tokens.parse(pending.handle);
    if (parsed) await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key));
    return keep({ ...pending.parameters, ...more }, browser);
  }

  return {
    evaluate: (parameters, login, actor) => decide(parameters, login, false, actor),

    async refusal(parameters, login) {
      const seen = await look(parameters, login);
      return seen.kind === 'refused' ? seen : undefined;
    },

    async refuse(parameters, problem) {
      const { known, trusted } = await check(parameters);
      return answerRefusal({ kind: 'refused', problem, known, trusted }, undefined);
    },

    keep,

    async find(handle, browser) {
      const parsed = handle === undefined ? undefined : tokens.parse(handle);
      if (handle === undefined || parsed?.kind !== 'request') return undefined;
      const kept = await storage.read.grants.authorizationRequest(parsed.key);
      if (!kept || !sameSecret(parsed.secretHash, kept.secretHash)) return undefined;
      if (kept.expiresAt <= clock.now() || !sameSecret(mac(browserKey, browser), kept.browserHash))
        return undefined;
      return { handle, parameters: JSON.parse(kept.parameters) as AuthorizationParameters };
    },

    async allow(pending, login, actor) {
      const parsed = tokens.parse(pending.handle);
      // A second click on "Allow" finds the request gone: one consent, one code.
      if (!parsed || !(await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key))))
        throw new GatehouseError(
          'not_found',
          'This request was answered already. Go back to the app and start again.',
        );
      return decide(pending.parameters, login, true, actor);
    },

    async cancel(pending) {
      const parsed = tokens.parse(pending.handle);
      if (parsed) await storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key));
      const { step, known } = await check(pending.parameters);
      return step.ok && known ? { kind: 'answered', answer: deniedAnswer(step.value), known } : undefined;
    },

    pick: (pending, organizationId, browser) =>
      replace(pending, { organization_id: organizationId }, browser),

    pickAccount: (pending, accountId, browser) => replace(pending, { chosenAccount: accountId }, browser),
  };
}

/**
 * The account of `id_token_hint`. A bad one is refused instead of ignored: it would otherwise let another person
 * pass as the one that the app speaks of.
 */
export async function hintedAccount(
  { parameters, client }: Pick<RequestChecked, 'parameters' | 'client'>,
  readHint: ReadHint,
): Promise<Step<string | undefined>> {
  const { id_token_hint: text, issuer } = parameters;
  if (text === undefined || issuer === undefined) return passed(undefined);
  const hint = await readHint(text);
  if (hint?.clientId === client.clientId) return passed(hint.accountId);
  return refuse({
    exception: 'invalid_request',
    reason: 'hint_invalid',
    parameter: 'id_token_hint',
    check: hint
      ? 'id_token_hint was issued to another app.'
      : 'id_token_hint is no ID token of this server. Send one as it came from the token endpoint.',
  });
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
export function registered({ client, app, organization, registration }: ClientOfApp): RegisteredClient {
  const unverified = registration?.verified === false;
  return { ...client, visibility: app.visibility, unverified, organization };
}
