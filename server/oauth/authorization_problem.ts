import type { RefusalReason } from './refusal_reasons.ts';

/** LiveChat's exception names for authorization errors (docs: authorization/troubleshooting). */
export type OauthException =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  /** Of the standard dialect: RFC 8707 §2. */
  | 'invalid_target'
  /** Of OpenID Connect Core 1.0 §3.1.2.6, where nobody may be asked, and §6.1. */
  | 'login_required'
  | 'consent_required'
  | 'account_selection_required'
  | 'request_not_supported'
  | 'missing_grant'
  | 'server_error'
  | 'temporarily_unavailable';

export type ExceptionDetails =
  | 'client_id_not_found'
  | 'redirect_uri_not_set'
  | 'invalid_redirect_uri'
  | 'too_many_redirects';

/** Why an authorization request was refused: codes for the wire, and the full story for the app's owner. */
export interface AuthorizationProblem {
  exception: OauthException;
  details?: ExceptionDetails;
  /** The one check that failed, for the log of the app's owner. */
  reason: RefusalReason;
  /** The parameter that was refused. */
  parameter: string;
  /** The check that failed and what would pass. For the owner of the app, not for the person. */
  check: string;
  received?: string;
  /** The registered value that resembles it most. */
  closest?: string;
}

export type Step<T> = { ok: true; value: T } | { ok: false; problem: AuthorizationProblem };

export function passed<T>(value: T): Step<T> {
  return { ok: true, value };
}

export function refused(problem: AuthorizationProblem): { ok: false; problem: AuthorizationProblem } {
  return { ok: false, problem };
}
