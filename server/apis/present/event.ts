import type { ChatEvent } from '../../domain/chats/chat.ts';
import { eventId } from '../../domain/chats/chat.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { WireEvent } from '../../wire/event.ts';
import type { ChatRole } from '../../wire/scope_catalogue.ts';

/** How an agent sees an event. A deleted one shows its content to chat administrators only. */
export function presentEventToAgent(event: ChatEvent, role: ChatRole): WireEvent {
  const shell = {
    id: eventId(event),
    ...(event.customId === null ? {} : { custom_id: event.customId }),
    created_at: formatTimestamp(event.createdAt),
    type: event.type,
    ...(event.authorId === null ? {} : { author_id: event.authorId }),
    visibility: event.visibility,
    ...(event.deletedAt === null ? {} : { deleted: true }),
  };
  return event.deletedAt !== null && role !== 'administrator' ? shell : { ...shell, ...contentOf(event) };
}

/**
 * How the customer sees an event.
 * @param shownId what an author is called towards customers
 * @returns undefined for what is not theirs to see
 */
export function presentEventToCustomer(
  event: ChatEvent,
  shownId: (userId: string) => string,
): WireEvent | undefined {
  if (event.visibility !== 'all' || event.deletedAt !== null) return undefined;
  return {
    id: eventId(event),
    ...(event.customId === null ? {} : { custom_id: event.customId }),
    created_at: formatTimestamp(event.createdAt),
    type: event.type,
    ...(event.authorId === null ? {} : { author_id: shownId(event.authorId) }),
    ...contentOf(event),
  };
}

function contentOf(event: ChatEvent): Partial<WireEvent> {
  const properties = Object.keys(event.properties).length > 0 ? { properties: event.properties } : {};
  return { ...event.content, ...properties };
}
