import type { Micros } from '../../kernel/clock.ts';
import { withProperty } from '../properties/property_rules.ts';
import {
  type Chat,
  type ChatEvent,
  type ChatUser,
  type CustomerVisit,
  findUser,
  type LastEvent,
  type LastEventOfType,
  type Thread,
  type Visibility,
} from './chat.ts';
import type { EventDraft } from './event_rules.ts';
import { listingOf } from './listing.ts';
import type { SystemMessage } from './system_messages.ts';
import { beginWait, endWait, giveUpWait } from './waiting.ts';

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
    queuesDuration: 0,
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

/** Lets an agent into the open thread; who is in it need not follow it. */
export function addAgent(open: OpenChat, agentId: string, visibility: Visibility = 'all'): OpenChat {
  const followers = open.chat.followers.filter((id) => id !== agentId);
  return addUser({ ...open, chat: { ...open.chat, followers } }, { id: agentId, type: 'agent' }, visibility);
}

export function addUser(
  open: OpenChat,
  { id, type }: Pick<ChatUser, 'id' | 'type'>,
  visibility: Visibility = 'all',
): OpenChat {
  const known = findUser(open.chat, id);
  const users: ChatUser[] = known
    ? open.chat.users.map((user) => (user === known ? { ...user, present: true, visibility } : user))
    : [...open.chat.users, { id, type, present: true, visibility, seenUpTo: null }];
  const userIds = open.thread.userIds.includes(id) ? open.thread.userIds : [...open.thread.userIds, id];
  return relist({ ...open, chat: { ...open.chat, users }, thread: { ...open.thread, userIds } });
}

/** Takes agents out of the open thread; they stay listed as users of the chat. */
export function removeAgents(open: OpenChat, agentIds: readonly string[]): OpenChat {
  const users = open.chat.users.map((user) =>
    user.type === 'agent' && agentIds.includes(user.id) ? { ...user, present: false } : user,
  );
  return relist({ ...open, chat: { ...open.chat, users } });
}

/** Agents who talk with the customer now. */
export function servingAgents(chat: Pick<Chat, 'users'>): string[] {
  return chat.users
    .filter((user) => user.type === 'agent' && user.present && user.visibility === 'all')
    .map((user) => user.id);
}

/** @param queuedAt null for a chat that waits outside the queue, because routing is off for it */
export function waitForAgent(open: OpenChat, queuedAt: Micros | null): OpenChat {
  return relist(beginWait(open, queuedAt));
}

/** The agent whom the chat was waiting for is there. */
export function stopWaiting(open: OpenChat, now: Micros): OpenChat {
  return relist(endWait(open, now));
}

/** Who sees the chat from now on. */
export function moveToGroups(open: OpenChat, access: number[]): OpenChat {
  return relist({ ...open, chat: { ...open.chat, access }, thread: { ...open.thread, access } });
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
    thread: {
      ...open.thread,
      eventsCount: event.number,
      lastEventAt: event.createdAt,
      properties: author ? notIdle(open.thread.properties) : open.thread.properties,
    },
    added: [...open.added, event],
  };
}

/** Marks a thread in which nobody writes (docs: default-properties#idle), until somebody does. */
export function markIdle(open: OpenChat): OpenChat {
  const properties = withProperty(open.thread.properties, 'routing', 'idle', true);
  return { ...open, thread: { ...open.thread, properties } };
}

function notIdle(properties: Thread['properties']): Thread['properties'] {
  return withProperty(properties, 'routing', 'idle', undefined);
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

export function say(
  open: OpenChat,
  words: SystemMessage,
  now: Micros,
  visibility: Visibility = 'all',
): OpenChat {
  const draft: EventDraft = {
    type: 'system_message',
    customId: null,
    visibility,
    properties: {},
    content: { ...words },
  };
  return appendEvent(open, draft, null, now);
}

/** Closes the open thread: agents are no longer present, the customer stays (their chat goes on). */
export function closeThread(open: OpenChat, now: Micros): OpenChat {
  const closedAt = Math.max(now, open.thread.lastEventAt);
  const users = open.chat.users.map((user) => (user.type === 'agent' ? { ...user, present: false } : user));
  const { chat, thread } = giveUpWait(open, now);
  return relist({
    ...open,
    chat: { ...chat, users, active: false },
    thread: { ...thread, active: false, closedAt, properties: notIdle(thread.properties) },
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
