import { GatehouseError } from '../../kernel/errors.ts';
import type { CustomerActor } from './actors.ts';
import { type Chat, type ChatEvent, eventId, type LastEvent, type Thread } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import { needEvent, withChangedEvent } from './found_events.ts';
import { holdThread } from './held_chat.ts';
import { signalled } from './signals.ts';
import { lastForAll } from './thread_rules.ts';

export interface DeleteEventInput {
  chat_id: string;
  thread_id: string;
  event_id: string;
}

/** Threads that are looked through for the event that is the newest of its type after one was deleted. */
const LOOKED_THROUGH = 5;

/**
 * A customer takes back what they wrote: nothing of it is shown to customers any more, agents see that there
 * was something, chat administrators what (docs: customer-chat-api#delete-event).
 */
export function deleteEvent(deps: ChatDeps) {
  return (actor: CustomerActor, input: DeleteEventInput): Promise<void> =>
    holdThread(deps, actor, input, async (held) => {
      const { store, chat, thread, now } = held;
      const found = await needEvent(actor, held, input.event_id);
      if (found.authorId !== actor.customerId)
        throw new GatehouseError(
          'authorization',
          'Customers can delete what they wrote themselves, and nothing else.',
        );
      const event: ChatEvent = { ...found, deletedAt: Math.max(now, found.createdAt) };
      await store.saveEvent(event);
      // Marks the thread for the archives, which must not find it by what is gone.
      await store.saveThread(thread);
      const changed = withChangedEvent(chat, event);
      if (changed !== chat) await store.saveChat(await withNewestForAll(store, changed, thread, event), chat);
      held.signal({ type: 'event_deleted', chat: signalled(chat, thread), eventId: eventId(event) });
    });
}

/** Where the customer was shown the deleted event as the newest of its type, the one before it takes its place. */
async function withNewestForAll(
  store: ChatStore,
  chat: Chat,
  thread: Thread,
  deleted: ChatEvent,
): Promise<Chat> {
  const entry = chat.lastEvents[deleted.type];
  if (!entry || lastForAll(entry)?.event.deletedAt == null) return chat;
  const all = await newestForAll(store, thread, deleted);
  return { ...chat, lastEvents: { ...chat.lastEvents, [deleted.type]: { any: entry.any, all } } };
}

async function newestForAll(store: ChatStore, last: Thread, { type }: ChatEvent): Promise<LastEvent | null> {
  let thread: Thread | undefined = last;
  for (let seen = 0; thread && seen < LOOKED_THROUGH; seen++) {
    const events = (await store.events([thread.id])).get(thread.id) ?? [];
    const event = events.findLast(
      (one) => one.type === type && one.visibility === 'all' && one.deletedAt === null,
    );
    if (event) return { threadCreatedAt: thread.createdAt, event };
    thread = thread.previousThreadId ? await store.thread(thread.previousThreadId) : undefined;
  }
  return null;
}
