import { type ProblemDraft, problem, quoted } from './redirect_uri_problem.ts';

/** Schemes that run code, read files or leave the web. Most browsers would obey some of them. */
const forbiddenSchemes: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'chrome',
  'chrome-extension',
  'content',
  'data',
  'feed',
  'file',
  'filesystem',
  'ftp',
  'ftps',
  'gopher',
  'intent',
  'jar',
  'javascript',
  'ldap',
  'livescript',
  'mailto',
  'mhtml',
  'mocha',
  'moz-extension',
  'resource',
  'sftp',
  'sms',
  'tel',
  'urn',
  'vbscript',
  'view-source',
  'ws',
  'wss',
]);

const schemeGrammar = /^[A-Za-z][A-Za-z0-9+.-]*$/;
/** At least two labels, the first of which looks like a top-level domain: `com.example`, `xn--p1ai.app`. */
const reverseDomain = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

export type Scheme = { readonly kind: 'https' | 'http' | 'custom'; readonly name: string };

/** What stands before the first colon, unless a `/`, `?` or `#` comes earlier. */
function beforeColon(text: string): string | undefined {
  return /^([^:/?#]*):/.exec(text)?.[1];
}

/** Told before anything else about the text, since such an address is no slip of the hand. */
export function forbiddenScheme(text: string): ProblemDraft | undefined {
  // Browsers drop tabs, line breaks and leading blanks before they look at the scheme.
  const name = beforeColon(text.replace(/[\t\n\r]|^[\p{Cc} ]+/gu, ''))?.toLowerCase();
  if (name === undefined || !forbiddenSchemes.has(name)) return undefined;
  return problem(
    'scheme',
    'scheme_forbidden',
    `The scheme "${name}:" is never a redirect target. Use https, http on this device (http://127.0.0.1), or a reverse-domain scheme such as com.example.app:/callback.`,
  );
}

/**
 * Reads the scheme. LiveChat's PKCE section shows a bare custom scheme (`my_app://`) too; here only
 * reverse-domain ones are taken: a bare word can be claimed by any other program on the device, while a
 * domain's owner can show whose it is (RFC 8252 §7.1 and §8.4). The underscore is no scheme character at
 * all (RFC 3986 §3.1).
 */
export function readScheme(text: string): Scheme | ProblemDraft {
  const name = beforeColon(text);
  if (name === undefined || name === '') return missingScheme(text);
  const rest = text.slice(name.length + 1);
  const lower = name.toLowerCase();
  const looksLikeHostAndPort = /^\d{1,5}(?:[/?#]|$)/.test(rest);
  if (looksLikeHostAndPort && (lower === 'localhost' || name.includes('.'))) return missingScheme(text);
  if (lower === 'http' || lower === 'https') {
    return name === lower ? { kind: lower, name } : uppercaseScheme(name, lower, rest);
  }
  if (schemeGrammar.test(name) && reverseDomain.test(lower)) {
    return name === lower ? { kind: 'custom', name } : uppercaseScheme(name, lower, rest);
  }
  const reason = schemeGrammar.test(name)
    ? 'A custom scheme has to be a domain that you own, reversed'
    : 'A scheme is made of letters, digits, "+", "-" and ".", and a custom one has to be a domain that you own, reversed';
  return problem(
    'scheme',
    'scheme_not_reverse_domain',
    `The scheme ${quoted(name)} could be claimed by any other app. ${reason}, such as com.example.app:/callback.`,
  );
}

function uppercaseScheme(name: string, lower: string, rest: string): ProblemDraft {
  return problem(
    'scheme',
    'scheme_uppercase',
    `The scheme ${quoted(name)} has to be written in small letters: redirect URIs are compared character by character.`,
    `${lower}:${rest}`,
  );
}

function missingScheme(text: string): ProblemDraft {
  const bare = text.replace(/^:?\/\//, '');
  const onThisDevice = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?=[:/]|$)/.test(bare);
  const scheme = onThisDevice ? 'http' : 'https';
  return problem(
    'scheme',
    'scheme_missing',
    `${quoted(text)} does not begin with a scheme. Begin it with ${scheme}://.`,
    `${scheme}://${bare}`,
  );
}
