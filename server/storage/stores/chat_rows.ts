import type {
  Chat,
  ChatEvent,
  ChatUser,
  CustomerVisit,
  ListState,
  Thread,
  Visibility,
} from '../../domain/chats/chat.ts';
import type {
  Customer,
  CustomerAddress,
  CustomerChannels,
  CustomerLastVisit,
} from '../../domain/chats/customer.ts';
import type { EventType } from '../../wire/event.ts';
import type { ChatTables } from '../tables/chats.ts';

export type ChatRow = ChatTables['chats'];
export type ThreadRow = ChatTables['threads'];
export type EventRow = ChatTables['events'];
export type CustomerRow = ChatTables['customers'];

const ID = /^[A-Z1-9][A-Z0-9]{9}$/;

/** The row key of a chat or thread id; undefined for what cannot be one. */
export function keyOf(id: string): number | undefined {
  return ID.test(id) ? Number.parseInt(id, 36) : undefined;
}

/** Like `keyOf`, for ids of our own making. */
export function knownKey(id: string): number {
  const key = keyOf(id);
  if (key === undefined) throw new Error(`"${id}" is not an id of a chat or thread: ten characters A-Z0-9`);
  return key;
}

export function idOf(key: number): string {
  return key.toString(36).toUpperCase();
}

function optionalId(key: number | null): string | null {
  return key === null ? null : idOf(key);
}

function optionalKey(id: string | null): number | null {
  return id === null ? null : knownKey(id);
}

export function truth(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

export function toChat(row: ChatRow): Chat {
  return {
    id: idOf(row.chat_key),
    customId: row.custom_id,
    createdAt: row.created_at,
    customerId: row.customer_id,
    continuous: row.continuous === 1,
    access: JSON.parse(row.access) as number[],
    properties: JSON.parse(row.properties) as Chat['properties'],
    users: JSON.parse(row.users) as ChatUser[],
    followers: JSON.parse(row.followers) as string[],
    lastThreadId: optionalId(row.last_thread_key),
    lastThreadCreatedAt: row.last_thread_created_at,
    active: row.active === 1,
    threadsCount: row.threads_count,
    lastEvents: JSON.parse(row.last_events) as Chat['lastEvents'],
    agentLastEventAt: row.agent_last_event_at,
    customerLastEventAt: row.customer_last_event_at,
    listing: {
      state: row.list_state as ListState,
      listedAt: row.listed_at,
      keys: JSON.parse(row.list_keys) as string[],
    },
  };
}

/** What of a chat changes after it was made; its customer is set apart, being looked up by id. */
export function chatChanges(chat: Chat) {
  return {
    continuous: truth(chat.continuous),
    active: truth(chat.active),
    access: JSON.stringify(chat.access),
    properties: JSON.stringify(chat.properties),
    users: JSON.stringify(chat.users),
    followers: JSON.stringify(chat.followers),
    last_events: JSON.stringify(chat.lastEvents),
    last_thread_key: optionalKey(chat.lastThreadId),
    last_thread_created_at: chat.lastThreadCreatedAt,
    threads_count: chat.threadsCount,
    agent_last_event_at: chat.agentLastEventAt,
    customer_last_event_at: chat.customerLastEventAt,
    list_state: chat.listing.state,
    listed_at: chat.listing.listedAt,
    list_keys: JSON.stringify(chat.listing.keys),
  };
}

export function toThread(row: ThreadRow): Thread {
  return {
    id: idOf(row.thread_key),
    chatId: idOf(row.chat_key),
    createdAt: row.created_at,
    closedAt: row.closed_at,
    active: row.active === 1,
    userIds: JSON.parse(row.user_ids) as string[],
    access: JSON.parse(row.access) as number[],
    properties: JSON.parse(row.properties) as Thread['properties'],
    tags: JSON.parse(row.tags) as string[],
    eventsCount: row.events_count,
    lastEventAt: row.last_event_at,
    previousThreadId: optionalId(row.previous_thread_key),
    nextThreadId: optionalId(row.next_thread_key),
    visit: row.visit === null ? null : (JSON.parse(row.visit) as CustomerVisit),
    queuedAt: row.queued_at,
    queuesDuration: row.queues_duration,
    ...(row.summary === null ? {} : { summary: JSON.parse(row.summary) as NonNullable<Thread['summary']> }),
  };
}

export function threadChanges(thread: Thread) {
  return {
    closed_at: thread.closedAt,
    active: truth(thread.active),
    user_ids: JSON.stringify(thread.userIds),
    access: JSON.stringify(thread.access),
    properties: JSON.stringify(thread.properties),
    tags: JSON.stringify(thread.tags),
    events_count: thread.eventsCount,
    last_event_at: thread.lastEventAt,
    next_thread_key: optionalKey(thread.nextThreadId),
    queued_at: thread.queuedAt,
    // Whatever changes, the archives have to look at it again.
    indexed: truth(false),
    queues_duration: thread.queuesDuration,
    summary: thread.summary ? JSON.stringify(thread.summary) : null,
  };
}

export function fromThread(thread: Thread, licenseId: number): ThreadRow {
  return {
    thread_key: knownKey(thread.id),
    license_id: licenseId,
    chat_key: knownKey(thread.chatId),
    created_at: thread.createdAt,
    previous_thread_key: optionalKey(thread.previousThreadId),
    visit: thread.visit === null ? null : JSON.stringify(thread.visit),
    ...threadChanges(thread),
  };
}

export function toEvent(row: EventRow): ChatEvent {
  return {
    threadId: idOf(row.thread_key),
    number: row.number,
    type: row.type as EventType,
    authorId: row.author_id,
    visibility: row.visibility as Visibility,
    customId: row.custom_id,
    createdAt: row.created_at,
    content: JSON.parse(row.content) as Record<string, unknown>,
    properties: row.properties === null ? {} : (JSON.parse(row.properties) as ChatEvent['properties']),
    deletedAt: row.deleted_at,
  };
}

export function fromEvent(event: ChatEvent, licenseId: number): EventRow {
  return {
    thread_key: knownKey(event.threadId),
    number: event.number,
    license_id: licenseId,
    type: event.type,
    author_id: event.authorId,
    visibility: event.visibility,
    custom_id: event.customId,
    created_at: event.createdAt,
    content: JSON.stringify(event.content),
    properties: Object.keys(event.properties).length > 0 ? JSON.stringify(event.properties) : null,
    deleted_at: event.deletedAt,
  };
}

export function toCustomer(row: CustomerRow): Customer {
  return {
    key: row.customer_key,
    id: row.id,
    name: row.name,
    email: row.email,
    emailVerified: row.email_verified === 1,
    avatar: row.avatar,
    phoneNumber: row.phone_number,
    address: row.address === null ? null : (JSON.parse(row.address) as CustomerAddress),
    channels: row.channels === null ? null : (JSON.parse(row.channels) as CustomerChannels),
    sessionFields: JSON.parse(row.session_fields) as Record<string, string>[],
    createdAt: row.created_at,
    statistics: {
      visits: row.visits_count,
      pageViews: row.page_views_count,
      greetingsShown: row.greetings_shown_count,
      greetingsAccepted: row.greetings_accepted_count,
      tickets: row.tickets_count,
    },
    lastVisit: row.last_visit === null ? null : (JSON.parse(row.last_visit) as CustomerLastVisit),
    chatId: optionalId(row.chat_key),
  };
}

export function fromCustomer(customer: Customer, licenseId: number): CustomerRow {
  return {
    customer_key: customer.key,
    license_id: licenseId,
    id: customer.id,
    created_at: customer.createdAt,
    ...customerChanges(customer),
  };
}

export function customerChanges(customer: Customer) {
  return {
    name: customer.name,
    email: customer.email,
    email_verified: truth(customer.emailVerified),
    avatar: customer.avatar,
    phone_number: customer.phoneNumber,
    address: customer.address === null ? null : JSON.stringify(customer.address),
    channels: customer.channels === null ? null : JSON.stringify(customer.channels),
    session_fields: JSON.stringify(customer.sessionFields),
    visits_count: customer.statistics.visits,
    page_views_count: customer.statistics.pageViews,
    greetings_shown_count: customer.statistics.greetingsShown,
    greetings_accepted_count: customer.statistics.greetingsAccepted,
    tickets_count: customer.statistics.tickets,
    last_visit: customer.lastVisit === null ? null : JSON.stringify(customer.lastVisit),
    chat_key: optionalKey(customer.chatId),
  };
}
