/** A PKCE pair (RFC 7636) for the "Try it" requests, made in the browser. */
export interface Pkce {
  verifier: string;
  challenge: string;
  method: 'S256' | 'plain';
}

function base64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** `length` random bytes, URL-safe. */
export function randomText(length: number): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(length)));
}

/**
 * S256 needs `crypto.subtle`, which browsers offer on https and localhost only. Elsewhere the pair is `plain`,
 * which the Compatible profile accepts and Strict refuses.
 */
export async function createPkce(): Promise<Pkce> {
  // 32 bytes give 43 characters, the least that RFC 7636 section 4.1 allows.
  const verifier = randomText(32);
  if (!globalThis.isSecureContext) return { verifier, challenge: verifier, method: 'plain' };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: base64Url(new Uint8Array(digest)), method: 'S256' };
}
