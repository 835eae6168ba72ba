import type { Micros } from '../../kernel/clock.ts';

/** What an account allowed an app, in one organization. */
export interface Grant {
  key: number;
  id: string;
  licenseId: number;
  accountId: string;
  clientId: string;
  /** Joined by spaces, as everywhere in storage. */
  scopes: string;
  createdAt: Micros;
  updatedAt: Micros;
  lastUsedAt: Micros | null;
}

/** Why tokens are dead whose person left an organization or was removed from it. */
export const MEMBER_REMOVED = 'member_removed';

/** A grant as the person who gave it sees it. */
export interface GrantedApp {
  grant: Grant;
  appId: string;
  appName: string;
  organizationName: string;
}

/** A request that waits for the person to log in, choose or consent. */
export interface AuthorizationRequestRecord {
  key: number;
  secretHash: Uint8Array;
  browserHash: Uint8Array;
  parameters: string;
  createdAt: Micros;
  expiresAt: Micros;
}

/** Whom and what a token stands for; the same for a code and all that descends from it. */
export interface TokenSubject {
  /** The key of the code: names the family of tokens that descend from it. */
  familyKey: number;
  licenseId: number;
  accountId: string;
  clientId: string;
  scopes: string;
  /** Names of the APIs that it is for (RFC 8707), joined by spaces; null for all. */
  resources: string | null;
}

export interface AuthorizationCode extends TokenSubject {
  secretHash: Uint8Array;
  grantKey: number;
  redirectUri: string;
  codeChallenge: string | null;
  codeChallengeMethod: 'S256' | 'plain' | null;
  createdAt: Micros;
  expiresAt: Micros;
  consumedAt: Micros | null;
  revokedAt: Micros | null;
  revokedReason: string | null;
}

export interface AccessToken extends TokenSubject {
  key: number;
  secretHash: Uint8Array;
  /**
   * Of a bot's token: the key of the client secret that it was got by, and dies with. `accountId` is then the
   * bot's id. Null for the token of a person.
   */
  botSecretKey: number | null;
  refreshKey: number | null;
  createdAt: Micros;
  expiresAt: Micros;
  revokedAt: Micros | null;
  revokedReason: string | null;
}

export interface RefreshToken extends TokenSubject {
  key: number;
  secretHash: Uint8Array;
  createdAt: Micros;
  idleExpiresAt: Micros;
  absoluteExpiresAt: Micros;
  rotatedAt: Micros | null;
  successorKey: number | null;
  successorAccessKey: number | null;
  revokedAt: Micros | null;
  revokedReason: string | null;
}

export interface PersonalAccessToken {
  key: number;
  id: string;
  licenseId: number;
  accountId: string;
  name: string;
  secretHash: Uint8Array;
  scopes: string;
  createdAt: Micros;
  expiresAt: Micros;
  lastUsedAt: Micros | null;
  lastUsedFrom: string | null;
  revokedAt: Micros | null;
}

export interface CustomerToken {
  key: number;
  secretHash: Uint8Array;
  licenseId: number;
  customerId: string;
  clientId: string;
  /** Key of the browser or the identity transfer that it came from; null by the agent token grant. */
  familyKey: number | null;
  createdAt: Micros;
  expiresAt: Micros;
  revokedAt: Micros | null;
}
