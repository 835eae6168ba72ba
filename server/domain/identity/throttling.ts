import { type Clock, MICROS_PER_SECOND, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
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
  confirm_account: { count: 5, window: seconds(3600) },
} as const satisfies Record<string, Limit>;

export type ThrottleName = keyof typeof LIMITS;

export interface Throttle {
  /** Counts one attempt. @throws GatehouseError `too_many_requests`, with the seconds to wait */
  attempt(name: ThrottleName, subject: string): Promise<void>;
  /** Forgets the attempts, after a success. */
  clear(name: ThrottleName, subject: string): Promise<void>;
}

export function throttle(storage: Storage, clock: Clock): Throttle {
  return {
    async attempt(name, subject) {
      const limit: Limit = LIMITS[name];
      const now = clock.now();
      const { count, endsAt } = await storage.write((stores) =>
        stores.identity.countThrottle(`${name}:${subject}`, limit.window, now),
      );
      if (count <= limit.count) return;
      const wait = Math.max(1, Math.ceil((endsAt - now) / MICROS_PER_SECOND));
      throw new GatehouseError(
        'too_many_requests',
        `Too many attempts. Please wait ${waitInWords(wait)} and try again.`,
        {
          retryAfterSeconds: wait,
        },
      );
    },
    clear: (name, subject) => storage.write((stores) => stores.identity.clearThrottle(`${name}:${subject}`)),
  };
}

function waitInWords(wait: number): string {
  if (wait < 90) return `${wait} seconds`;
  return `${Math.ceil(wait / 60)} minutes`;
}
