import { days, type Micros, seconds } from '../kernel/clock.ts';

/** How long an ID token is good: it says that somebody logged in, and is read at once. */
export const ID_TOKEN_SECONDS = 3_600;
/** No key signs sooner after it was published, so that whoever keeps a copy of the key set knows it by then. */
const PUBLISHED_AHEAD_AT_LEAST = days(1);
/** When a key is published if the server runs all the time. */
const PUBLISHED_AHEAD = days(2);
/** The shortest period in which keys may follow each other. */
export const SHORTEST_ROTATION_DAYS = 3;
/** Clocks of apps may lag: a retired key stays published this much longer than its last token is good. */
const SKEW = seconds(300);
/** An old ID token is still good to say whom to sign out, so that its key is kept, unpublished. */
const HINTS_UNDERSTOOD = days(90);

/** When a key has its turn. Keys follow each other without a gap: one signs until the next one does. */
export interface KeyTurn {
  generation: number;
  publishedAt: Micros;
  signsFrom: Micros;
}

/** The key that signs now; undefined before the first. @param keys oldest first */
export function signingKeyAt<K extends KeyTurn>(keys: readonly K[], now: Micros): K | undefined {
  return keys.findLast(({ signsFrom }) => signsFrom <= now);
}

/** The keys of the published set: those that sign, that will, and that may have signed a token that is still good. */
export function publishedKeysAt<K extends KeyTurn>(keys: readonly K[], now: Micros): K[] {
  const stale = now - seconds(ID_TOKEN_SECONDS) - SKEW;
  return keys.filter((_, index) => retirementOf(keys, index) > stale);
}

/** The first generation whose tokens are still understood as hints; older ones may be forgotten. */
export function firstKeptGeneration(keys: readonly KeyTurn[], now: Micros): number {
  const kept = keys.find((_, index) => retirementOf(keys, index) > now - HINTS_UNDERSTOOD);
  return kept?.generation ?? 0;
}

/** When the next key takes over; never, as long as there is none. */
function retirementOf(keys: readonly KeyTurn[], index: number): Micros {
  return keys[index + 1]?.signsFrom ?? Number.POSITIVE_INFINITY;
}

/**
 * The key that has to be added now, if any. The very first one signs at once, since nobody can have a copy of
 * a key set without it.
 * @param period microseconds that each key signs
 */
export function dueKey(keys: readonly KeyTurn[], now: Micros, period: Micros): KeyTurn | undefined {
  const newest = keys.at(-1);
  if (!newest) return { generation: 1, publishedAt: now, signsFrom: now };
  const turn = newest.signsFrom + period;
  // It has not begun yet, or has a while to go.
  if (newest.signsFrom > now || now < turn - PUBLISHED_AHEAD) return undefined;
  return {
    generation: newest.generation + 1,
    publishedAt: now,
    // Late, after a long stop: the old key goes on meanwhile.
    signsFrom: Math.max(turn, now + PUBLISHED_AHEAD_AT_LEAST),
  };
}
