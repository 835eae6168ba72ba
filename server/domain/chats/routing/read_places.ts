import type { Thread } from '../chat.ts';
import type { ChatDeps } from '../deps.ts';
import type { QueueEntry, QueuePlace } from './queue_rules.ts';
import { placeInQueue } from './queue_rules.ts';
import { readDesks, requestFor } from './seating.ts';

/**
 * Where the threads that wait stand in the queue, by thread. Costs nothing where none of them waits.
 */
export async function readPlaces(
  deps: Pick<ChatDeps, 'storage' | 'people' | 'clock'>,
  licenseId: number,
  threads: readonly (Thread | undefined)[],
): Promise<ReadonlyMap<string, QueuePlace>> {
  const places = new Map<string, QueuePlace>();
  const waiting = threads.filter((thread) => thread !== undefined && thread.queuedAt !== null) as Thread[];
  if (waiting.length === 0) return places;
  const store = deps.storage.read.chats(licenseId);
  const [queue, desks, chatSeconds] = await Promise.all([
    store.queue(),
    deps.people.agents(licenseId).then((agents) => readDesks(store, agents, deps.clock.now())),
    store.chatSeconds(),
  ]);
  const byChat = new Map(queue.map((entry) => [entry.chatId, entry]));
  for (const thread of waiting) {
    const entry = byChat.get(thread.chatId) ?? outOfSight(thread);
    places.set(thread.id, placeInQueue(entry, queue, desks, chatSeconds));
  }
  return places;
}

/** A chat so far behind that its row was not read stands after all that were. */
function outOfSight(thread: Thread): QueueEntry {
  return { ...requestFor(thread), without: [], chatId: thread.chatId, queuedAt: thread.queuedAt ?? 0 };
}
