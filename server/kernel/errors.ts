/**
 * The one error type inside the server. The code list is closed: a surface's renderer is an exhaustive
 * record over it, so that a new code does not compile until every surface says it.
 */
export type ErrorCode =
  | 'validation'
  | 'authentication'
  | 'authorization'
  | 'missing_access'
  | 'not_found'
  | 'chat_inactive'
  | 'chat_already_active'
  | 'already_exists'
  | 'conflict'
  | 'limit_reached'
  | 'customer_banned'
  | 'group_not_found'
  | 'agent_offline'
  | 'group_offline'
  | 'group_unavailable'
  | 'greeting_not_found'
  | 'license_not_found'
  | 'entity_too_large'
  | 'unsupported_media_type'
  | 'method_not_allowed'
  | 'unsupported_version'
  | 'too_many_requests'
  | 'request_timeout'
  // The token endpoints' own (RFC 6749 §5.2).
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  // RFC 8707 §2.
  | 'invalid_target'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'service_unavailable'
  | 'internal';

export interface FieldProblem {
  /** Path of the value in the request, such as `redirect_uris[1]`. */
  field: string;
  message: string;
}

export interface ErrorOptions {
  /** One problem per field, for forms and schema failures. */
  fields?: FieldProblem[];
  /** Machine-readable facts that may be sent to the caller. Never a secret, never another tenant's data. */
  data?: Record<string, unknown>;
  /** What really happened, for the log only. */
  cause?: unknown;
  retryAfterSeconds?: number;
  /** A finer reason for the log and the app's owner, such as `code_replayed`; never sent. */
  reason?: string;
  /** More for the app's owner; never sent either. */
  refusal?: RefusalFacts;
}

/** What the owner of an app may know of a refusal beyond its message. Never a secret: no code, token or verifier. */
export interface RefusalFacts {
  /** The app, where the credential that came tells it. */
  clientId?: string;
  /** The parameter that was refused. */
  parameter?: string;
  received?: string | undefined;
  expected?: string;
  /** The whole story, where the message must be vague. */
  check?: string;
}

export class GatehouseError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldProblem[];
  readonly data: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly reason: string | undefined;
  readonly refusal: RefusalFacts | undefined;

  /** @param message sent to the caller: what was wrong, which value, what would be right. */
  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GatehouseError';
    this.code = code;
    this.fields = options.fields ?? [];
    this.data = options.data;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.reason = options.reason;
    this.refusal = options.refusal;
  }
}

export function isGatehouseError(error: unknown): error is GatehouseError {
  return error instanceof GatehouseError;
}
