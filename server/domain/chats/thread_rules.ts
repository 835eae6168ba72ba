import type { Micros } from '../../kernel/clock.ts';
import type { Chat, ChatEvent, ChatUser, CustomerVisit, LastEvent, LastEventOfType, Thread } from './chat.ts';
import type { EventDraft } from './event_rules.ts';
import { listingOf } from './listing.ts';
import type { SystemMessage } from './system_messages.ts';

/** A chat with the thread that is being worked on. The functions here give a new pair and change nothing. */
export interface OpenChat {
  chat: Chat;
  thread: Thread;
  /** Events added so far, to be stored. */
  added: ChatEvent[];
}

export interface ThreadStart {
  id: string;
  now: Micros;
  active: boolean;
  access: number[];
  properties: Thread['properties'];
  /** Who is in the thread from its start. */
  users: Pick<ChatUser, 'id' | 'type'>[];
  visit: CustomerVisit | null;
}

/**
 * Adds a thread to a chat that has no open one. Access of the chat becomes that of its new thread; users
 * of earlier threads stay listed, and are present again only if they are named.
 */
export function beginThread(chat: Chat, start: ThreadStart): OpenChat {
  // Threads of a chat are ordered by time: a clock that went back must not put a thread before its predecessor.
  const createdAt = Math.max(start.now, (chat.lastThreadCreatedAt ?? 0) + 1);
  const thread: Thread = {
    id: start.id,
    chatId: chat.id,
    createdAt,
    closedAt: start.active ? null : createdAt,
    active: start.active,
    userIds: start.users.map((user) => user.id),
    access: start.access,
    properties: start.properties,
    tags: [],
    eventsCount: 0,
    lastEventAt: createdAt,
    previousThreadId: chat.lastThreadId,
    nextThreadId: null,
    visit: start.visit,
    queuedAt: null,
  };
  const users = chat.users.map((user) => ({ ...user, present: user.type === 'customer' && user.present }));
  for (const { id, type } of start.users) {
    const known = users.find((user) => user.id === id);
    const present = start.active || type === 'customer';
    if (known) Object.assign(known, { present, visibility: 'all' });
    else users.push({ id, type, present, visibility: 'all', seenUpTo: null });
  }
  return relist({
    chat: {
      ...chat,
      users,
      access: start.access,
      active: start.active,
      lastThreadId: thread.id,
      lastThreadCreatedAt: createdAt,
      threadsCount: chat.threadsCount + 1,
    },
    thread,
    added: [],
  });
}

/** Lets an agent into the open thread. */
export function addAgent(open: OpenChat, agentId: string): OpenChat {
  const known = open.chat.users.some((user) => user.id === agentId);
  const users: ChatUser[] = known
    ? open.chat.users.map((user) => (user.id === agentId ? { ...user, present: true } : user))
    : [...open.chat.users, { id: agentId, type: 'agent', present: true, visibility: 'all', seenUpTo: null }];
  const userIds = open.thread.userIds.includes(agentId)
    ? open.thread.userIds
    : [...open.thread.userIds, agentId];
  return relist({ ...open, chat: { ...open.chat, users }, thread: { ...open.thread, userIds } });
}

/**
 * Appends an event: the next number of its thread, a time that never goes back, and the chat's record of
 * the newest event of each type. What an author writes they have seen, with all before it
 * (docs: agent-chat-api#send-event).
 */
export function appendEvent(
  open: OpenChat,
  draft: EventDraft,
  author: ChatUser | null,
  now: Micros,
): OpenChat {
  const event: ChatEvent = {
    threadId: open.thread.id,
    number: open.thread.eventsCount + 1,
    type: draft.type,
    authorId: author?.id ?? null,
    visibility: draft.visibility,
    customId: draft.customId,
    createdAt: Math.max(now, open.thread.lastEventAt + (open.thread.eventsCount > 0 ? 1 : 0)),
    content: draft.content,
    properties: draft.properties,
    deletedAt: null,
  };
  const chat = { ...open.chat, lastEvents: { ...open.chat.lastEvents } };
  chat.lastEvents[event.type] = newestOfType(chat.lastEvents[event.type], {
    threadCreatedAt: open.thread.createdAt,
    event,
  });
  if (author) {
    chat.users = chat.users.map((user) =>
      user.id === author.id ? { ...user, seenUpTo: Math.max(user.seenUpTo ?? 0, event.createdAt) } : user,
    );
    if (author.type === 'agent') chat.agentLastEventAt = event.createdAt;
    else chat.customerLastEventAt = event.createdAt;
  }
  return {
    chat,
    thread: { ...open.thread, eventsCount: event.number, lastEventAt: event.createdAt },
    added: [...open.added, event],
  };
}

function newestOfType(before: LastEventOfType | undefined, last: LastEvent): LastEventOfType {
  if (last.event.visibility === 'all') return { any: last };
  const forAll = before ? (before.all === undefined ? before.any : before.all) : null;
  return { any: last, all: forAll };
}

/** The newest event of a type that everybody sees, for customers. */
export function lastForAll(entry: LastEventOfType): LastEvent | null {
  return entry.all === undefined ? entry.any : entry.all;
}

export function say(open: OpenChat, words: SystemMessage, now: Micros): OpenChat {
  const draft: EventDraft = {
    type: 'system_message',
    customId: null,
    visibility: 'all',
    properties: {},
    content: { ...words },
  };
  return appendEvent(open, draft, null, now);
}

/** Closes the open thread: agents are no longer present, the customer stays (their chat goes on). */
export function closeThread(open: OpenChat, now: Micros): OpenChat {
  const closedAt = Math.max(now, open.thread.lastEventAt);
  const users = open.chat.users.map((user) => (user.type === 'agent' ? { ...user, present: false } : user));
  return relist({
    ...open,
    chat: { ...open.chat, users, active: false },
    thread: { ...open.thread, active: false, closedAt, queuedAt: null },
  });
}

/** What a user has seen of a chat that they changed: everything so far. */
export function markSeen(open: OpenChat, userId: string): OpenChat {
  const users = open.chat.users.map((user) =>
    user.id === userId ? { ...user, seenUpTo: Math.max(user.seenUpTo ?? 0, open.thread.lastEventAt) } : user,
  );
  return { ...open, chat: { ...open.chat, users } };
}

function relist(open: OpenChat): OpenChat {
  return { ...open, chat: { ...open.chat, listing: listingOf(open.chat, open.thread) } };
}
