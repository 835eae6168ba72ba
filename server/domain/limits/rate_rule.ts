import { MICROS_PER_SECOND, type Micros, seconds } from '../../kernel/clock.ts';

/** So many calls in a window, at any moment as many at once as are left. */
export interface RateRule {
  quota: number;
  window: Micros;
}

export interface Allowance {
  allowed: boolean;
  /** Calls that could follow at once. */
  remaining: number;
  /** Seconds until the whole quota is there again; for a refused call, until one is. */
  resetSeconds: number;
}

/** Of every API, in calls a minute. */
export const RATE_WINDOW = seconds(60);

/**
 * A token bucket, kept as one number: the moment at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371). A call takes a token, which is to say that it moves that moment on by the time in
 * which one token comes back.
 * @param fullAt of the credential so far; undefined for one that has not called
 * @returns what the call is told, and the moment to keep; a refused call keeps what was
 */
export function takeToken(
  fullAt: Micros | undefined,
  now: Micros,
  { quota, window }: RateRule,
): Allowance & { fullAt: Micros } {
  const perToken = window / quota;
  // A clock that was set back must not lock anybody out for longer than a window.
  const from = Math.min(Math.max(fullAt ?? now, now), now + window);
  const next = from + perToken;
  const spare = now + window - next;
  // Half a microsecond: sums of fractions differ from the window by less.
  if (spare < -0.5) return { allowed: false, remaining: 0, resetSeconds: secondsUp(-spare), fullAt: from };
  return {
    allowed: true,
    remaining: Math.floor(spare / perToken + 1e-6),
    resetSeconds: secondsUp(next - now),
    fullAt: next,
  };
}

function secondsUp(time: Micros): number {
  return Math.max(1, Math.ceil(time / MICROS_PER_SECOND));
}
