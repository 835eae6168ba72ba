import { createHash } from 'node:crypto';
import { ID_TOKEN_SECONDS } from './openid_key_schedule.ts';
import type { ScopeSet } from './scopes.ts';

/** The one algorithm: small signatures, known to every library. */
export const ID_TOKEN_ALGORITHM = 'ES256';
/** Collision-resistant, as JWT wants of names that are registered nowhere (RFC 7519 §4.2). */
const ORGANIZATION_CLAIM = 'urn:gatehouse:organization_id';

/** Every claim that an ID token or the userinfo endpoint may carry. */
export const SUPPORTED_CLAIMS = [
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'amr',
  'nonce',
  'at_hash',
  'sid',
  'name',
  'email',
  'email_verified',
  ORGANIZATION_CLAIM,
] as const;

/** The person whom a token stands for, as they are now. */
export interface OpenidPerson {
  accountId: string;
  organizationId: string;
  name: string;
  email: string;
  emailVerified: boolean;
}

/** What the scopes tell of a person (OpenID Connect Core 1.0 §5.4). */
export function personClaims(person: OpenidPerson, scopes: ScopeSet): Record<string, unknown> {
  return {
    sub: person.accountId,
    ...(scopes.has('profile') ? { name: person.name } : {}),
    ...(scopes.has('email') ? { email: person.email, email_verified: person.emailVerified } : {}),
    [ORGANIZATION_CLAIM]: person.organizationId,
  };
}

/** The claims of an ID token (OpenID Connect Core 1.0 §2, §3.1.3.6). Times are in microseconds. */
export function idTokenClaims(facts: {
  issuer: string;
  clientId: string;
  person: OpenidPerson;
  scopes: ScopeSet;
  accessToken: string;
  authTime: number;
  /** How the person proved who they are (RFC 8176). */
  amr: readonly string[];
  /** Of the authorization request, in the answer to its code alone (§12.2). */
  nonce: string | null;
  sessionId: string | null;
  now: number;
}): Record<string, unknown> {
  const iat = Math.floor(facts.now / 1_000_000);
  return {
    iss: facts.issuer,
    aud: facts.clientId,
    iat,
    exp: iat + ID_TOKEN_SECONDS,
    auth_time: Math.floor(facts.authTime / 1_000_000),
    amr: facts.amr,
    ...(facts.nonce === null ? {} : { nonce: facts.nonce }),
    at_hash: halfHash(facts.accessToken),
    ...(facts.sessionId === null ? {} : { sid: facts.sessionId }),
    ...personClaims(facts.person, facts.scopes),
  };
}

/** The left half of the hash that belongs to the algorithm: of ES256, SHA-256. */
function halfHash(token: string): string {
  return createHash('sha256').update(token, 'ascii').digest().subarray(0, 16).toString('base64url');
}

/** What an ID token of ours says that comes back as a hint. */
export interface IdTokenHint {
  accountId: string;
  clientId: string;
  sessionId: string | undefined;
}

/**
 * Reads the claims of an ID token whose signature is ours. It may have expired: it proves nothing any more, and
 * only says of whom the app speaks (RP-Initiated Logout 1.0 §2). Undefined for what we did not issue.
 */
export function readHintClaims(claims: unknown, issuer: string): IdTokenHint | undefined {
  if (claims === null || typeof claims !== 'object') return undefined;
  const { iss, sub, aud, sid } = claims as Record<string, unknown>;
  if (iss !== issuer || typeof sub !== 'string' || typeof aud !== 'string') return undefined;
  return { accountId: sub, clientId: aud, sessionId: typeof sid === 'string' ? sid : undefined };
}
