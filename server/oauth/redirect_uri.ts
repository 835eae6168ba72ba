/** Redirect URIs: what one may look like, which ones a client may register, and whether a request matches. */
export { type MatchRule, matchRedirectUri, type RedirectMatch } from './redirect_uri_match.ts';
export type { MismatchReason, NearestEntry } from './redirect_uri_mismatch.ts';
export {
  longestRedirectUri,
  type ParsedRedirect,
  type ParsedRedirectUri,
  parseRedirectUri,
} from './redirect_uri_parse.ts';
export type { RedirectPart, RedirectProblem, RedirectProblemCode } from './redirect_uri_problem.ts';
export { checkRegistration, needsPkce } from './redirect_uri_registration.ts';
