import type { Micros } from '../../kernel/clock.ts';
import type { AuthMethod } from '../../oauth/client_metadata.ts';

export const registrationModes = ['off', 'with_initial_access_token', 'open'] as const;
/** Who may register apps in an organization: nobody, whoever has a token of its owner, or anybody. */
export type RegistrationMode = (typeof registrationModes)[number];

/** Opens the registration endpoint of one organization (RFC 7591 §3). */
export interface InitialAccessToken {
  key: number;
  id: string;
  licenseId: number;
  name: string;
  secretHash: Uint8Array;
  createdBy: string;
  createdAt: Micros;
  expiresAt: Micros;
  lastUsedAt: Micros | null;
  /** How many apps it registered. */
  uses: number;
}

/** What is remembered of a client that registered itself; the rest is its app's. */
export interface Registration {
  /** Of the registration access token. */
  key: number;
  secretHash: Uint8Array;
  clientId: string;
  appId: string;
  licenseId: number;
  authMethod: AuthMethod;
  grantTypes: string[];
  clientUri: string | null;
  /** By which it came; null where none was asked for. */
  initialTokenId: string | null;
  createdAt: Micros;
  /** When the owner vouched for it; null: nobody has. */
  verifiedAt: Micros | null;
}
