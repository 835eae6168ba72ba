import type { RedirectPolicy } from './client_profile.ts';
import { type ParsedRedirectUri, parseRedirectUri } from './redirect_uri_parse.ts';
import { quoted, type RedirectProblem } from './redirect_uri_problem.ts';
import { checkAllowed } from './redirect_uri_registration.ts';

export type MismatchReason =
  /** The requested URI does not follow the grammar. */
  | 'malformed'
  /** The whitelist is empty. */
  | 'nothing_registered'
  /** The very URI is on the whitelist, but the client's policy no longer allows it. */
  | 'not_allowed'
  | 'scheme_differs'
  | 'host_differs'
  | 'port_differs'
  | 'path_differs'
  /** It is below an entry's path, and the client does not accept that. */
  | 'sub_path_not_accepted';

export type NearestEntry = {
  readonly entry: string;
  readonly firstDifference: number;
  readonly received: string | null;
  readonly expected: string | null;
};

export type Mismatch = {
  readonly reason: MismatchReason;
  readonly message: string;
  readonly problem?: RedirectProblem;
};

/** The entry most alike to what was requested, and where they part. `undefined` for an empty whitelist. */
export function nearestEntry(requested: string, registered: readonly string[]): NearestEntry | undefined {
  let nearest: string | undefined;
  let best = -1;
  for (const entry of registered) {
    const alike = likeness(requested, entry);
    if (alike > best) {
      best = alike;
      nearest = entry;
    }
  }
  if (nearest === undefined) return undefined;
  const firstDifference = commonPrefix(requested, nearest);
  return {
    entry: nearest,
    firstDifference,
    received: requested[firstDifference] ?? null,
    expected: nearest[firstDifference] ?? null,
  };
}

/** 0 to 1: the share of common beginning and end. Linear, since strangers choose the texts. */
function likeness(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  const prefix = commonPrefix(a, b);
  const room = Math.min(a.length, b.length) - prefix;
  let suffix = 0;
  while (suffix < room && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) suffix++;
  return (prefix + suffix) / longer;
}

function commonPrefix(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let length = 0;
  while (length < shorter && a[length] === b[length]) length++;
  return length;
}

/** Why a well-formed URI matches nothing, told by comparison with the nearest entry. */
export function explainMismatch(
  uri: ParsedRedirectUri,
  registered: readonly string[],
  policy: RedirectPolicy,
): Mismatch {
  const nearest = nearestEntry(uri.text, registered);
  if (!nearest) {
    return {
      reason: 'nothing_registered',
      message: `The app has no redirect URI yet. Add ${quoted(uri.text)} to its whitelist in App Authorization.`,
    };
  }
  const parsed = parseRedirectUri(nearest.entry);
  const problem = parsed.ok ? checkAllowed(parsed.uri, policy) : parsed.problem;
  if (problem && nearest.received === null && nearest.expected === null) {
    return {
      reason: 'not_allowed',
      message: `${quoted(nearest.entry)} is on the whitelist, but may not be used. ${problem.message}`,
      problem,
    };
  }
  if (!parsed.ok) {
    return {
      reason: 'path_differs',
      message: `The nearest entry of the whitelist is ${quoted(nearest.entry)}.`,
    };
  }
  return compare(uri, parsed.uri, policy);
}

function compare(uri: ParsedRedirectUri, entry: ParsedRedirectUri, policy: RedirectPolicy): Mismatch {
  const ending = `Received ${quoted(uri.text)}, the nearest entry of the whitelist is ${quoted(entry.text)}.`;
  if (uri.scheme !== entry.scheme) {
    return {
      reason: 'scheme_differs',
      message: `The scheme differs ("${uri.scheme}" instead of "${entry.scheme}"). ${ending}`,
    };
  }
  if (uri.host !== entry.host) {
    return {
      reason: 'host_differs',
      message: `The host differs (${quoted(uri.host)} instead of ${quoted(entry.host)}). ${ending}`,
    };
  }
  if (uri.port !== entry.port) {
    const advice =
      uri.loopback === 'name' && policy.profile === 'strict'
        ? ' For a port that changes register http://127.0.0.1 instead of localhost.'
        : '';
    return {
      reason: 'port_differs',
      message: `The port differs (${uri.port ?? 'none'} instead of ${entry.port ?? 'none'}). ${ending}${advice}`,
    };
  }
  if (uri.kind !== 'custom_scheme' && uri.path.startsWith(entry.path.replace(/\/?$/, '/'))) {
    const advice =
      policy.profile === 'strict'
        ? 'The strict profile takes exact paths only: add this one.'
        : policy.switches.acceptSubPaths
          ? 'Empty segments ("//") are not accepted in it.'
          : 'Add this path, or let the app accept sub-paths.';
    return {
      reason: 'sub_path_not_accepted',
      message: `The path lies below a registered one. ${advice} ${ending}`,
    };
  }
  const slash = `${uri.path}/` === entry.path ? ' Only the "/" at the end is missing.' : '';
  return { reason: 'path_differs', message: `The path differs.${slash} ${ending}` };
}
