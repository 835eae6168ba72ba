import type { Micros } from '../../kernel/clock.ts';
import type { AuthenticationMethod } from '../identity/records.ts';

/** A key that signs ID tokens, in its turn. */
export interface SigningKey {
  /** 1, 2, …: each signs until the next one does. */
  generation: number;
  /** `kid` of the JWK. */
  keyId: string;
  /** JWK as JSON. */
  publicJwk: string;
  /** JWK as JSON, sealed with the server's key. */
  sealedPrivateJwk: string;
  publishedAt: Micros;
  signsFrom: Micros;
}

/** The login behind a family of tokens, as its ID tokens tell it. */
export interface OpenidLogin {
  familyKey: number;
  nonce: string | null;
  /** When the person proved who they are. */
  authTime: Micros;
  /** How (RFC 8176). */
  amr: readonly AuthenticationMethod[];
  /** `sid`: names the browser's session; null where the tokens are for another device than the person's. */
  sessionId: string | null;
  /** When the last refresh token of the family is dead. */
  expiresAt: Micros;
}

/** Storage port of OpenID Connect. */
export interface OpenidStore {
  /** All there are, oldest first. */
  signingKeys(): Promise<SigningKey[]>;
  /** @returns true for exactly one of those who add the same generation */
  addSigningKey(key: SigningKey): Promise<boolean>;
  /** Deletes the generations before this one. @returns how many */
  forgetSigningKeys(before: number): Promise<number>;

  addLogin(login: OpenidLogin): Promise<void>;
  login(familyKey: number): Promise<OpenidLogin | undefined>;
  /** Deletes logins that expired before that, at most `limit`. @returns how many */
  purgeLogins(expiredBefore: Micros, limit: number): Promise<number>;
}
