import type { Micros } from '../../kernel/clock.ts';
import type { FileUseVerbs } from '../files/file_store.ts';
import type { Cause } from '../webhooks/cause.ts';
import type { Chat, ChatEvent, ListState, Thread } from './chat.ts';
import type { Customer } from './customer.ts';
import type { EventStore } from './event_store.ts';
import type { Position, SortOrder } from './page_cursor.ts';
import type { ChatTimerStore, RoutingStore } from './routing/routing_store.ts';

/** A chat with what its summary needs. */
export interface ChatWithContext {
  chat: Chat;
  lastThread: Thread | undefined;
  customer: Customer | undefined;
}

/** Threads of one chat, oldest first or newest first, strictly after a place in that order. */
export interface ThreadRange {
  order: SortOrder;
  after: Position | undefined;
  from: Micros | undefined;
  to: Micros | undefined;
  limit: number;
}

/** A new row met an id that is taken. The unit of work is undone; trying again chooses other ids. */
export class IdTakenError extends Error {
  constructor(cause: unknown) {
    super('an id was taken', { cause });
    this.name = 'IdTakenError';
  }
}

/**
 * Chats and customers of one organization; made for one, it cannot reach another's. Ids that could not be
 * ids are simply not found.
 */
export interface ChatStore extends EventStore, RoutingStore, FileUseVerbs {
  /**
   * Grows with every change of the organization's chats, before anybody hears of it. Missing where it is not known,
   * since others write too.
   */
  revision?(): number;
  insertCustomer(customer: Customer): Promise<void>;
  customer(id: string): Promise<Customer | undefined>;
  /** Reads a customer and holds it until the unit of work ends, so that nobody else starts their chat meanwhile. */
  lockCustomer(id: string): Promise<Customer | undefined>;
  saveCustomer(customer: Customer): Promise<void>;

  chat(id: string): Promise<ChatWithContext | undefined>;
  /** In the order of `ids`; ids without a chat are left out. */
  chats(ids: readonly string[]): Promise<ChatWithContext[]>;
  /** Reads a chat and holds it until the unit of work ends: every change of a chat begins here. */
  lockChat(id: string): Promise<Chat | undefined>;
  chatByCustomId(customId: string): Promise<Chat | undefined>;
  /** Puts the chat into its lists, too. @throws IdTakenError */
  insertChat(chat: Chat): Promise<void>;
  /** @param before the chat as it was locked; its `listing` tells which list rows to move */
  saveChat(chat: Chat, before: Chat): Promise<void>;

  thread(id: string): Promise<Thread | undefined>;
  /** @throws IdTakenError also for a second active thread of a chat */
  insertThread(thread: Thread): Promise<void>;
  saveThread(thread: Thread): Promise<void>;
  threads(chatId: string, range: ThreadRange): Promise<Thread[]>;
  /** How many threads of a chat were created between the times, counted up to `limit`. */
  countThreads(
    chatId: string,
    range: { from: Micros | undefined; to: Micros | undefined; limit: number },
  ): Promise<number>;

  insertEvents(events: readonly ChatEvent[]): Promise<void>;
  /** All events of the threads, in order. */
  events(threadIds: readonly string[]): Promise<Map<string, ChatEvent[]>>;
  /** The latest few events that an author sent with this custom id; in one thread, or in any. */
  eventsByCustomId(authorId: string, customId: string, threadId: string | undefined): Promise<ChatEvent[]>;

  /**
   * Reads the chats of several lists as one, in order, each once. Costs one index seek for each list and
   * state and one row for each entry, however many chats there are.
   * @param after strictly after this place in the given order
   */
  list(
    keys: readonly string[],
    states: readonly ListState[],
    range: { order: SortOrder; after: Position | undefined; limit: number },
  ): Promise<Position[]>;
  /** The lists that chats are in. */
  listKeys(ids: readonly string[]): Promise<Map<string, ReadonlySet<string>>>;
  /** How long each list is, in those states: the kept size where one is kept, else counted up to `limit`. */
  sizes(keys: readonly string[], states: readonly ListState[], limit: number): Promise<Map<string, number>>;

  /** Holds an agent until the unit of work ends, so that two repeats of one request come one after the other. */
  lockAgent(agentId: string): Promise<void>;
}

/** The part of the storage that chats use. */
export interface ChatStorage {
  read: { chats(licenseId: number): ChatStore; chatTimers: ChatTimerStore };
  write<T>(unit: (stores: { chats(licenseId: number): ChatStore }) => Promise<T>, cause?: Cause): Promise<T>;
}
