import type { Authorization, Session } from '../../api/types.ts';
import { formPostCommand, listChatsCommand } from '../snippets/commands.ts';
import type { Pkce } from './pkce.ts';

/**
 * JavaScript apps always need PKCE with a code; Strict asks it of everybody, and so does a scheme of an app's
 * own, which any app on a device may claim (RFC 8252 section 8.1).
 */
export function needsPkce(block: Authorization, redirectUri: string): boolean {
  return block.type === 'javascript_app' || block.profile === 'strict' || !/^https?:\/\//.test(redirectUri);
}

/** The authorize address, ready to open. */
export function authorizeUrl(
  urls: Session['urls'],
  block: Authorization,
  choice: { redirectUri: string; state: string; pkce: Pkce | null },
): string {
  const url = new URL(urls.authorize);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', block.client_id);
  url.searchParams.set('redirect_uri', choice.redirectUri);
  url.searchParams.set('state', choice.state);
  if (choice.pkce) {
    url.searchParams.set('code_challenge', choice.pkce.challenge);
    url.searchParams.set('code_challenge_method', choice.pkce.method);
  }
  // Strict asks for the scopes by name; Compatible takes all of the app's when none are named.
  if (block.profile === 'strict' && block.scopes.length > 0)
    url.searchParams.set('scope', block.scopes.map(({ scope }) => scope).join(','));
  return url.href;
}

/** The token request as curl. `code` and `secret` may be placeholders. */
export function tokenCommand(
  urls: Session['urls'],
  block: Authorization,
  values: { code: string; redirectUri: string; secret: string; pkce: Pkce | null },
): string {
  return formPostCommand(urls.token, [
    ['grant_type', 'authorization_code'],
    ['code', values.code],
    ['client_id', block.client_id],
    ...(block.type === 'server_side_app' ? ([['client_secret', values.secret]] as const) : []),
    ['redirect_uri', values.redirectUri],
    ...(values.pkce ? ([['code_verifier', values.pkce.verifier]] as const) : []),
  ]);
}

/** List Chats with a bearer token as curl. */
export function listChatsWithToken(urls: Session['urls'], token: string): string {
  return listChatsCommand(urls.api, `Bearer ${token}`);
}

export type Pasted =
  | { kind: 'nothing' }
  | { kind: 'code'; code: string; state: string | null }
  /** The address says why the request was refused. */
  | { kind: 'refused'; reason: string }
  | { kind: 'no_code' };

const REASONS = ['error_description', 'exception_details', 'error', 'oauth_exception', 'identity_exception'];

/** `dal%3Aabc` as it stands in an address → `dal:abc` as it goes into a request. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads what was pasted after the way through authorize: the whole address, its query, or the code alone. */
export function readPasted(text: string): Pasted {
  const pasted = text.trim();
  if (!pasted) return { kind: 'nothing' };
  const query = /[?#](.*)$/s.exec(pasted)?.[1] ?? (/(^|&)(code|error)=/.test(pasted) ? pasted : null);
  if (query !== null) {
    const parameters = new URLSearchParams(query.replaceAll('#', '&').replaceAll('?', '&'));
    const code = parameters.get('code');
    // Copied out of a log, the value may be encoded once more.
    if (code) return { kind: 'code', code: decoded(code), state: parameters.get('state') };
    const reason = REASONS.map((name) => parameters.get(name)).find(Boolean);
    return reason ? { kind: 'refused', reason } : { kind: 'no_code' };
  }
  if (/\s/.test(pasted) || /^[a-z][a-z0-9+.-]*:\/\//i.test(pasted)) return { kind: 'no_code' };
  return { kind: 'code', code: decoded(pasted), state: null };
}

/** The access token out of a pasted token answer, or the pasted text when it is a token alone. Null: neither. */
export function readPastedToken(text: string): string | null {
  const pasted = text.trim();
  if (!pasted) return null;
  const inJson = /"access_token"\s*:\s*"([^"]+)"/.exec(pasted)?.[1];
  if (inJson) return decoded(inJson);
  return /[\s{}"]/.test(pasted) ? null : decoded(pasted);
}
