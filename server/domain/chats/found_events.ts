import { GatehouseError } from '../../kernel/errors.ts';
import type { Actor } from './actors.ts';
import type { Chat, ChatEvent, LastEventOfType } from './chat.ts';
import type { HeldThread } from './held_chat.ts';

const ID = /^(.+)_([1-9]\d{0,8})$/;

/** The words are the same for an event that does not exist and for one that is not shown. */
export function eventNotFound(): GatehouseError {
  return new GatehouseError('not_found', 'This thread has no event with this id.');
}

/**
 * An event of a held thread that the actor sees.
 * @throws GatehouseError `not_found`
 */
export async function needEvent(actor: Actor, { store, thread }: HeldThread, id: string): Promise<ChatEvent> {
  const [, threadId, number] = ID.exec(id) ?? [];
  const event = threadId === thread.id ? await store.event(thread.id, Number(number)) : undefined;
  if (!event) throw eventNotFound();
  if (actor.kind === 'customer' && (event.visibility !== 'all' || event.deletedAt !== null))
    throw eventNotFound();
  return event;
}

/** The chat with its records of newest events brought up to what became of one of them. */
export function withChangedEvent(chat: Chat, event: ChatEvent): Chat {
  const entry = chat.lastEvents[event.type];
  if (!entry) return chat;
  const isIt = (last: { event: ChatEvent } | null | undefined): boolean =>
    last?.event.threadId === event.threadId && last.event.number === event.number;
  if (!isIt(entry.any) && !isIt(entry.all)) return chat;
  const changed: LastEventOfType = {
    any: isIt(entry.any) ? { ...entry.any, event } : entry.any,
    ...(entry.all === undefined
      ? {}
      : { all: entry.all && isIt(entry.all) ? { ...entry.all, event } : entry.all }),
  };
  return { ...chat, lastEvents: { ...chat.lastEvents, [event.type]: changed } };
}
