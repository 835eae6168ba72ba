/** A refused or failed call of a chat API, or of the token that opens it. `status` is 0 when no answer came. */
export class ChatApiError extends Error {
  override readonly name = 'ChatApiError';
  readonly status: number;
  /** The server's own word, such as `customer_banned`; `network` when no answer came. */
  readonly type: string;
  /** Milliseconds that the server asks to wait; 0 when it asks for none. */
  readonly retryAfter: number;

  constructor(parts: { status: number; type: string; message?: string; retryAfter?: number }) {
    super(parts.message ?? '');
    this.status = parts.status;
    this.type = parts.type;
    this.retryAfter = parts.retryAfter ?? 0;
  }

  /** True when the same call may go well a moment later: nothing was wrong with it. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The longest wait that is believed; a proxy that says more is not obeyed. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
 * @param now milliseconds since 1970
 * @returns milliseconds to wait; 0 for what cannot be read
 */
export function readRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  const text = header.trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, LONGEST_WAIT) : 0;
}

/** Makes an error of an answer that was not a success, in any of the server's shapes. */
export function readChatApiError(
  status: number,
  retryAfter: string | null,
  body: unknown,
  now: number,
): ChatApiError {
  const shell = isRecord(body) ? body.error : undefined;
  const wait = readRetryAfter(retryAfter, now);
  // The chat APIs put an object there, the token endpoint a word.
  if (typeof shell === 'string' && isRecord(body))
    return new ChatApiError({
      status,
      type: shell,
      message: textOf(body.error_description),
      retryAfter: wait,
    });
  if (isRecord(shell))
    return new ChatApiError({
      status,
      type: textOf(shell.type) || 'internal',
      message: textOf(shell.message),
      retryAfter: wait,
    });
  return new ChatApiError({ status, type: status >= 500 ? 'internal' : 'unreadable', retryAfter: wait });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
