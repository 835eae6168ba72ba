import assert from 'node:assert/strict';
import { REDIRECT } from '../world.ts';
import { INJECTED } from './mutations.ts';
import type { WireAnswer, WireRequest } from './request.ts';

/** Surfaces by their error shape. */
export type Surface = 'page' | 'livechat' | 'standard' | 'action' | 'console' | 'server';

/** Which surface answers at an address. */
export function surfaceOf(path: string): Surface {
  if (path.startsWith('/v2/')) return 'livechat';
  if (/^\/oauth2\/(authorize|logout|logout\/confirm)$/.test(path)) return 'page';
  if (path.startsWith('/oauth2/') || path.startsWith('/.well-known/')) return 'standard';
  if (/^\/[^/]+\/(agent|customer|configuration)\/action\//.test(path)) return 'action';
  if (path === '/console/api' || path.startsWith('/console/api/')) return 'console';
  if (/^\/(healthz|readyz|postman\.json|openapi\.json|assets\/|favicon\.ico|dev\/clock)/.test(path))
    return 'server';
  return 'page';
}

const text = (value: unknown): boolean => typeof value === 'string' && value.length > 5;

/** The documented shapes of refusals. */
const SHAPES: Record<Exclude<Surface, 'page' | 'server'>, (body: Record<string, unknown>) => boolean> = {
  livechat: (body) =>
    text(body.error) &&
    text(body.error_description) &&
    body.oauth_exception === body.error &&
    body.exception_description === body.error_description &&
    text(body.request_id),
  standard: (body) =>
    text(body.error) &&
    text(body.error_description) &&
    // RFC 6749 §5.2: no quotation mark, no backslash, ASCII.
    /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/.test(String(body.error_description)),
  action: ({ error }) => {
    const inner = error as Record<string, unknown> | undefined;
    return text(inner?.type) && text(inner?.message);
  },
  console: ({ error, request_id }) => {
    const inner = error as Record<string, unknown> | undefined;
    return text(inner?.type) && text(inner?.message) && text(request_id);
  },
};

/** Holds against a refusal what is documented of the surface; the router's own refusals speak the action APIs' shape. */
export function checkErrorShape(surface: Surface, answer: WireAnswer, method = 'GET'): void {
  const type = String(answer.headers['content-type'] ?? '');
  if (method === 'HEAD' || answer.status === 304) return;
  if (type.startsWith('text/html')) {
    assert.ok(surface === 'page' || surface === 'server', `a page came from the ${surface} surface`);
    assert.match(answer.text, /<h1/);
    assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/);
    return;
  }
  if (type.startsWith('text/plain') && answer.status === 404) return;
  assert.match(
    type,
    /^application\/json; charset=utf-8$/,
    `the refusal is ${type}: ${answer.text.slice(0, 200)}`,
  );
  const body = JSON.parse(answer.text) as Record<string, unknown>;
  // 431 comes before anybody knows the address.
  const shape = surface === 'page' || surface === 'server' || answer.status === 431 ? 'action' : surface;
  const byRouter = surface === 'page' && SHAPES.standard(body);
  assert.ok(SHAPES[shape](body) || byRouter, `not the shape of ${surface}: ${answer.text.slice(0, 300)}`);
}

/** Was nothing given? A page refuses by leading to the error page, or to the app with an error in the address. */
export function refusedBy({ status, headers }: WireAnswer): boolean {
  if (status >= 400 && status < 500) return true;
  const location = String(headers.location);
  return (
    status === 303 &&
    /[?&](error|oauth_exception)=/.test(location) &&
    !/[?&#](code|access_token)=/.test(location)
  );
}

/** The bounded queue of password hashes, and nothing else. */
const MAY_BE_BUSY = /Too many people are logging in/;

/** What holds of every answer to whatever request. */
export function checkAnswer(surface: Surface, request: WireRequest, answer: WireAnswer): void {
  const { status, headers, text: body } = answer;
  const location = headers.location === undefined ? undefined : String(headers.location);
  const notBuilt = status === 503 && /^\/console(\/|\?|$)/.test(request.target);
  if (status === 503 && !notBuilt) assert.match(body, MAY_BE_BUSY);
  else if (!notBuilt) assert.ok(status < 500, `it answered ${status}: ${body.slice(0, 300)}`);
  if (status === 429 || (status === 503 && !notBuilt)) assert.match(String(headers['retry-after']), /^\d+$/);
  if (status >= 400 && request.method !== 'HEAD') checkErrorShape(surface, answer, request.method);

  assert.equal(headers[INJECTED], undefined, 'a header was injected');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers.server, undefined);
  assert.equal(headers['x-powered-by'], undefined);
  if (String(headers['content-type']).startsWith('text/html')) {
    assert.doesNotMatch(body, /gh"'|gh"&#39;|<script>mark/, 'the marker came back unescaped');
    assert.doesNotMatch(body, /(?:href|action|src)="\s*javascript:/i);
  } else if (/gh"'><script>/.test(body)) {
    assert.match(String(headers['content-type']), /^(application\/json|text\/plain)/);
  }
  assert.doesNotMatch(
    body,
    /node_modules|\bat [A-Za-z.]+ \(|SQLITE_|SqliteError|\.ts:\d+:\d+/,
    'the inside shows',
  );
  if (location !== undefined)
    assert.ok(
      /^\/(?![/\\])/.test(location) || location.startsWith(REDIRECT),
      `it leads to ${location.slice(0, 200)}`,
    );
  if (status >= 300 && status < 400 && status !== 304) assert.ok(location !== undefined);
}
