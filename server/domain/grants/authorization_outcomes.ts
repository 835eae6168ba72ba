import type { AuthorizationAnswer } from '../../oauth/authorization_answer.ts';
import type { ConsentDecision, OwnOrganization } from '../../oauth/authorization_decision.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import type {
  AuthorizationParameters,
  RedirectTrusted,
  RequestChecked,
} from '../../oauth/authorization_request.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Actor } from '../identity/records.ts';
import type { ActiveSession } from '../identity/sessions.ts';

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
export interface LogInFirst {
  kind: 'log_in';
  known: ClientOfApp;
  again: boolean;
}

/** The app asks that the person says with which account to go on. */
export interface AccountQuestion {
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
export interface ReadyToIssue {
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
