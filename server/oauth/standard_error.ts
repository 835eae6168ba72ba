import type { AuthorizationParameters } from './authorization_request.ts';

/**
 * Texts of `error_description` may hold printable ASCII without `"` and `\` (RFC 6749 §4.1.2.1, §5.2): what
 * else stands in a message is written in their stead.
 */
export function describable(message: string): string {
  return message
    .replaceAll(/["\u2018-\u201f]/g, "'")
    .replaceAll('\u2026', '...')
    .replaceAll('\\', '/')
    .replaceAll(/[^\x20-\x7e]/g, '?');
}

/**
 * What every answer of an authorization request carries beside its own: `state`, and in the standard dialect
 * `iss`, so that an app that works with several servers knows which one answered (RFC 9207 §2). LiveChat's
 * dialect always sends `state` back, empty when none came; the standard sends back what came.
 */
export function answerContext(parameters: AuthorizationParameters): Record<string, string> {
  const { state, issuer } = parameters;
  if (issuer === undefined) return { state: state ?? '' };
  return { ...(state === undefined ? {} : { state }), iss: issuer };
}

/** The parameters of an error that goes back to the app (RFC 6749 §4.1.2.1, RFC 9207 §2). */
export function errorAnswer(
  error: string,
  description: string,
  parameters: AuthorizationParameters,
): Record<string, string> {
  return { error, error_description: describable(description), ...answerContext(parameters) };
}
