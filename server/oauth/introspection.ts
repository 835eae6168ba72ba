import { resourceAddress, resourceAddresses } from './resource_indicator.ts';

/** A live token, as its row and its holder describe it. */
export interface LiveToken {
  kind: 'access' | 'refresh' | 'customer';
  clientId: string;
  /** Of the organization that owns the client; undefined when the client is gone. */
  clientLicenseId: number | undefined;
  /** What it still opens, joined by spaces: the holder's role may have been lowered since. */
  scopes: string;
  /** Id of the account, the bot or the customer. */
  subject: string;
  /** E-mail of the account. */
  username: string | undefined;
  organizationId: string;
  /** Stored names of APIs; null for all. */
  resources: string | null;
  /** Microseconds. */
  issuedAt: number;
  expiresAt: number;
}

/**
 * May this client look at this token? Its own it may; those of the other apps of its organization too, since
 * one app's server may be another's API. Refresh tokens are nobody's affair but their client's.
 */
export function mayIntrospect(asker: { clientId: string; licenseId: number }, token: LiveToken): boolean {
  if (token.clientId === asker.clientId) return true;
  return token.kind !== 'refresh' && token.clientLicenseId === asker.licenseId;
}

/** RFC 7662 §2.2: for a token that is dead, unknown or not the asker's affair, no more than that it is not active. */
export function introspectionAnswer(token: LiveToken | undefined, issuer: string): Record<string, unknown> {
  if (token === undefined) return { active: false };
  return {
    active: true,
    ...(token.scopes === '' ? {} : { scope: token.scopes }),
    client_id: token.clientId,
    sub: token.subject,
    ...(token.username === undefined ? {} : { username: token.username }),
    iss: issuer,
    iat: Math.floor(token.issuedAt / 1_000_000),
    exp: Math.floor(token.expiresAt / 1_000_000),
    ...(token.kind === 'refresh' ? {} : { token_type: 'Bearer', aud: audience(token, issuer) }),
    organization_id: token.organizationId,
  };
}

function audience({ kind, resources }: LiveToken, issuer: string): string | string[] {
  if (kind === 'customer') return resourceAddress(issuer, 'customer');
  const addresses = resourceAddresses(resources, issuer);
  const [only] = addresses;
  return only !== undefined && addresses.length === 1 ? only : addresses;
}
