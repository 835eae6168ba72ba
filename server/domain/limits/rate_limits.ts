import type { Clock, Micros } from '../../kernel/clock.ts';
import { type Allowance, RATE_WINDOW, takeToken } from './rate_rule.ts';

/** `visitor`: what everybody may read of the Customer Chat API, counted by address. */
export const limitedApis = ['agent', 'customer', 'visitor', 'configuration', 'accounts'] as const;
export type LimitedApi = (typeof limitedApis)[number];

/** Calls a minute of one credential, or of one address without any; 0: as many as it likes. */
export type RateQuotas = Readonly<Record<LimitedApi, number>>;

/** Generous: a limit is there so that a loop gone wild harms nobody else. LiveChat publishes no figures. */
export const STANDARD_QUOTAS: RateQuotas = {
  agent: 6_000,
  customer: 1_200,
  // Behind one address there may be a whole company of visitors.
  visitor: 6_000,
  configuration: 1_200,
  accounts: 1_200,
};

export interface RateLimits {
  /** How many calls of an API a minute has; 0 where there is no limit. */
  quota(api: LimitedApi): number;
  /** Counts a call. @param credential names who calls, the same way each time */
  take(api: LimitedApi, credential: string): Allowance;
}

/** Credentials that are remembered at most, in each of two generations; one costs some 150 bytes. */
const MOST_REMEMBERED = 50_000;

/**
 * Counts in this process alone: a count that all servers share would cost a write for each read. Behind a
 * balancer with n servers a credential can so call up to n times as often.
 */
export function rateLimits(clock: Clock, quotas: RateQuotas, most = MOST_REMEMBERED): RateLimits {
  const meters = Object.fromEntries(limitedApis.map((api) => [api, meter(most)])) as Record<
    LimitedApi,
    Meter
  >;
  return {
    quota: (api) => quotas[api],
    take(api, credential) {
      const now = clock.now();
      const seen = meters[api];
      const taken = takeToken(seen.get(credential), now, { quota: quotas[api], window: RATE_WINDOW });
      seen.set(credential, taken.fullAt, now);
      return taken;
    },
  };
}

interface Meter {
  get(credential: string): Micros | undefined;
  set(credential: string, fullAt: Micros, now: Micros): void;
}

/**
 * Two generations: who has not called for a window has a full bucket again and need not be remembered, so that
 * the older generation is dropped without looking at it.
 */
function meter(most: number): Meter {
  let young = new Map<string, Micros>();
  let old = new Map<string, Micros>();
  let bornAt: Micros | undefined;
  return {
    get: (credential) => young.get(credential) ?? old.get(credential),
    set(credential, fullAt, now) {
      bornAt ??= now;
      if (now - bornAt > RATE_WINDOW || young.size >= most) {
        old = young;
        young = new Map();
        bornAt = now;
      }
      young.set(credential, fullAt);
    },
  };
}
