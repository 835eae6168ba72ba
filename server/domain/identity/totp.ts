import { Secret, TOTP } from 'otpauth';
import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';

/** What every authenticator app can do without being asked: RFC 6238 with SHA-1, six digits, 30 seconds. */
const SCHEME = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Clocks of phones are a little wrong, and typing takes a while (RFC 6238 §5.2 recommends one step). */
const STEPS_ASIDE = 1;
/** As long as the digest of the hash (RFC 4226 §4, R6). */
const SECRET_BYTES = 20;

/** A secret for an authenticator app, in base32. */
export function newTotpSecret(random: Random): string {
  return new Secret({ buffer: Uint8Array.from(random.bytes(SECRET_BYTES)).buffer }).base32;
}

/** The address that an authenticator app reads from a QR code: `otpauth://totp/…`. */
export function totpAddress(view: { productName: string; email: string; secret: string }): string {
  return new TOTP({ ...SCHEME, issuer: view.productName, label: view.email, secret: view.secret }).toString();
}

/**
 * The step, counted from 1970, whose code was typed: the present one, the one before or the one after.
 * Undefined for a wrong code. Whether the step was used before, only the row can tell.
 */
export function totpStep(secret: string, typed: string, now: Micros): number | undefined {
  const token = typed.replace(/[\s-]/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const delta = TOTP.validate({
    ...SCHEME,
    token,
    secret: Secret.fromBase32(secret),
    timestamp: now / 1000,
    window: STEPS_ASIDE,
  });
  return delta === null ? undefined : Math.floor(now / seconds(SCHEME.period)) + delta;
}
