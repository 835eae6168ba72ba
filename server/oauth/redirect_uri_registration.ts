import type { RedirectPolicy } from './client_profile.ts';
import {
  defaultPort,
  type ParsedRedirect,
  type ParsedRedirectUri,
  parseRedirectUri,
} from './redirect_uri_parse.ts';
import type { RedirectProblem } from './redirect_uri_problem.ts';

/**
 * May this text stand on the redirect URI whitelist of a client with this policy? Checks the grammar first,
 * then the schemes that the profile allows: https; http to this device; a reverse-domain custom scheme
 * (for which PKCE is demanded, see `needsPkce`); http to elsewhere by a switch of the compatible profile.
 */
export function checkRegistration(text: string, policy: RedirectPolicy): ParsedRedirect {
  const parsed = parseRedirectUri(text);
  if (!parsed.ok) return parsed;
  const { uri } = parsed;
  const problem = checkAllowed(uri, policy) ?? checkSpelling(uri);
  return problem ? { ok: false, problem } : parsed;
}

/** Must a request that redirects here use PKCE, whatever its client's policy says (RFC 8252 §8.1)? */
export function needsPkce(uri: Pick<ParsedRedirectUri, 'kind'>): boolean {
  return uri.kind === 'custom_scheme';
}

/**
 * The part of the check that is repeated whenever an entry is used: a policy may have become stricter since
 * the entry was saved. `undefined` when the entry is allowed.
 */
export function checkAllowed(uri: ParsedRedirectUri, policy: RedirectPolicy): RedirectProblem | undefined {
  if (uri.kind !== 'http') return undefined;
  const strict = policy.profile === 'strict';
  if (!strict && policy.switches.allowPlainHttp) return undefined;
  const advice = strict
    ? 'The strict profile takes http for this device alone (http://127.0.0.1, http://[::1], http://localhost).'
    : 'Use https, or allow plain http in the settings of this app.';
  const secure = parseRedirectUri(
    uri.text.replace(/^http:/, 'https:').replace(/^(https:\/\/[^/]*):80(?=\/|$)/, '$1'),
  );
  return {
    part: 'scheme',
    code: 'scheme_plain_http',
    message: `Plain http to "${uri.host}" lets anybody on the way read the code. ${advice}`,
    ...(secure.ok ? { suggestion: secure.uri.text } : {}),
  };
}

/** Spellings that the grammar takes, but that would never match what a client is likely to send. */
function checkSpelling(uri: ParsedRedirectUri): RedirectProblem | undefined {
  if (uri.port !== null && uri.port === defaultPort(uri.scheme)) {
    return {
      part: 'port',
      code: 'port_default',
      message: `Port ${uri.port} is the one that ${uri.scheme} uses anyway, and most libraries leave it out. Leave out ":${uri.port}", since redirect URIs are compared character by character.`,
      suggestion: `${uri.scheme}://${uri.host}${uri.path}`,
    };
  }
  if (uri.text.includes(',')) {
    return {
      part: 'path',
      code: 'comma',
      message:
        'There is a comma in the path. Lists of redirect URIs are joined by commas, so that it would be cut there: write %2C.',
      suggestion: uri.text.replaceAll(',', '%2C'),
    };
  }
  return undefined;
}
