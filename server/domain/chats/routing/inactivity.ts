import { type Micros, minutes } from '../../../kernel/clock.ts';

/** Whole minutes; 0: never (docs: default-properties, namespace chats). */
export interface Timeouts {
  /** Without a word, until the thread is marked as idle: `chat_inactive_after_min`. */
  idle: number;
  /** Without a word, until the thread is closed: `archive_chat_after_min`. */
  archive: number;
  /** The same of a continuous chat: `archive_offline_chat_after_min`. */
  archiveContinuous: number;
  /** That a customer waits for an answer, until somebody else is given the chat: `transfer_chat_after_min`. */
  transfer: number;
}

/** As in LiveChat's sample of these properties. */
export const DEFAULT_TIMEOUTS: Timeouts = { idle: 10, archive: 15, archiveContinuous: 10, transfer: 0 };

/** How quiet an open thread with a customer is. */
export interface Quiet {
  /** When somebody last wrote; when the thread began if nobody did. */
  lastWordAt: Micros;
  /** Since when the customer waits for an answer of the agent who has the chat now; null when they do not. */
  unansweredSince: Micros | null;
  continuous: boolean;
  isIdle: boolean;
  waits: boolean;
  /** Could anybody take it, however busy they are? */
  isAnybodyThere: boolean;
}

export type Inactivity =
  | { act: 'nothing' }
  | { act: 'mark_idle' | 'close' | 'hand_over'; minutes: number }
  /** Nobody came, and nobody is there who could. */
  | { act: 'give_up' };

/**
 * What a thread's silence leads to. A chat that waits for an agent is not closed while somebody may still
 * come: the customer is silent because they wait.
 */
export function decideInactivity(quiet: Quiet, timeouts: Timeouts, now: Micros): Inactivity {
  const { archive } = limitsFor(quiet, timeouts);
  const isPast = (limit: number, since: Micros): boolean => limit > 0 && now - since >= minutes(limit);
  if (isPast(archive, quiet.lastWordAt)) {
    if (!quiet.waits) return { act: 'close', minutes: archive };
    return quiet.isAnybodyThere ? { act: 'nothing' } : { act: 'give_up' };
  }
  if (quiet.waits) return { act: 'nothing' };
  if (quiet.unansweredSince !== null && isPast(timeouts.transfer, quiet.unansweredSince))
    return { act: 'hand_over', minutes: timeouts.transfer };
  if (!quiet.isIdle && isPast(timeouts.idle, quiet.lastWordAt))
    return { act: 'mark_idle', minutes: timeouts.idle };
  return { act: 'nothing' };
}

/** Nothing has to be looked at less often: agents leave and come by calls of their own. */
const SELDOM = 60;

/** When the thread must be looked at again, if nobody writes until then. */
export function nextLook(quiet: Quiet, timeouts: Timeouts, now: Micros): Micros {
  const soonest = now + minutes(1);
  if (quiet.waits) return soonest;
  const { archive } = limitsFor(quiet, timeouts);
  let next = now + minutes(SELDOM);
  const consider = (limit: number, since: Micros): void => {
    if (limit > 0) next = Math.min(next, Math.max(soonest, since + minutes(limit)));
  };
  consider(archive, quiet.lastWordAt);
  if (!quiet.isIdle) consider(timeouts.idle, quiet.lastWordAt);
  // The customer may write right after this look.
  if (timeouts.transfer > 0) consider(timeouts.transfer, quiet.unansweredSince ?? now);
  return next;
}

function limitsFor({ continuous }: Quiet, timeouts: Timeouts): { archive: number } {
  return { archive: continuous ? timeouts.archiveContinuous : timeouts.archive };
}
