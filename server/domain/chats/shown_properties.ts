import type { Properties, PropertyFilters } from '../../wire/properties.ts';
import type { PropertyLocation } from '../properties/definition.ts';
import type { PropertyReader } from '../properties/property_reader.ts';
import { namespacesOf } from '../properties/property_rules.ts';
import type { PropertyService } from '../properties/property_service.ts';
import { type Actor, propertyCaller } from './actors.ts';
import type { ChatWithContext } from './chat_store.ts';
import type { ThreadWithEvents } from './get_chat.ts';

const known = new WeakMap<ChatWithContext, ReadonlySet<string>>();

/** The namespaces that a chat's summary shows properties of; worked out once for a chat that is remembered. */
export function namespacesOfChat(found: ChatWithContext): ReadonlySet<string> {
  let namespaces = known.get(found);
  if (!namespaces) {
    const { chat, lastThread } = found;
    const shown: Properties[] = [chat.properties];
    if (lastThread) shown.push(lastThread.properties);
    for (const { any, all } of Object.values(chat.lastEvents)) {
      shown.push(any.event.properties);
      if (all) shown.push(all.event.properties);
    }
    namespaces = namespacesOf(shown);
    known.set(found, namespaces);
  }
  return namespaces;
}

/** What the actor may see of the properties of these chats, and of threads with their events. */
export function readerFor(
  deps: { properties: Pick<PropertyService, 'reader'> },
  actor: Actor,
  chats: readonly ChatWithContext[],
  threads: readonly Pick<ThreadWithEvents, 'thread' | 'events'>[] = [],
): Promise<PropertyReader> {
  const namespaces = new Set<string>();
  for (const chat of chats) for (const namespace of namespacesOfChat(chat)) namespaces.add(namespace);
  for (const { thread, events } of threads)
    for (const namespace of namespacesOf([thread.properties, ...events.map((event) => event.properties)]))
      namespaces.add(namespace);
  return deps.properties.reader(propertyCaller(actor), namespaces);
}

/**
 * Who may not see a property cannot ask where it is set.
 * @throws GatehouseError `validation`, `authorization`
 */
export function needReadableFilters(
  properties: Pick<PropertyService, 'needReadable'>,
  actor: Actor,
  location: PropertyLocation,
  filters: PropertyFilters | null | undefined,
): Promise<void> {
  const names = Object.fromEntries(
    Object.entries(filters ?? {}).map(([namespace, named]) => [namespace, Object.keys(named)]),
  );
  return properties.needReadable(propertyCaller(actor), location, names, 'filters.properties');
}
