import { ApiError, isApiError, readApiError } from './api_error.ts';
import { sessionGate } from './session_gate.ts';
import type { Session } from './types.ts';

const BASE = '/console/api';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface RequestOptions {
  /** Sent as JSON; a Blob is sent as it is, with its own type. */
  body?: unknown;
  query?: Record<string, string | undefined>;
  signal?: AbortSignal;
  /** False: a 401 is thrown instead of waiting for a new login. */
  waitForSession?: boolean;
}

let csrfToken = '';

function addressOf(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value) parameters.set(key, value);
  const text = parameters.toString();
  return text ? `${BASE}${path}?${text}` : `${BASE}${path}`;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.signal) init.signal = options.signal;
  if (options.body instanceof Blob) {
    headers['content-type'] = options.body.type;
    init.body = options.body;
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  try {
    return await fetch(addressOf(path, options.query), init);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError({ status: 0, type: 'network', message: '' });
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  return readApiError(response.status, response.headers.get('x-request-id'), body);
}

/** Asks for the session without waiting for a new login, and remembers its CSRF token. */
export async function readSession(signal?: AbortSignal): Promise<Session> {
  const response = await send('GET', '/session', signal ? { signal } : {});
  if (!response.ok) throw await refusalOf(response);
  const session = await readJson<Session>(response);
  rememberSession(session);
  return session;
}

/** Keeps the CSRF token of a session that came by another way (switching the organization). */
export function rememberSession(session: Session): void {
  csrfToken = session.csrf_token;
}

async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    const requestId = response.headers.get('x-request-id');
    throw new ApiError({ status: response.status, type: 'unreadable', message: '', requestId });
  }
}

/** True when the login in another tab gave this browser a new CSRF token, so that a second try makes sense. */
async function csrfTokenChanged(): Promise<boolean> {
  const before = csrfToken;
  try {
    await readSession();
  } catch {
    return false;
  }
  return csrfToken !== before;
}

/** Sends a call and gives the raw answer of a success. Throws ApiError. */
export async function requestRaw(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  let triedNewCsrfToken = false;
  for (;;) {
    const response = await send(method, path, options);
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    if (isApiError(refusal, 'authentication') && options.waitForSession !== false) {
      if ((await sessionGate.wait()) === 'resumed') continue;
    } else if (isApiError(refusal, 'authorization') && method !== 'GET' && !triedNewCsrfToken) {
      triedNewCsrfToken = true;
      if (await csrfTokenChanged()) continue;
    }
    throw refusal;
  }
}

/** Sends a call and gives its JSON body; undefined for 204. Throws ApiError. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await requestRaw(method, path, options);
  return response.status === 204 ? (undefined as T) : readJson<T>(response);
}

/** A path with its parts encoded: path`/apps/${id}`. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce((whole, part, at) => `${whole}${encodeURIComponent(values[at - 1] ?? '')}${part}`);
}
