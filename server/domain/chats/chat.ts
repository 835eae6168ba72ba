import type { Micros } from '../../kernel/clock.ts';
import type { EventType } from '../../wire/event.ts';
import type { Properties } from '../../wire/properties.ts';

export type Visibility = 'all' | 'agents';

/** Group 0 stands for every agent of the organization (docs: data-structures#access). */
export const EVERYBODY = 0;

export interface ChatUser {
  /** An agent's e-mail, a customer's UUID. */
  id: string;
  type: 'agent' | 'customer';
  /** Takes part now. Agents stop to when a thread closes; they stay listed as users of the chat. */
  present: boolean;
  /** `agents`: the customer sees neither this user nor what they write. */
  visibility: Visibility;
  /** Everything up to here counts as seen; null when nothing was. */
  seenUpTo: Micros | null;
}

export interface ChatEvent {
  threadId: string;
  /** From 1, without gaps: the event's id is `<thread>_<number>`. */
  number: number;
  type: EventType;
  /** Null for what the server says. */
  authorId: string | null;
  visibility: Visibility;
  customId: string | null;
  createdAt: Micros;
  /** What is particular to the type, in wire spelling. */
  content: Record<string, unknown>;
  properties: Properties;
  deletedAt: Micros | null;
}

/** Where the customer was when a thread began. */
export interface CustomerVisit {
  ip: string | null;
  userAgent: string | null;
}

export interface Thread {
  id: string;
  chatId: string;
  createdAt: Micros;
  closedAt: Micros | null;
  active: boolean;
  /** Everybody who took part. */
  userIds: string[];
  access: number[];
  properties: Properties;
  tags: string[];
  eventsCount: number;
  lastEventAt: Micros;
  previousThreadId: string | null;
  nextThreadId: string | null;
  visit: CustomerVisit | null;
  /** Made once the thread was closed, when an agent asked for it. */
  summary?: { status: string; text: string; updatedAt: Micros };
  /** Since when the thread waits for an agent; null when it does not. */
  queuedAt: Micros | null;
  /** How long it waited before, altogether. */
  queuesDuration: Micros;
}

export interface LastEvent {
  threadCreatedAt: Micros;
  event: ChatEvent;
}

/** The newest event of a type: `any` as agents see it, `all` as the customer does (absent when the same). */
export interface LastEventOfType {
  any: LastEvent;
  all?: LastEvent | null;
}

/** Rows of a list lie by state, then time. */
export const listStates = { inactive: 0, active: 1, withoutThreads: 2 } as const;
export type ListState = (typeof listStates)[keyof typeof listStates];

export interface Listing {
  state: ListState;
  /** When the last thread was created; when the chat was, if it has no thread. */
  listedAt: Micros;
  /** Sorted, without repeats. */
  keys: string[];
}

export interface Chat {
  id: string;
  /** The importer's own id, which makes an import repeatable. */
  customId: string | null;
  createdAt: Micros;
  /** Null for a chat among agents. */
  customerId: string | null;
  continuous: boolean;
  access: number[];
  properties: Properties;
  users: ChatUser[];
  /** Agents who follow it. */
  followers: string[];
  lastThreadId: string | null;
  lastThreadCreatedAt: Micros | null;
  active: boolean;
  threadsCount: number;
  lastEvents: Partial<Record<EventType, LastEventOfType>>;
  agentLastEventAt: Micros | null;
  customerLastEventAt: Micros | null;
  /** Which lists it is in and where, as stored; the store moves its rows when this changes. */
  listing: Listing;
}

export function eventId(event: Pick<ChatEvent, 'threadId' | 'number'>): string {
  return `${event.threadId}_${event.number}`;
}

export function findUser(chat: Chat, id: string): ChatUser | undefined {
  return chat.users.find((user) => user.id === id);
}
