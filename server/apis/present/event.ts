import type { ChatEvent } from '../../domain/chats/chat.ts';
import { eventId } from '../../domain/chats/chat.ts';
import type { PropertyReader } from '../../domain/properties/property_reader.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { WireEvent } from '../../wire/event.ts';
import type { ChatRole } from '../../wire/scope_catalogue.ts';

/** How an agent sees an event. A deleted one shows its content to chat administrators only. */
export function presentEventToAgent(event: ChatEvent, role: ChatRole, reader: PropertyReader): WireEvent {
  const shell = {
    id: eventId(event),
    ...(event.customId === null ? {} : { custom_id: event.customId }),
    created_at: formatTimestamp(event.createdAt),
    type: event.type,
    ...(event.authorId === null ? {} : { author_id: event.authorId }),
    visibility: event.visibility,
    ...(event.deletedAt === null ? {} : { deleted: true }),
  };
  return event.deletedAt !== null && role !== 'administrator'
    ? shell
    : { ...shell, ...contentOf(event, reader) };
}

/**
 * How the customer sees an event.
 * @param shownId what an author is called towards customers
 * @returns undefined for what is not theirs to see
 */
export function presentEventToCustomer(
  event: ChatEvent,
  shownId: (userId: string) => string,
  reader: PropertyReader,
): WireEvent | undefined {
  if (event.visibility !== 'all' || event.deletedAt !== null) return undefined;
  return {
    id: eventId(event),
    ...(event.customId === null ? {} : { custom_id: event.customId }),
    created_at: formatTimestamp(event.createdAt),
    type: event.type,
    ...(event.authorId === null ? {} : { author_id: shownId(event.authorId) }),
    ...withShownUsers(event, contentOf(event, reader), shownId),
  };
}

function contentOf(event: ChatEvent, reader: PropertyReader): Partial<WireEvent> {
  const shown = reader.show('event', event.properties);
  const properties = Object.keys(shown).length > 0 ? { properties: shown } : {};
  return { ...event.content, ...properties };
}

/** Who has a button of a rich message on: agents go by the ids that customers know them by. */
function withShownUsers(
  { type }: ChatEvent,
  content: Partial<WireEvent>,
  shownId: (userId: string) => string,
): Partial<WireEvent> {
  if (type !== 'rich_message' || !content.elements) return content;
  const elements = content.elements.map((element) => ({
    ...element,
    ...(element.buttons
      ? {
          buttons: element.buttons.map((button) => ({
            ...button,
            ...(button.user_ids ? { user_ids: button.user_ids.map(shownId) } : {}),
          })),
        }
      : {}),
  }));
  return { ...content, elements };
}
