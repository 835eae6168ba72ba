import { type AuthorizationProblem, passed, refused, type Step } from './authorization_problem.ts';
import {
  type AuthorizationParameters,
  checkClient,
  type RegisteredClient,
  trustRedirect,
} from './authorization_request.ts';
import { checkStandardRequest } from './standard_request.ts';

/** Seconds for which the browser may bring a pushed request (RFC 9126 §2.2: a short one, such as 60). */
export const PUSHED_REQUEST_SECONDS = 60;

const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** The reference that stands for a pushed request. */
export function requestUri(token: string): string {
  return PREFIX + token;
}

/** The token in a reference; undefined for what this server never handed out. */
export function tokenOfRequestUri(text: string): string | undefined {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
}

/** Checks a request as the authorization endpoint will (RFC 9126 §2.1), before there is a browser. */
export function checkPushedRequest(
  parameters: AuthorizationParameters,
  client: RegisteredClient,
): Step<AuthorizationParameters> {
  const known = checkClient(parameters, client);
  if (!known.ok) return known;
  const redirect = trustRedirect(known.value);
  if (!redirect.ok) return refused(withoutWhitelist(redirect.problem));
  const request = checkStandardRequest(redirect.value);
  return request.ok ? passed(parameters) : request;
}

/**
 * Anybody can push in the name of an app without a secret: what its whitelist holds is not told. (RFC 9126
 * §2.3 has no code of its own for a bad redirect URI.)
 */
function withoutWhitelist(problem: AuthorizationProblem): AuthorizationProblem {
  const { exception: _, closest: __, ...rest } = problem;
  const check =
    problem.details === 'redirect_uri_not_set' || problem.received === undefined
      ? problem.check
      : 'redirect_uri is not on the whitelist of the app. The Console says what differs, under App Authorization.';
  return { ...rest, exception: 'invalid_request', check };
}
