import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import {
  type AuthorizationAnswer,
  deniedAnswer,
  grantedAnswer,
  refusedMessage,
} from '../../oauth/authorization_answer.ts';
import {
  answerAddress,
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
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import { loginNeed } from '../../oauth/openid_request.ts';
import { scopeSet } from '../../oauth/scopes.ts';
import { errorAnswer } from '../../oauth/standard_error.ts';
import { checkStandardRequest, requestedResources } from '../../oauth/standard_request.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import { type ActiveSession, LONGEST_LIFE } from '../identity/sessions.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { StepTeller } from '../insight/first_steps.ts';
import { recordLogin, sessionIds } from '../openid/login_record.ts';
import type { Storage, Stores } from '../storage.ts';
import { hintedAccount, type ReadHint, SILENT_ANSWERS, WRONG_PERSON } from './authorization_openid.ts';
import type {
  AccountQuestion,
  AnsweredAuthorization,
  AuthorizationOutcome,
  AuthorizationService,
  LogInFirst,
  OrganizationQuestion,
  ReadyToIssue,
  RefusedAuthorization,
} from './authorization_outcomes.ts';
import { waitingRequests } from './authorization_waiting.ts';
import { accessRow, addTokens } from './issue_tokens.ts';
import type { TokenSubject } from './records.ts';
import { giveGrant } from './standard_grant.ts';

export type {
  AnsweredAuthorization,
  AuthorizationOutcome,
  AuthorizationService,
  PendingAuthorization,
  RefusedAuthorization,
} from './authorization_outcomes.ts';

export interface AuthorizationDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  uses: UseCounter;
  steps: StepTeller;
  readHint: ReadHint;
  onAccessRevoked(keys: readonly number[]): void;
}

export function authorizationService(deps: AuthorizationDeps): AuthorizationService {
  const { storage, clock, tokens } = deps;
  const waiting = waitingRequests(deps);
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
    // Anybody may have registered it: the exception is for apps that somebody vouches for.
    if (!login && trusted.client.unverified) return undefined;
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
      if (!(await stores.apps.holdClient(known.client.clientId)))
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
      await stores.accounts.addSessionFamily({
        ...holder,
        familyKey,
        sessionKey: session.key,
        expiresAt: session.createdAt + LONGEST_LIFE,
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
    deps.steps.reached(known.client.licenseId, 'code');
    if (implicit) deps.steps.reached(known.client.licenseId, 'token');
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
    subject: TokenSubject,
    actor: Actor,
    now: number,
  ): Promise<{ text: string; evicted: number[] }> {
    const key = deps.identifiers.key();
    const access = tokens.mint('access', key);
    const row = accessRow(subject, { key, minted: access, refreshKey: null }, request.policy, now);
    return {
      text: access.text,
      evicted: await addTokens(stores, deps.audit, actor, { access: row }, now),
    };
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

    keep: waiting.keep,
    find: waiting.find,
    pick: waiting.pick,
    pickAccount: waiting.pickAccount,

    async allow(pending, login, actor) {
      // A second click on "Allow" finds the request gone: one consent, one code.
      if (!(await waiting.take(pending)))
        throw new GatehouseError(
          'not_found',
          'This request was answered already. Go back to the app and start again.',
        );
      return decide(pending.parameters, login, true, actor);
    },

    async cancel(pending) {
      await waiting.take(pending);
      const { step, known } = await check(pending.parameters);
      return step.ok && known ? { kind: 'answered', answer: deniedAnswer(step.value), known } : undefined;
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
export function registered({ client, app, organization, registration }: ClientOfApp): RegisteredClient {
  const unverified = registration?.verified === false;
  return { ...client, visibility: app.visibility, unverified, organization };
}
