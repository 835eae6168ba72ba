import type { RedirectPolicy } from './client_profile.ts';
import {
  explainMismatch,
  type MismatchReason,
  type NearestEntry,
  nearestEntry,
} from './redirect_uri_mismatch.ts';
import { type ParsedRedirectUri, parseRedirectUri } from './redirect_uri_parse.ts';
import type { RedirectProblem } from './redirect_uri_problem.ts';
import { checkAllowed } from './redirect_uri_registration.ts';

export type MatchRule = 'exact' | 'empty_path' | 'loopback_port' | 'sub_path';

export type RedirectMatch =
  | {
      readonly matched: true;
      /** The entry of the whitelist that let it pass. */
      readonly entry: string;
      readonly rule: MatchRule;
      /** What was asked for, which is where to redirect to. */
      readonly uri: ParsedRedirectUri;
    }
  | {
      readonly matched: false;
      readonly reason: MismatchReason;
      /** For the app's owner. The person at the browser is not shown it: it quotes the whitelist. */
      readonly message: string;
      /** What the grammar found, when the reason is `malformed`; why the entry is out, when `not_allowed`. */
      readonly problem?: RedirectProblem;
      /** `firstDifference` counts characters from 0; a `null` character is the end of that text. */
      readonly nearest?: NearestEntry;
    };

/** The order in which rules are tried: an exact entry wins over a broader one, wherever it stands. */
const rules: readonly MatchRule[] = ['exact', 'empty_path', 'loopback_port', 'sub_path'];

/**
 * Looks for the entry of the whitelist that a requested redirect URI matches. Both are compared byte by byte
 * (RFC 9700 §2.1), but for:
 * - `empty_path`: an empty path equals `/` on http and https, since the two are one address (RFC 3986
 *   §6.2.3) and libraries write either;
 * - `loopback_port` (strict): http to a loopback address may come with any port, since a program on the
 *   device takes what port is free (RFC 8252 §7.3). Not so `localhost`: a name can be made to point elsewhere
 *   (§8.3), and the compatible profile documents the port of `localhost` as fixed;
 * - `sub_path` (compatible, by switch): paths below the entry's, at a `/` boundary, on http and https.
 */
export function matchRedirectUri(
  requested: string,
  registered: readonly string[],
  policy: RedirectPolicy,
): RedirectMatch {
  const parsed = parseRedirectUri(requested);
  if (!parsed.ok) {
    return {
      matched: false,
      reason: 'malformed',
      message: parsed.problem.message,
      problem: parsed.problem,
      ...nearestOf(requested, registered),
    };
  }
  const { uri } = parsed;
  const entries = registered.flatMap((entry) => usableEntry(entry, policy));
  for (const rule of rules) {
    const found = entries.find((entry) => follows(rule, uri, entry, policy));
    if (found) return { matched: true, entry: found.text, rule, uri };
  }
  return { matched: false, ...explainMismatch(uri, registered, policy), ...nearestOf(requested, registered) };
}

function nearestOf(requested: string, registered: readonly string[]): { nearest?: NearestEntry } {
  const nearest = nearestEntry(requested, registered);
  return nearest ? { nearest } : {};
}

/**
 * Entries parsed before. A whitelist is read far oftener than it changes, and parsing depends on the text
 * alone, so that nothing here can grow stale.
 */
const parsedEntries = new Map<string, ParsedRedirectUri | null>();
const rememberedEntries = 2_048;

function usableEntry(entry: string, policy: RedirectPolicy): ParsedRedirectUri[] {
  let uri = parsedEntries.get(entry);
  if (uri === undefined) {
    const parsed = parseRedirectUri(entry);
    uri = parsed.ok ? parsed.uri : null;
    if (parsedEntries.size >= rememberedEntries) parsedEntries.clear();
    parsedEntries.set(entry, uri);
  }
  return uri === null || checkAllowed(uri, policy) ? [] : [uri];
}

function follows(
  rule: MatchRule,
  uri: ParsedRedirectUri,
  entry: ParsedRedirectUri,
  policy: RedirectPolicy,
): boolean {
  if (rule === 'exact') return uri.text === entry.text;
  if (uri.kind === 'custom_scheme' || uri.scheme !== entry.scheme || uri.host !== entry.host) return false;
  if (rule === 'loopback_port') {
    return policy.profile === 'strict' && isLoopbackAddress(uri) && rooted(uri) === rooted(entry);
  }
  if (uri.port !== entry.port) return false;
  if (rule === 'empty_path') return rooted(uri) === rooted(entry);
  return policy.profile === 'compatible' && policy.switches.acceptSubPaths && isBelow(uri, entry);
}

function isLoopbackAddress(uri: ParsedRedirectUri): boolean {
  return uri.kind === 'loopback' && uri.loopback === 'address';
}

/** The path with the empty one written as `/`. */
function rooted(uri: ParsedRedirectUri): string {
  return uri.path === '' ? '/' : uri.path;
}

/** Is the path below the entry's? `/callback/x` and `/callback/` are below `/callback`, `/callbackx` is not. */
function isBelow(uri: ParsedRedirectUri, entry: ParsedRedirectUri): boolean {
  const base = entry.path.endsWith('/') ? entry.path : `${entry.path}/`;
  if (!uri.path.startsWith(base)) return false;
  const suffix = uri.path.slice(base.length);
  // An empty segment (//) begins a host for whoever cuts the path off and resolves it.
  return !suffix.startsWith('/') && !suffix.includes('//');
}
