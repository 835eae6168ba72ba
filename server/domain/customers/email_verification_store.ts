import type { Micros } from '../../kernel/clock.ts';

/** A customer's wish to prove that an e-mail is theirs: a link in a mail, and who is told once it was used. */
export interface EmailVerification {
  /** Grows with time. */
  key: number;
  customerId: string;
  email: string;
  secretHash: Uint8Array;
  callbackUri: string;
  createdAt: Micros;
  /** When the callback is void. */
  expiresAt: Micros;
  consumedAt: Micros | null;
}

/** Storage port. */
export interface EmailVerificationStore {
  /** Earlier ones of the same customer and e-mail that are not void live as long as this one. */
  addEmailVerification(verification: Omit<EmailVerification, 'consumedAt'>): Promise<void>;
  emailVerification(key: number): Promise<EmailVerification | undefined>;
  /** Once. @returns true for exactly one caller, and for none once it is void */
  consumeEmailVerification(key: number, now: Micros): Promise<boolean>;
  /** Those of a customer and e-mail that are neither used nor void, used up. @returns the newest first */
  consumeEmailVerificationsOf(customerId: string, email: string, now: Micros): Promise<EmailVerification[]>;
  /** Deletes those that were void before a time. */
  clearEmailVerifications(expiredBefore: Micros): Promise<void>;
}
