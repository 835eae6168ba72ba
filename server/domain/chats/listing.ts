import { createHash } from 'node:crypto';
import type { PropertyValue } from '../../wire/properties.ts';
import { type Chat, type Listing, listStates, type Thread } from './chat.ts';

/**
 * List Chats reads index rows: each chat has one row in every list that can find it. A list is named by a
 * key; what a filter asks for is a matter of which lists to read (see `listing_plan.ts`).
 */
export const listKey = {
  /** Every chat of the organization. */
  all: 'a',
  /** Chats of an access group. */
  group: (id: number) => `g:${id}`,
  /** Chats that an agent is in. */
  agent: (id: string) => `u:${id}`,
  /** Chats that a customer is in. */
  customer: (id: string) => `c:${id}`,
  /** Chats that have a property. */
  property: (namespace: string, name: string) => `p:${digest([namespace, name])}`,
  /** Chats whose property has a value; 1, "1" and true are different values. */
  propertyValue: (namespace: string, name: string, value: PropertyValue) =>
    `v:${digest([namespace, name, value])}`,
};

/** Lists whose sizes are kept. The others are short or countless, and are counted up to a bound when asked. */
export function isCounted(key: string): boolean {
  return key === listKey.all || /^[gup]:/.test(key);
}

/** A chat that is stored nowhere yet. */
export const unlisted: Listing = { state: listStates.withoutThreads, listedAt: 0, keys: [] };

/** True where nothing has to be moved; keys are in order. */
export function sameListing(a: Listing, b: Listing): boolean {
  return (
    a.state === b.state &&
    a.listedAt === b.listedAt &&
    a.keys.length === b.keys.length &&
    a.keys.every((key, index) => key === b.keys[index])
  );
}

/** Where a chat belongs, from the chat and its last thread. */
export function listingOf(chat: Omit<Chat, 'listing'>, lastThread: Thread | undefined): Listing {
  const keys = new Set<string>([listKey.all]);
  for (const id of chat.access) keys.add(listKey.group(id));
  for (const user of chat.users) {
    if (user.type === 'customer') keys.add(listKey.customer(user.id));
    else if (takesPart(chat, lastThread, user.id)) keys.add(listKey.agent(user.id));
  }
  for (const [namespace, values] of Object.entries(chat.properties)) {
    for (const [name, value] of Object.entries(values)) {
      keys.add(listKey.property(namespace, name));
      keys.add(listKey.propertyValue(namespace, name, value));
    }
  }
  return {
    state: !lastThread
      ? listStates.withoutThreads
      : lastThread.active
        ? listStates.active
        : listStates.inactive,
    listedAt: lastThread?.createdAt ?? chat.createdAt,
    keys: [...keys].sort(),
  };
}

/**
 * Is this user in the chat? In an open thread: who is present. In a closed one: who took part, since
 * closing ends everybody's presence and a person's own closed chats are still theirs.
 */
export function takesPart(
  chat: Pick<Chat, 'users'>,
  lastThread: Pick<Thread, 'active' | 'userIds'> | undefined,
  userId: string,
): boolean {
  if (lastThread && !lastThread.active) return lastThread.userIds.includes(userId);
  return chat.users.some((user) => user.id === userId && user.present);
}

/** 128 bits of a hash: property names and values are of any length, keys of an index are not. */
function digest(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');
}
