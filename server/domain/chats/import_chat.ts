import { createHash } from 'node:crypto';
import type { Micros } from '../../kernel/clock.ts';
import type { EventType } from '../../wire/event.ts';
import type { Properties } from '../../wire/properties.ts';
import { readProperties } from '../properties/property_rules.ts';
import type { Chat, ChatUser, Visibility } from './chat.ts';
import { EVERYBODY } from './chat.ts';
import { customerRecord, type NewCustomer } from './customers.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import { listingOf, unlisted } from './listing.ts';
import { withContinuous } from './start_chat.ts';
import { closedByAgent, type SystemMessage } from './system_messages.ts';
import {
  addAgent,
  appendEvent,
  beginThread,
  closeThread,
  markSeen,
  type OpenChat,
  say,
} from './thread_rules.ts';

export interface PastEvent {
  at: Micros;
  /** The customer, an agent by e-mail, or the server. */
  author: 'customer' | 'system' | { agentId: string };
  type?: EventType;
  /** For messages; other types give `content`. */
  text?: string;
  content?: Record<string, unknown>;
  visibility?: Visibility;
  properties?: Properties;
  customId?: string;
}

export interface PastThread {
  createdAt: Micros;
  /** Absent for a thread that is still open; only the last one may be. */
  closedAt?: Micros;
  /** Who closed it, for the closing message; by default nobody is named and nothing is said. */
  closedBy?: { agentId: string; name: string } | SystemMessage;
  /** Agents in the thread, whether they write or not. */
  agentIds?: string[];
  access?: number[];
  properties?: Properties;
  tags?: string[];
  events: PastEvent[];
}

export interface PastChat {
  licenseId: number;
  /** Unique in the organization: what makes the import repeatable. */
  customId: string;
  /** Ten characters A-Z0-9; by default made from the time and the custom id. */
  id?: string;
  createdAt?: Micros;
  /** A customer of a fixed id; made when there is none yet. Absent for a chat among agents. */
  customer?: Omit<NewCustomer, 'licenseId'> & { id: string; createdAt?: Micros };
  access?: number[];
  continuous?: boolean;
  properties?: Properties;
  followers?: string[];
  /** Oldest first. */
  threads: PastThread[];
}

export interface ImportedChat {
  chatId: string;
  created: boolean;
}

/** Writes a chat with its threads and events in one unit; the same data gives the same ids. */
export function importChat(deps: ChatDeps) {
  return (past: PastChat): Promise<ImportedChat> =>
    writeChats(deps, { licenseId: past.licenseId, silent: true }, async (store) => {
      const existing = await store.chatByCustomId(past.customId);
      if (existing) return { chatId: existing.id, created: false };
      const createdAt = past.createdAt ?? past.threads[0]?.createdAt ?? deps.clock.now();
      const chatId = past.id ?? idOf(past, createdAt, 'chat');
      if (past.customer) {
        const { id } = past.customer;
        const known = await store.lockCustomer(id);
        if (known?.chatId) throw new Error(`customer ${id} already has the chat ${known.chatId}`);
        const ids = { id, key: deps.identifiers.key() };
        const customer = known ?? customerRecord(past.customer, ids, past.customer.createdAt ?? createdAt);
        await (known
          ? store.saveCustomer({ ...customer, chatId })
          : store.insertCustomer({ ...customer, chatId }));
      }
      const { chat, opened } = build(past, chatId, createdAt);
      await store.insertChat(chat);
      for (const { thread, added } of opened) {
        await store.insertThread(thread);
        await store.insertEvents(added);
      }
      return { chatId, created: true };
    });
}

function build(past: PastChat, chatId: string, createdAt: Micros): { chat: Chat; opened: OpenChat[] } {
  const users: ChatUser[] = past.customer
    ? [{ id: past.customer.id, type: 'customer', present: true, visibility: 'all', seenUpTo: null }]
    : [];
  let chat: Chat = {
    id: chatId,
    customId: past.customId,
    createdAt,
    customerId: past.customer?.id ?? null,
    continuous: past.continuous ?? false,
    access: past.access ?? [EVERYBODY],
    properties: withContinuous(readProperties(past.properties, 'properties'), past.continuous ?? false),
    users,
    followers: past.followers ?? [],
    lastThreadId: null,
    lastThreadCreatedAt: null,
    active: false,
    threadsCount: 0,
    lastEvents: {},
    agentLastEventAt: null,
    customerLastEventAt: null,
    listing: unlisted,
  };
  const opened: OpenChat[] = [];
  for (const [index, pastThread] of past.threads.entries()) {
    if (pastThread.closedAt === undefined && index < past.threads.length - 1)
      throw new Error(`${past.customId}: only the last thread can be open`);
    const open = buildThread(past, chat, pastThread, idOf(past, pastThread.createdAt, `thread ${index}`));
    const previous = opened.at(-1);
    if (previous) previous.thread = { ...previous.thread, nextThreadId: open.thread.id };
    opened.push(open);
    chat = open.chat;
  }
  return { chat: { ...chat, listing: listingOf(chat, opened.at(-1)?.thread) }, opened };
}

function buildThread(past: PastChat, chat: Chat, thread: PastThread, id: string): OpenChat {
  const agentIds = new Set(thread.agentIds);
  for (const event of thread.events) if (typeof event.author === 'object') agentIds.add(event.author.agentId);
  const customer: Pick<ChatUser, 'id' | 'type'>[] = past.customer
    ? [{ id: past.customer.id, type: 'customer' }]
    : [];
  let open = beginThread(chat, {
    id,
    now: thread.createdAt,
    active: true,
    access: thread.access ?? chat.access,
    properties: readProperties(thread.properties, 'properties'),
    users: customer,
    visit: past.customer?.visit
      ? { ip: past.customer.visit.ip ?? null, userAgent: past.customer.visit.userAgent ?? null }
      : null,
  });
  for (const agentId of agentIds) open = addAgent(open, agentId);
  open = { ...open, thread: { ...open.thread, tags: thread.tags ?? [] } };
  for (const event of thread.events) open = addPastEvent(past, open, event);
  if (thread.closedAt === undefined) return open;
  if (thread.closedBy) open = say(open, closingWords(thread.closedBy), thread.closedAt);
  for (const agentId of agentIds) open = markSeen(open, agentId);
  return closeThread(open, thread.closedAt);
}

function closingWords(closedBy: NonNullable<PastThread['closedBy']>): SystemMessage {
  return 'agentId' in closedBy ? closedByAgent(closedBy.name) : closedBy;
}

function addPastEvent(past: PastChat, open: OpenChat, event: PastEvent): OpenChat {
  const { author } = event;
  const authorId = author === 'system' ? null : author === 'customer' ? past.customer?.id : author.agentId;
  if (authorId === undefined)
    throw new Error(`${past.customId}: a chat without a customer has no words of one`);
  const user = authorId === null ? null : (open.chat.users.find(({ id }) => id === authorId) ?? null);
  const type = event.type ?? (author === 'system' ? 'system_message' : 'message');
  return appendEvent(
    open,
    {
      type,
      customId: event.customId ?? null,
      visibility: event.visibility ?? 'all',
      properties: event.properties ?? {},
      content: { ...(event.text === undefined ? {} : { text: event.text }), ...event.content },
    },
    user,
    event.at,
  );
}

const BASE = 10 * 36 ** 9;
const EPOCH_MILLISECONDS = Date.UTC(2025, 0, 1);

/** An id of the shape and order that `identifiers.chatId` gives, but decided by the data (also before 2025). */
function idOf(past: PastChat, at: Micros, what: string): string {
  const hash = createHash('sha256').update(`${past.licenseId}/${past.customId}/${what}`).digest();
  const place = (Math.floor(at / 1000) - EPOCH_MILLISECONDS) * 1024 + (hash.readUInt16BE() % 1024);
  return (BASE + place).toString(36).toUpperCase();
}
