import { type Clock, MICROS_PER_SECOND, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { networkOf } from '../../kernel/ip_address.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import type { Storage } from '../storage.ts';

interface Limit {
  count: number;
  window: Micros;
}

/** Counted before the password is hashed, so that a flood costs a counter and no hash (RFC 9700 does not say; OWASP ASVS 2.2.1 does). */
const LIMITS = {
  login_account: { count: 10, window: seconds(15 * 60) },
  login_address: { count: 50, window: seconds(15 * 60) },
  sign_up_address: { count: 20, window: seconds(3600) },
  reset_account: { count: 5, window: seconds(3600) },
  reset_address: { count: 30, window: seconds(3600) },
  /** RFC 8628 §5.1: guesses of the codes of other people's devices. */
  device_code_account: { count: 20, window: seconds(10 * 60) },
  device_code_address: { count: 100, window: seconds(10 * 60) },
  /** Codes of authenticator apps and recovery codes, which follow a right password. */
  second_factor_account: { count: 10, window: seconds(15 * 60) },
  /** A million codes and three good ones: 100 guesses a day (NIST SP 800-63B §5.2.2) stay hopeless for years. */
  second_factor_day: { count: 100, window: seconds(86_400) },
  /** Challenges are kept for people who have yet to log in. */
  passkey_address: { count: 300, window: seconds(15 * 60) },
  /** Each invitation is a mail to somebody who did not ask for it. */
  invitations: { count: 200, window: seconds(24 * 3600) },
  invitation_again: { count: 5, window: seconds(3600) },
  /** By programs; each costs a hash and a mail. */
  set_password: { count: 20, window: seconds(3600) },
  confirm_account: { count: 5, window: seconds(3600) },
  /** Questions to identity providers are kept for people who have yet to log in. */
  saml_address: { count: 300, window: seconds(15 * 60) },
  /** Answers of identity providers that were not taken. */
  saml_refused_address: { count: 100, window: seconds(15 * 60) },
  /** Each asks the DNS. */
  domain_check: { count: 30, window: seconds(15 * 60) },
  /** Requests that are kept for people who have yet to log in. */
  authorize_address: { count: 300, window: seconds(15 * 60) },
  /** What apps may have kept for them; each costs a row (RFC 9126 §2.3, RFC 8628 §3.1 leave it to the server). */
  push_client: { count: 600, window: seconds(60) },
  push_address: { count: 60, window: seconds(60) },
  device_start_client: { count: 300, window: seconds(60) },
  device_start_address: { count: 30, window: seconds(60) },
  /** Apps that register themselves. */
  register_address: { count: 20, window: seconds(3600) },
  register_organization: { count: 100, window: seconds(3600) },
  /** Pages that the server reads for somebody. */
  url_info_customer: { count: 30, window: seconds(60) },
  /** Mails to customers, who name the address themselves. */
  verify_customer: { count: 5, window: seconds(3600) },
  verify_customer_email: { count: 5, window: seconds(3600) },
  verify_customer_address: { count: 30, window: seconds(3600) },
  /** LiveChat: 3 redirects in 30 seconds per client and account; a loop, or a page that wants to use a person up. */
  redirects: { count: 3, window: seconds(30) },
} as const satisfies Record<string, Limit>;

export type ThrottleName = keyof typeof LIMITS;

export interface Throttle {
  /** Counts one attempt. @throws GatehouseError `too_many_requests`, with the seconds to wait */
  attempt(name: ThrottleName, subject: string): Promise<void>;
  /** Refuses like `attempt`, but counts nothing: for what is counted only when it fails. */
  check(name: ThrottleName, subject: string): Promise<void>;
  /** Forgets the attempts, after a success. */
  clear(name: ThrottleName, subject: string): Promise<void>;
}

/**
 * Subjects are stored as keyed hashes: people type their password into the field of the address, and addresses
 * of people are nobody's business either.
 */
export function throttle(storage: Storage, clock: Clock, keys: Keyring): Throttle {
  const key = keys.derive('throttle subjects');
  const rowOf = (name: ThrottleName, subject: string): string =>
    `${name}:${mac(key, networkOf(subject)).toString('base64url')}`;

  function refuse(endsAt: Micros, now: Micros): GatehouseError {
    const wait = Math.max(1, Math.ceil((endsAt - now) / MICROS_PER_SECOND));
    return new GatehouseError(
      'too_many_requests',
      `Too many attempts. Please wait ${waitInWords(wait)} and try again.`,
      { retryAfterSeconds: wait },
    );
  }

  async function check(name: ThrottleName, subject: string): Promise<void> {
    const now = clock.now();
    const { count, endsAt } = await storage.read.identity.throttle(rowOf(name, subject), now);
    if (count >= LIMITS[name].count) throw refuse(endsAt, now);
  }

  return {
    check,
    async attempt(name, subject) {
      // Past the limit nothing is written any more: a flood costs a look and no commit.
      await check(name, subject);
      const limit: Limit = LIMITS[name];
      const now = clock.now();
      const { count, endsAt } = await storage.write((stores) =>
        stores.identity.countThrottle(rowOf(name, subject), limit.window, now),
      );
      if (count > limit.count) throw refuse(endsAt, now);
    },
    clear: (name, subject) => storage.write((stores) => stores.identity.clearThrottle(rowOf(name, subject))),
  };
}

/** Counts one try of a second factor. @throws GatehouseError `too_many_requests` */
export async function countSecondFactor(limits: Throttle, accountId: string): Promise<void> {
  await limits.attempt('second_factor_account', accountId);
  await limits.attempt('second_factor_day', accountId);
}

/** Forgets the tries, after a success. */
export async function clearSecondFactor(limits: Throttle, accountId: string): Promise<void> {
  await limits.clear('second_factor_account', accountId);
  await limits.clear('second_factor_day', accountId);
}

/** The one spelling of an e-mail under which its logins are counted. */
export function loginSubject(email: string): string {
  return email.trim().normalize('NFC').toLowerCase().slice(0, 256);
}

function waitInWords(wait: number): string {
  if (wait < 90) return `${wait} seconds`;
  return `${Math.ceil(wait / 60)} minutes`;
}
