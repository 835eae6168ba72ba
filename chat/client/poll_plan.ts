/** What decides when a page asks again. Times in milliseconds. */
export interface PollState {
  /** Is the page in front of somebody? */
  visible: boolean;
  /** Asked in vain so many times in a row. */
  failures: number;
  /** As the server asked for; 0 for nothing. */
  retryAfter: number;
  /** Since something last happened: a message, a key pressed. */
  quietFor: number;
}

const QUICK = 1_500;
const CALM = 4_000;
const SLOW = 10_000;
const HIDDEN = 30_000;
const LONGEST_BACKOFF = 60_000;

const CALM_AFTER = 30_000;
const SLOW_AFTER = 5 * 60_000;

/**
 * Milliseconds until the next question: quick while something happens before somebody's eyes, slower when it
 * is quiet, slow in a page that nobody sees, and backing off while the server does not answer.
 * @param chance 0 to 1; spreads the pages, so that those a restart cut off do not come back all at once
 */
export function nextPoll(state: PollState, chance: number): number {
  const { visible, failures, retryAfter, quietFor } = state;
  const usual = !visible ? HIDDEN : quietFor < CALM_AFTER ? QUICK : quietFor < SLOW_AFTER ? CALM : SLOW;
  if (failures === 0 && retryAfter === 0) return usual;
  const backoff = Math.min(LONGEST_BACKOFF, usual * 2 ** Math.min(failures, 10));
  return Math.max(retryAfter, Math.round(backoff * (0.75 + chance / 4)));
}
