import type { ChatEvent, Thread } from '../client/wire.ts';

/**
 * Puts newly read threads into those that are shown, the oldest first. A thread that was read again replaces
 * what was known of it, unless nothing changed.
 * @returns the same array where nothing changed, so that nobody draws it again
 */
export function mergeThreads(known: readonly Thread[], read: readonly Thread[]): readonly Thread[] {
  const byId = new Map(known.map((thread) => [thread.id, thread]));
  let changed = false;
  for (const thread of read) {
    const before = byId.get(thread.id);
    if (before && sameThread(before, thread)) continue;
    byId.set(thread.id, thread);
    changed = true;
  }
  if (!changed) return known;
  return [...byId.values()].sort((a, b) => compare(a.created_at, b.created_at) || compare(a.id, b.id));
}

function sameThread(a: Thread, b: Thread): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Ids of events in the order in which they happened: `<thread>_<n>`. */
export function newEvents(before: readonly Thread[], after: readonly Thread[]): ChatEvent[] {
  const known = new Set(before.flatMap((thread) => thread.events.map((event) => event.id)));
  return after.flatMap((thread) => thread.events.filter((event) => !known.has(event.id)));
}

/** An event that is on its way, or could not be sent: stays until the server shows it. */
export interface Unsent {
  customId: string;
  text: string;
  /** Of an agent's note: `agents`. */
  visibility?: 'all' | 'agents';
  /** Of a file whose address is known. */
  url?: string;
  /** Is lost when the page is left: files cannot be kept. */
  file?: File;
  /** `waiting`: the server could not be reached; it is tried again by itself. `sent`: accepted, not shown yet. */
  state: 'sending' | 'sent' | 'waiting' | 'failed';
  /** The server's own words, where it refused it. */
  problem?: string;
  postback?: { id: string; thread_id: string; event_id: string; type?: string; value?: string };
}

/** What the server shows by now is not unsent any more. */
export function withoutArrived(unsent: readonly Unsent[], threads: readonly Thread[]): readonly Unsent[] {
  if (unsent.length === 0) return unsent;
  const arrived = new Set(threads.flatMap((thread) => thread.events.map((event) => event.custom_id)));
  const left = unsent.filter(({ customId }) => !arrived.has(customId));
  return left.length === unsent.length ? unsent : left;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
