import { readAuthority } from './redirect_uri_authority.ts';
import { checkCharacters, checkPercentEncoding } from './redirect_uri_characters.ts';
import { type ProblemDraft, problem, quoted, type RedirectProblem } from './redirect_uri_problem.ts';
import { forbiddenScheme, readScheme } from './redirect_uri_scheme.ts';

export type ParsedRedirectUri = {
  /** The URI, byte for byte as it was given. */
  readonly text: string;
  /** `loopback` is http to this very device; `http` is http to anywhere else. */
  readonly kind: 'https' | 'http' | 'loopback' | 'custom_scheme';
  /** Small letters, without the colon. */
  readonly scheme: string;
  /** Small letters (any case for a custom scheme); IPv6 in its brackets; empty when there is none. */
  readonly host: string;
  /** As written; `null` when it was not. */
  readonly port: number | null;
  /** Empty, or beginning with `/`. */
  readonly path: string;
  /** Does the host name this device, and if so as an address or by name? */
  readonly loopback: 'address' | 'name' | null;
};

export type ParsedRedirect =
  | { readonly ok: true; readonly uri: ParsedRedirectUri }
  | { readonly ok: false; readonly problem: RedirectProblem };

export const longestRedirectUri = 2_048;

/** `pchar` of RFC 3986 §3.3, and the slash. */
const pathGrammar = /^[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/;

/**
 * Reads a redirect URI by a grammar narrower than RFC 3986, so that no two parsers can take it for
 * different addresses: its characters only, at most 2 048 of them, no userinfo, query, fragment or dot
 * segment, nothing hidden by percent-encoding, one spelling of each host. What passes is then compared with
 * the URL parser of browsers (WHATWG), and refused when that one sees another scheme, host, port or path.
 * Whether a client may use it is a question for `checkRegistration`.
 */
export function parseRedirectUri(text: string): ParsedRedirect {
  const read = readRedirectUri(text);
  if ('text' in read) return { ok: true, uri: read };
  const { part, code, message, candidate } = read;
  const helps = candidate !== undefined && candidate !== text && 'text' in readRedirectUri(candidate);
  return {
    ok: false,
    problem: helps ? { part, code, message, suggestion: candidate } : { part, code, message },
  };
}

function readRedirectUri(text: string): ParsedRedirectUri | ProblemDraft {
  if (text === '') {
    return problem(
      'whole',
      'empty',
      'The redirect URI is empty. Write the whole address, such as https://app.example.com/callback.',
    );
  }
  if (text.length > longestRedirectUri) {
    return problem(
      'length',
      'too_long',
      `The redirect URI is ${text.length} characters long; at most ${longestRedirectUri} are accepted.`,
    );
  }
  const refused = forbiddenScheme(text);
  if (refused) return refused;
  const several = /,\s{0,3}[a-z][a-z0-9+.-]{0,40}:\/\//i.exec(text);
  if (several) {
    return problem(
      'whole',
      'several_uris',
      'These are several redirect URIs joined by commas. Add them one by one.',
      text.slice(0, several.index).trim(),
    );
  }
  const strange = checkCharacters(text);
  if (strange) return strange;
  const scheme = readScheme(text);
  if ('code' in scheme) return scheme;
  const rest = text.slice(scheme.name.length + 1);
  const tail = checkTail(text);
  if (tail) return tail;

  const custom = scheme.kind === 'custom';
  const hierarchy = /^\/\/([^/]*)(.*)$/.exec(rest);
  if (!hierarchy && !custom) {
    const candidate = `${scheme.name}://${rest.replace(/^\/+/, '')}`;
    return problem(
      'host',
      'host_missing',
      `After "${scheme.name}:" there have to be "//" and the host.`,
      candidate,
    );
  }
  if (!hierarchy && !rest.startsWith('/')) {
    const candidate = `${scheme.name}:/${rest}`;
    return problem('path', 'path_rootless', `After "${scheme.name}:" there has to be a "/".`, candidate);
  }
  const path = hierarchy ? (hierarchy[2] ?? '') : rest;
  const authority = hierarchy
    ? readAuthority(hierarchy[1] ?? '', custom, (better) => `${scheme.name}://${better}${path}`)
    : { host: '', port: null };
  if ('code' in authority) return authority;
  const wrong = checkPath(path, text);
  if (wrong) return wrong;

  const loopback = custom ? null : loopbackOf(authority.host);
  const kind = custom ? 'custom_scheme' : scheme.kind === 'http' && loopback ? 'loopback' : scheme.kind;
  const uri = { text, kind, scheme: scheme.name, ...authority, path, loopback } as const;
  return disagreement(uri) ?? uri;
}

/** Query and fragment. Even an empty one changes how the parameters of the answer are appended. */
function checkTail(text: string): ProblemDraft | undefined {
  const fragment = text.indexOf('#');
  const query = text.indexOf('?');
  if (query >= 0 && (fragment < 0 || query < fragment)) {
    return problem(
      'query',
      'query_present',
      `The redirect URI has a query (${quoted(text.slice(query))}), which is not allowed. Carry such values in the state parameter.`,
      text.slice(0, query),
    );
  }
  if (fragment < 0) return undefined;
  return problem(
    'fragment',
    'fragment_present',
    `The redirect URI has a fragment (${quoted(text.slice(fragment))}), which is not allowed (RFC 6749 §3.1.2). Carry such values in the state parameter.`,
    text.slice(0, fragment),
  );
}

function checkPath(path: string, text: string): ProblemDraft | undefined {
  if (!pathGrammar.test(path)) {
    return problem('path', 'character_forbidden', `"[" and "]" cannot stand in the path ${quoted(path)}.`);
  }
  for (const segment of path.split('/')) {
    // Some servers strip parameters or white space first and then see "..": "/..;x/", "/..%20/".
    if (/^\.{1,2}(?:;|$)/.test(withoutEncodedSpace(segment))) {
      return problem(
        'path',
        'path_dot_segment',
        `The path ${quoted(path)} holds the segment ${quoted(segment)}, which leads elsewhere. Write the path that it leads to.`,
        URL.parse(text)?.href,
      );
    }
  }
  return checkPercentEncoding(path);
}

/** The segment as a server sees it that trims the white space it decodes. Other encodings are judged by themselves. */
function withoutEncodedSpace(segment: string): string {
  return segment.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return /^\s+$/u.test(decodeURIComponent(run)) ? '' : run;
    } catch {
      return run;
    }
  });
}

/** Hosts of this device: RFC 8252 §7.3 and §8.3; all of 127.0.0.0/8 (RFC 1122 §3.2.1.3). */
function loopbackOf(host: string): ParsedRedirectUri['loopback'] {
  if (host === 'localhost') return 'name';
  return host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host) ? 'address' : null;
}

/** The port that counts when none is written. */
export function defaultPort(scheme: string): number | null {
  return scheme === 'https' ? 443 : scheme === 'http' ? 80 : null;
}

/** Compares with the URL parser that browsers follow: the one that will obey the redirect. */
function disagreement(uri: ParsedRedirectUri): ProblemDraft | undefined {
  const url = URL.parse(uri.text);
  const seenPort = url === null || url.port === '' ? null : Number(url.port);
  const special = uri.kind !== 'custom_scheme';
  const agrees =
    url !== null &&
    url.protocol === `${uri.scheme}:` &&
    url.hostname === uri.host &&
    (seenPort ?? defaultPort(uri.scheme)) === (uri.port ?? defaultPort(uri.scheme)) &&
    url.pathname === (special && uri.path === '' ? '/' : uri.path) &&
    url.username + url.password + url.search + url.hash === '';
  if (agrees) return undefined;
  return problem(
    'whole',
    'parsers_disagree',
    `A browser reads ${quoted(uri.text)} as ${url ? `another address (${quoted(url.href)})` : 'no address at all'}. Write it in its plainest form.`,
    url?.href,
  );
}
