/** What the owner of an app reads of a refused request. */
export interface RefusalDetail {
  /** The check that failed, and what would pass. */
  check: string;
  /** The parameter that was refused. */
  parameter?: string;
  received?: string;
  /** What this request should have sent. */
  expected?: string;
  /** The registered value that resembles what came most. */
  nearest?: string;
  /** The first character in which what came differs from what was expected or is nearest, counted from 0. */
  first_difference?: number;
  /** Of the HTTP request; the address without its query. */
  method?: string;
  path?: string;
}

const LONGEST_CHECK = 1_000;
const LONGEST_VALUE = 300;
/** As long as a client secret, a code's or a token's secret part, a verifier. */
const SECRET_LIKE = /[A-Za-z0-9_-]{32,}/g;
/** Tokens and codes begin with a region, which shows as `%3A` in addresses. */
const TOKEN_LIKE = /\b[a-z]{2,8}(?::|%3A)[A-Za-z0-9_-]{20,}/gi;

/**
 * Makes facts fit to be kept: short, printable, and without anything that might be a secret that came in a wrong
 * place. What the app's owner registered is theirs to see, and stays.
 */
export function safeDetail(detail: RefusalDetail): RefusalDetail {
  const registered = [detail.expected, detail.nearest].filter((text) => text !== undefined).join('\n');
  const value = (text: string) => clip(withoutSecrets(text, registered), LONGEST_VALUE);
  const safe: RefusalDetail = { check: clip(withoutSecrets(detail.check, registered), LONGEST_CHECK) };
  if (detail.parameter !== undefined) safe.parameter = clip(detail.parameter, 64);
  if (detail.received !== undefined) safe.received = value(detail.received);
  if (detail.expected !== undefined) safe.expected = clip(detail.expected, LONGEST_VALUE);
  if (detail.nearest !== undefined) safe.nearest = clip(detail.nearest, LONGEST_VALUE);
  const difference = firstDifference(safe.received, safe.expected ?? safe.nearest);
  if (difference !== undefined) safe.first_difference = difference;
  if (detail.method !== undefined) safe.method = detail.method;
  if (detail.path !== undefined) safe.path = value(detail.path);
  return safe;
}

function withoutSecrets(text: string, registered: string): string {
  const hide = (found: string) => (registered.includes(found) ? found : `(${found.length} characters)`);
  return text.replace(TOKEN_LIKE, hide).replace(SECRET_LIKE, hide);
}

function clip(text: string, longest: number): string {
  const printable = text.replace(/\p{Cc}/gu, '?');
  return printable.length > longest ? `${printable.slice(0, longest - 1)}…` : printable;
}

function firstDifference(received: string | undefined, wanted: string | undefined): number | undefined {
  if (received === undefined || wanted === undefined || received === wanted) return undefined;
  let at = 0;
  while (at < received.length && at < wanted.length && received[at] === wanted[at]) at++;
  return at;
}
