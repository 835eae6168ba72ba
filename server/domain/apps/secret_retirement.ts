import { days, type Micros } from '../../kernel/clock.ts';
import type { ClientSecret } from './records.ts';

export const retirementStates = [
  /** It is the newest, or the only one. */
  'newest',
  /** The newer one has not been used yet. */
  'newer_unused',
  /** It was used after, or less than a day of traffic before, the last use of the newer one. */
  'in_use',
  /** A day of traffic went by the newer one alone. */
  'safe',
] as const;
export type RetirementState = (typeof retirementStates)[number];

/** For so long requests must have come by the newer secret alone. */
const IDLE = days(1);

/**
 * May a secret be retired without anybody noticing? Time alone does not tell: an app that is quiet at the weekend
 * uses neither. So a day is counted between the last use of this one (or the making of the newer one, where that
 * is later) and the last use of the newer one.
 * @param live the secrets of a client that are not retired
 */
export function retirementOf(secret: ClientSecret, live: readonly ClientSecret[]): RetirementState {
  const newer = live.filter((other) => other.createdAt > secret.createdAt || other.key > secret.key);
  if (newer.length === 0) return 'newest';
  const used = newer.filter((other) => other.lastUsedAt !== null);
  if (used.length === 0) return 'newer_unused';
  const safe = used.some((other) => (other.lastUsedAt ?? 0) - idleSince(secret, other) >= IDLE);
  return safe ? 'safe' : 'in_use';
}

function idleSince(secret: ClientSecret, newer: ClientSecret): Micros {
  return Math.max(secret.lastUsedAt ?? 0, newer.createdAt);
}
