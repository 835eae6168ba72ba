import type { Properties } from '../../wire/properties.ts';
import type { PropertyLocation } from '../properties/definition.ts';
import { readProperties, withoutValues, withValues } from '../properties/property_rules.ts';
import type { Named } from '../properties/property_uses.ts';
import { type Actor, propertyCaller } from './actors.ts';
import { eventId } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import { needEvent, withChangedEvent } from './found_events.ts';
import { holdChat, holdThread } from './held_chat.ts';
import { listingOf } from './listing.ts';
import { type PropertyNames, signalled } from './signals.ts';

type Given = { values: Properties } | { names: PropertyNames };

/** Changes properties of a chat, a thread or an event: values are set over those there are, or names are deleted. */
export interface PropertyChanges {
  updateChatProperties(actor: Actor, input: { id: string; properties: Properties }): Promise<void>;
  deleteChatProperties(actor: Actor, input: { id: string; properties: PropertyNames }): Promise<void>;
  updateThreadProperties(actor: Actor, input: InThread & { properties: Properties }): Promise<void>;
  deleteThreadProperties(actor: Actor, input: InThread & { properties: PropertyNames }): Promise<void>;
  updateEventProperties(actor: Actor, input: OfEvent & { properties: Properties }): Promise<void>;
  deleteEventProperties(actor: Actor, input: OfEvent & { properties: PropertyNames }): Promise<void>;
}

interface InThread {
  chat_id: string;
  thread_id: string;
}

interface OfEvent extends InThread {
  event_id: string;
}

export function propertyChanges(deps: ChatDeps): PropertyChanges {
  return {
    updateChatProperties: (actor, { id, properties }) => changeChat(deps, actor, id, { values: properties }),
    deleteChatProperties: (actor, { id, properties }) => changeChat(deps, actor, id, { names: properties }),
    updateThreadProperties: (actor, input) => changeThread(deps, actor, input, { values: input.properties }),
    deleteThreadProperties: (actor, input) => changeThread(deps, actor, input, { names: input.properties }),
    updateEventProperties: (actor, input) => changeEvent(deps, actor, input, { values: input.properties }),
    deleteEventProperties: (actor, input) => changeEvent(deps, actor, input, { names: input.properties }),
  };
}

/** What was given, after it was checked; who may not see the chat is told that only after. */
async function checked(
  deps: ChatDeps,
  actor: Actor,
  location: PropertyLocation,
  given: Given,
): Promise<Given> {
  const named: Named =
    'values' in given ? { values: readProperties(given.values, 'properties') } : { names: given.names };
  await deps.properties.needWritable(propertyCaller(actor), location, named, 'properties');
  return named;
}

function apply(base: Properties, given: Given): Properties {
  return 'values' in given ? withValues(base, given.values) : withoutValues(base, given.names);
}

async function changeChat(deps: ChatDeps, actor: Actor, id: string, asked: Given): Promise<void> {
  const given = await checked(deps, actor, 'chat', asked);
  await holdChat(deps, actor, id, async ({ store, chat, lastThread, signal }) => {
    const changed = { ...chat, properties: apply(chat.properties, given) };
    if (JSON.stringify(changed.properties) === JSON.stringify(chat.properties)) return;
    await store.saveChat({ ...changed, listing: listingOf(changed, lastThread) }, chat);
    const place = signalled(chat, undefined);
    if ('values' in given) signal({ type: 'chat_properties_updated', chat: place, properties: given.values });
    else signal({ type: 'chat_properties_deleted', chat: place, properties: given.names });
  });
}

async function changeThread(deps: ChatDeps, actor: Actor, input: InThread, asked: Given): Promise<void> {
  const given = await checked(deps, actor, 'thread', asked);
  await holdThread(deps, actor, input, async ({ store, chat, thread, signal }) => {
    const properties = apply(thread.properties, given);
    if (JSON.stringify(properties) === JSON.stringify(thread.properties)) return;
    await store.saveThread({ ...thread, properties });
    const place = signalled(chat, thread);
    if ('values' in given)
      signal({ type: 'thread_properties_updated', chat: place, properties: given.values });
    else signal({ type: 'thread_properties_deleted', chat: place, properties: given.names });
  });
}

async function changeEvent(deps: ChatDeps, actor: Actor, input: OfEvent, asked: Given): Promise<void> {
  const given = await checked(deps, actor, 'event', asked);
  await holdThread(deps, actor, input, async (held) => {
    const { store, chat, thread, signal } = held;
    const found = await needEvent(actor, held, input.event_id);
    const event = { ...found, properties: apply(found.properties, given) };
    if (JSON.stringify(event.properties) === JSON.stringify(found.properties)) return;
    await store.saveEvent(event);
    const changed = withChangedEvent(chat, event);
    if (changed !== chat) await store.saveChat(changed, chat);
    const where = { chat: signalled(chat, thread), eventId: eventId(event), visibility: event.visibility };
    if ('values' in given) signal({ type: 'event_properties_updated', ...where, properties: given.values });
    else signal({ type: 'event_properties_deleted', ...where, properties: given.names });
  });
}
