import { answerAddress } from './authorization_decision.ts';
import type { AuthorizationProblem } from './authorization_problem.ts';
import type { RedirectTrusted, RequestChecked } from './authorization_request.ts';
import type { ParsedRedirectUri } from './redirect_uri_parse.ts';
import { formatScopes, type ScopeSet } from './scopes.ts';
import { answerContext, errorAnswer } from './standard_error.ts';

/** How an answer travels to the app: with the browser to the redirect URI, or as a message out of a popup. */
export type AuthorizationAnswer = { kind: 'redirect'; address: string } | PopupAnswer;

/** What `postMessage` is given. The origin is the matched redirect URI's, so that no other page hears it. */
export interface PopupAnswer {
  kind: 'message';
  origin: string;
  message: PopupMessage;
}

/** The shape that the listener of the Accounts SDK takes; `scopes` becomes its `scope`. */
export type PopupMessage =
  | { data: Record<string, string | number | readonly string[]> }
  | { error: Record<string, string> };

export interface Granted {
  kind: 'code' | 'access_token';
  text: string;
  scopes: ScopeSet;
  accountId: string;
  organizationId: string;
}

/** Only a redirect URI of the web has pages that a popup could answer. */
export function canHearPopups(redirect: ParsedRedirectUri): boolean {
  return redirect.kind !== 'custom_scheme';
}

/** The code or the token, on its way. */
export function grantedAnswer(request: RequestChecked, granted: Granted): AuthorizationAnswer {
  const { redirect, parameters, policy } = request;
  const { kind, text } = granted;
  const scope = formatScopes(granted.scopes, 'livechat');
  if (parameters.flow === 'popup')
    return messageTo(redirect, {
      data: {
        [kind]: text,
        scopes: scope.split(','),
        expires_in: policy.accessTokenSeconds,
        // LiveChat's table has these beside a code, and none of them beside a token.
        ...(kind === 'code'
          ? {
              account_id: granted.accountId,
              organization_id: granted.organizationId,
              client_id: request.client.clientId,
            }
          : { token_type: 'Bearer' }),
        ...sentState(request),
      },
    });
  const context = answerContext(parameters);
  return kind === 'code'
    ? redirectTo(redirect, 'query', { code: text, ...context })
    : redirectTo(redirect, 'fragment', {
        access_token: text,
        token_type: 'Bearer',
        expires_in: String(policy.accessTokenSeconds),
        scope,
        ...context,
      });
}

/** The person did not allow it: told to the app in both dialects' words (RFC 6749 §4.1.2.1; LiveChat's exception name). */
export function deniedAnswer(request: RequestChecked): AuthorizationAnswer {
  const { redirect, responseType, parameters } = request;
  const description = 'The person did not allow the access.';
  if (parameters.flow === 'popup')
    return refusedMessage(request, { exception: 'access_denied', check: description });
  const livechat = parameters.issuer === undefined ? { oauth_exception: 'access_denied' } : {};
  return redirectTo(redirect, responseType === 'token' ? 'fragment' : 'query', {
    ...errorAnswer('access_denied', description, parameters),
    ...livechat,
  });
}

/** Why a request was refused, for the page that opened the popup (docs: oauth-authorization, Response format). */
export function refusedMessage(
  trusted: RedirectTrusted,
  problem: Pick<AuthorizationProblem, 'exception' | 'details' | 'check'>,
): PopupAnswer {
  return messageTo(trusted.redirect, {
    error: {
      oauth_exception: problem.exception,
      ...(problem.details ? { exception_details: problem.details } : {}),
      // The SDK puts words of its own in the place of `description` for some exceptions, and leaves others alone.
      description: problem.check,
      error_description: problem.check,
      ...sentState(trusted),
    },
  });
}

/**
 * The state as it came, and none where none came: the SDK, which sends none unless it is told one, files what it
 * remembers (the PKCE verifier) under "undefined" then and would not find it under an empty one.
 */
function sentState({ parameters }: RedirectTrusted): { state?: string } {
  return parameters.state === undefined ? {} : { state: parameters.state };
}

function messageTo(redirect: ParsedRedirectUri, message: PopupMessage): PopupAnswer {
  // As browsers spell it: without the scheme's own port.
  return { kind: 'message', origin: new URL(redirect.text).origin, message };
}

function redirectTo(
  redirect: ParsedRedirectUri,
  place: 'query' | 'fragment',
  parameters: Record<string, string>,
): AuthorizationAnswer {
  return { kind: 'redirect', address: answerAddress(redirect.text, place, parameters) };
}
