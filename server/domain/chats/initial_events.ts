import { days, type Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { InitialEventRequest } from '../../wire/event.ts';
import { type Actor, actorId } from './actors.ts';
import { type ChatEvent, eventId, findUser, type Thread } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import { type EventDraft, isRepeat, readEvent } from './event_rules.ts';
import { appendEvent, type OpenChat } from './thread_rules.ts';

export interface InitialEvent {
  draft: EventDraft;
  authorId: string;
}

/** An agent may use a custom id again for another chat, but hardly for a retry after this long. */
const REPEAT_WITHIN: Micros = days(1);

/**
 * Checks the events a thread is to begin with.
 * @param users ids of the users that the request puts into the chat, the caller among them
 * @throws GatehouseError `validation`
 */
export function readInitialEvents(
  actor: Actor,
  events: readonly InitialEventRequest[] | undefined,
  users: ReadonlySet<string>,
): InitialEvent[] {
  return (events ?? []).map((input, index) => {
    const field = `chat.thread.events[${index}]`;
    const authorId = input.author_id ?? actorId(actor);
    if (!users.has(authorId))
      throw invalid(
        `${field}.author_id`,
        `"${authorId.slice(0, 80)}" is not among chat.users, nor is it you.`,
      );
    // Docs: the visibility of initial events is `all` and cannot be changed. Turning a private note into a
    // public message would be worse than refusing it.
    if (input.visibility === 'agents')
      throw invalid(
        `${field}.visibility`,
        'Initial events are visible to all. Send private ones with send_event.',
      );
    return { draft: readEvent(input, field), authorId };
  });
}

export function appendInitialEvents(open: OpenChat, events: readonly InitialEvent[], now: Micros): OpenChat {
  return events.reduce((result, { draft, authorId }) => {
    const author = findUser(result.chat, authorId);
    if (!author) throw new Error(`author ${authorId} is not a user of the chat`);
    return appendEvent(result, draft, author, now);
  }, open);
}

/** Ids of what users wrote, without what the server said. */
export function writtenIds(events: readonly ChatEvent[]): string[] {
  return events.filter((event) => event.authorId !== null).map(eventId);
}

export interface RepeatedStart {
  thread: Thread;
  eventIds: string[];
}

/**
 * Finds the thread that this very request made before: one that begins with the same events, each under its
 * custom id. A client that did not get its answer may so repeat the request and gets the answer again.
 */
export async function findRepeat(
  store: ChatStore,
  events: readonly InitialEvent[],
  now: Micros,
  accept: (thread: Thread) => boolean,
): Promise<RepeatedStart | undefined> {
  const [first] = events;
  if (!first?.draft.customId || events.some(({ draft }) => draft.customId === null)) return undefined;
  for (const found of await store.eventsByCustomId(first.authorId, first.draft.customId, undefined)) {
    if (found.createdAt < now - REPEAT_WITHIN) continue;
    const thread = await store.thread(found.threadId);
    if (!thread || !accept(thread)) continue;
    const stored = ((await store.events([thread.id])).get(thread.id) ?? []).filter(
      (e) => e.authorId !== null,
    );
    const same = events.every(({ draft, authorId }, index) => {
      const event = stored[index];
      return event && event.authorId === authorId && isRepeat(draft, event);
    });
    if (same) return { thread, eventIds: stored.slice(0, events.length).map(eventId) };
  }
  return undefined;
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
