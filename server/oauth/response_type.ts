import type { ClientPolicy } from './client_profile.ts';

export type ResponseType = 'code' | 'token';

export type CheckedResponseType =
  | { readonly ok: true; readonly responseType: ResponseType }
  | {
      readonly ok: false;
      readonly problem: {
        readonly code: 'response_type_missing' | 'response_type_unknown' | 'implicit_not_allowed';
        readonly message: string;
      };
    };

/**
 * Checks `response_type` against the client's policy. Asked after the redirect URI has been matched, since a
 * token in a redirect to a custom scheme lies open to any program that claims the scheme, and PKCE, which
 * mends that for codes, has nothing to offer for tokens (RFC 8252 §8.2).
 */
export function checkResponseType(
  text: string | undefined,
  policy: Pick<ClientPolicy, 'type' | 'profile' | 'implicitAllowed'>,
  redirect: { readonly customScheme: boolean },
): CheckedResponseType {
  if (!text) {
    return refuse('response_type_missing', 'response_type is missing. Send response_type=code.');
  }
  if (text === 'code') return { ok: true, responseType: 'code' };
  if (text !== 'token') {
    return refuse(
      'response_type_unknown',
      `response_type is "${text.replace(/[^\x20-\x7e]/g, '?').slice(0, 24)}". It is "code" or "token".`,
    );
  }
  const instead = 'Use response_type=code with PKCE.';
  if (!policy.implicitAllowed) {
    const reason =
      policy.profile === 'strict'
        ? 'the strict profile has no implicit grant'
        : 'it is for JavaScript apps, and this is a server-side app';
    return refuse('implicit_not_allowed', `response_type=token is refused: ${reason}. ${instead}`);
  }
  if (redirect.customScheme) {
    return refuse(
      'implicit_not_allowed',
      `response_type=token is refused: a redirect to a custom scheme could hand the token to another program. ${instead}`,
    );
  }
  return { ok: true, responseType: 'token' };
}

function refuse(
  code: 'response_type_missing' | 'response_type_unknown' | 'implicit_not_allowed',
  message: string,
): CheckedResponseType {
  return { ok: false, problem: { code, message } };
}
