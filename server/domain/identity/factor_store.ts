import type { Micros } from '../../kernel/clock.ts';
import type { AuthenticationMethod } from './records.ts';

/** The authenticator app of an account. */
export interface TotpFactor {
  accountId: string;
  sealedSecret: string;
  /** The latest 30-second step whose code was taken. */
  lastUsedStep: number;
  createdAt: Micros;
}

export interface RecoveryCode {
  /** 0 to 9. */
  slot: number;
  hash: Uint8Array;
}

export interface Passkey {
  key: number;
  /** base64url */
  credentialId: string;
  accountId: string;
  /** A COSE key (RFC 9052 §7). */
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
  /** Copied between devices by a password manager, rather than bound to one. */
  synced: boolean;
  name: string;
  createdAt: Micros;
  lastUsedAt: Micros | null;
}

export type ChallengePurpose = 'sign_in' | 'confirm' | 'register';

/** What an authenticator is asked to sign. */
export interface PasskeyChallenge {
  key: number;
  secretHash: Uint8Array;
  browserHash: Uint8Array;
  purpose: ChallengePurpose;
  /** Null where anybody may answer. */
  accountId: string | null;
  expiresAt: Micros;
}

/** A first step that waits for its second one: a right password, or an identity provider's word. It opens nothing. */
export interface SignInAttempt {
  key: number;
  secretHash: Uint8Array;
  browserHash: Uint8Array;
  accountId: string;
  passwordMark: Uint8Array;
  remember: boolean;
  expiresAt: Micros;
  firstFactor: Extract<AuthenticationMethod, 'pwd' | 'fed'>;
}

/** Storage port of what people prove themselves with beside the password. */
export interface FactorStore {
  totp(accountId: string): Promise<TotpFactor | undefined>;
  /** @returns false when the account has an authenticator app already */
  addTotp(totp: TotpFactor): Promise<boolean>;
  /** True for exactly one caller a step, and never for a step before one that was used (RFC 6238 §5.2). */
  useTotpStep(accountId: string, step: number): Promise<boolean>;
  removeTotp(accountId: string): Promise<boolean>;

  /** Makes all earlier ones useless. */
  replaceRecoveryCodes(accountId: string, codes: readonly RecoveryCode[]): Promise<void>;
  /** Those that are left. */
  recoveryCodes(accountId: string): Promise<RecoveryCode[]>;
  /** True for exactly one caller, however many try at once. */
  useRecoveryCode(accountId: string, code: RecoveryCode, now: Micros): Promise<boolean>;
  removeRecoveryCodes(accountId: string): Promise<void>;

  /** @returns false when the credential is somebody's already */
  addPasskey(passkey: Passkey): Promise<boolean>;
  passkey(credentialId: string): Promise<Passkey | undefined>;
  /** The oldest first. */
  passkeysOf(accountId: string): Promise<Passkey[]>;
  /** False when the signature counter did not grow (WebAuthn §6.1.1); authenticators without one say 0 for ever. */
  usePasskey(key: number, counter: number, now: Micros): Promise<boolean>;
  renamePasskey(accountId: string, key: number, name: string): Promise<boolean>;
  removePasskey(accountId: string, key: number): Promise<boolean>;

  addChallenge(challenge: PasskeyChallenge): Promise<void>;
  challenge(key: number): Promise<PasskeyChallenge | undefined>;
  /** True for exactly one caller, and for none after its end. */
  takeChallenge(key: number, now: Micros): Promise<boolean>;

  addSignInAttempt(attempt: SignInAttempt): Promise<void>;
  signInAttempt(key: number): Promise<SignInAttempt | undefined>;
  /** True for exactly one caller, and for none after its end. */
  takeSignInAttempt(key: number, now: Micros): Promise<boolean>;
}
