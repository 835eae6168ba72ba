/** The error types of the Console API, and two that arise before an answer exists. */
export type ApiErrorType =
  | 'validation'
  | 'authentication'
  | 'authorization'
  | 'not_found'
  | 'conflict'
  | 'limit_reached'
  | 'entity_too_large'
  | 'too_many_requests'
  | 'internal'
  | 'service_unavailable'
  /** The server could not be reached at all. */
  | 'network'
  /** Something answered, but not in the shape of the Console API (a proxy's page, say). */
  | 'unreadable';

export interface FieldProblem {
  /** Path of the field, as in `redirect_uris[1]`. */
  field: string;
  message: string;
}

interface ApiErrorParts {
  status: number;
  type: ApiErrorType;
  message: string;
  fields?: FieldProblem[];
  requestId?: string | null;
  currentVersion?: number | null;
}

/** A refused or failed call of the Console API. `status` is 0 when no answer came. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly type: ApiErrorType;
  readonly fields: FieldProblem[];
  readonly requestId: string | null;
  readonly currentVersion: number | null;

  constructor(parts: ApiErrorParts) {
    super(parts.message);
    this.status = parts.status;
    this.type = parts.type;
    this.fields = parts.fields ?? [];
    this.requestId = parts.requestId ?? null;
    this.currentVersion = parts.currentVersion ?? null;
  }

  /** The message for one field, or undefined. */
  forField(field: string): string | undefined {
    return this.fields.find((problem) => problem.field === field)?.message;
  }
}

/** True for an ApiError of the given type. */
export function isApiError(error: unknown, type?: ApiErrorType): error is ApiError {
  return error instanceof ApiError && (type === undefined || error.type === type);
}

const KNOWN_TYPES: ReadonlySet<string> = new Set<ApiErrorType>([
  'validation',
  'authentication',
  'authorization',
  'not_found',
  'conflict',
  'limit_reached',
  'entity_too_large',
  'too_many_requests',
  'internal',
  'service_unavailable',
]);

/** A server newer than this page may name a type that it does not know; its message still counts. */
function knownType(type: string, status: number): ApiErrorType {
  if (KNOWN_TYPES.has(type)) return type as ApiErrorType;
  return status >= 500 ? 'internal' : 'validation';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function readFields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry.field === 'string' && typeof entry.message === 'string'
      ? [{ field: entry.field, message: entry.message }]
      : [],
  );
}

/**
 * Makes an ApiError of an answer that was not a success. A body that does not have the documented shape
 * becomes `unreadable`, so that a proxy's error page is not taken for the server's own words.
 */
export function readApiError(status: number, requestId: string | null, body: unknown): ApiError {
  const error = isRecord(body) ? body.error : undefined;
  if (!isRecord(error) || typeof error.type !== 'string') {
    const type = status === 401 ? 'authentication' : status === 503 ? 'service_unavailable' : 'unreadable';
    return new ApiError({ status, type, message: '', requestId });
  }
  return new ApiError({
    status,
    type: knownType(error.type, status),
    message: typeof error.message === 'string' ? error.message : '',
    fields: readFields(error.fields),
    requestId:
      isRecord(body) && typeof body.request_id === 'string'
        ? body.request_id
        : typeof error.request_id === 'string'
          ? error.request_id
          : requestId,
    currentVersion: typeof error.current_version === 'number' ? error.current_version : null,
  });
}
