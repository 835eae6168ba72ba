import type { Chat, ChatEvent, Thread } from '../chats/chat.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import type { Customer } from '../chats/customer.ts';
import type { RoutingStatus } from '../chats/routing/desks.ts';

interface Changed<T> {
  /** As the unit of work found it; undefined where the unit made it. */
  before: T | undefined;
  after: T;
}

/** What one unit of work did to the chats of an organization. */
export interface ChatChanges {
  chats: Map<string, Changed<Chat>>;
  threads: Map<string, Changed<Thread>>;
  customers: Map<string, Changed<Customer>>;
  /** Events that were there, by thread and number. */
  events: Map<string, Changed<ChatEvent>>;
  added: ChatEvent[];
  statuses: { agentId: string; status: RoutingStatus }[];
}

export function noChanges(): ChatChanges {
  return {
    chats: new Map(),
    threads: new Map(),
    customers: new Map(),
    events: new Map(),
    added: [],
    statuses: [],
  };
}

/**
 * The chats of a unit of work, with what it reads and writes noted: who tells of changes need not ask those who make
 * them, and no way of changing a chat can forget to tell.
 */
export function watchChats(store: ChatStore, changes: ChatChanges): ChatStore {
  const { chats, threads, customers, events } = changes;
  const eventName = ({ threadId, number }: Pick<ChatEvent, 'threadId' | 'number'>) => `${threadId}_${number}`;
  const watched: Partial<ChatStore> = {
    async lockChat(id) {
      return found(chats, id, await store.lockChat(id));
    },
    async insertChat(chat) {
      await store.insertChat(chat);
      chats.set(chat.id, { before: undefined, after: chat });
    },
    async saveChat(chat, before) {
      await store.saveChat(chat, before);
      written(chats, chat.id, chat, before);
    },
    async thread(id) {
      return found(threads, id, await store.thread(id));
    },
    async insertThread(thread) {
      await store.insertThread(thread);
      threads.set(thread.id, { before: undefined, after: thread });
    },
    async saveThread(thread) {
      if (!threads.has(thread.id)) found(threads, thread.id, await store.thread(thread.id));
      await store.saveThread(thread);
      written(threads, thread.id, thread, thread);
    },
    async insertEvents(added) {
      await store.insertEvents(added);
      changes.added.push(...added);
    },
    async event(threadId, number) {
      return found(events, eventName({ threadId, number }), await store.event(threadId, number));
    },
    async saveEvent(event) {
      await store.saveEvent(event);
      written(events, eventName(event), event, event);
    },
    async customer(id) {
      return found(customers, id, await store.customer(id));
    },
    async lockCustomer(id) {
      return found(customers, id, await store.lockCustomer(id));
    },
    async saveCustomer(customer) {
      await store.saveCustomer(customer);
      written(customers, customer.id, customer, customer);
    },
    async setRoutingStatus(agentId, status) {
      await store.setRoutingStatus(agentId, status);
      changes.statuses.push({ agentId, status });
    },
  };
  return Object.assign(Object.create(store) as ChatStore, watched);
}

function found<T>(all: Map<string, Changed<T>>, id: string, value: T | undefined): T | undefined {
  if (value !== undefined && !all.has(id)) all.set(id, { before: value, after: value });
  return value;
}

function written<T>(all: Map<string, Changed<T>>, id: string, after: T, before: T): void {
  const known = all.get(id);
  if (known) known.after = after;
  else all.set(id, { before, after });
}
