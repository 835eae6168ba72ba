import type { IdTokenHint } from './id_token.ts';

/** What an app may say when it signs a person out (OpenID Connect RP-Initiated Logout 1.0 §2). */
export const END_SESSION_PARAMETERS = [
  'id_token_hint',
  'client_id',
  'post_logout_redirect_uri',
  'state',
] as const;
export type EndSessionParameters = Partial<Record<(typeof END_SESSION_PARAMETERS)[number], string>>;

const LONGEST_STATE = 2_048;

export type EndSessionDecision =
  /** Nothing happens. `check` says what was wrong and what would be right. */
  | { kind: 'refused'; check: string }
  /** The person is asked first: nothing proves that the app speaks for this session. */
  | { kind: 'ask'; redirectUri: string | undefined }
  /** The app has shown an ID token of this very session. */
  | { kind: 'end'; redirectUri: string | undefined }
  /** Nobody is logged in. `known`: the app has shown an ID token, so that the browser may go on by itself. */
  | { kind: 'nobody'; redirectUri: string | undefined; known: boolean };

/**
 * Whether a session ends, and where the browser goes then.
 * @param hint of a good `id_token_hint`; a bad one counts as none
 * @param client whom the hint or `client_id` names
 */
export function decideEndSession(
  parameters: EndSessionParameters,
  hint: IdTokenHint | undefined,
  client: { clientId: string; postLogoutRedirectUris: readonly string[] } | undefined,
  active: { accountId: string; sessionId: string } | undefined,
): EndSessionDecision {
  const { client_id: clientId, post_logout_redirect_uri: redirectUri, state = '' } = parameters;
  if (clientId !== undefined && hint !== undefined && hint.clientId !== clientId)
    return refuse('id_token_hint was issued to another app than client_id names.');
  if (clientId !== undefined && !client) return refuse('No app has this client_id.');
  if (redirectUri !== undefined && !client)
    return refuse(
      'post_logout_redirect_uri needs an app that it belongs to. Send id_token_hint with an ID token of this server, or client_id.',
    );
  if (redirectUri !== undefined && !client?.postLogoutRedirectUris.includes(redirectUri))
    return refuse(
      'post_logout_redirect_uri is not registered for the app. The Console has the list, under App Authorization; it is compared character by character.',
    );
  if (state.length > LONGEST_STATE)
    return refuse(`state is ${state.length} characters long; at most ${LONGEST_STATE} are sent back.`);
  if (!active) return { kind: 'nobody', redirectUri, known: hint !== undefined };
  const same = hint?.accountId === active.accountId && hint.sessionId === active.sessionId;
  return { kind: same ? 'end' : 'ask', redirectUri };
}

function refuse(check: string): EndSessionDecision {
  return { kind: 'refused', check };
}
