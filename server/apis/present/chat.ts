import type { Chat, LastEventOfType } from '../../domain/chats/chat.ts';
import type { ChatWithContext } from '../../domain/chats/chat_store.ts';
import type { ChatView } from '../../domain/chats/get_chat.ts';
import type { AgentsById } from '../../domain/chats/people.ts';
import type { QueuePlace } from '../../domain/chats/routing/queue_rules.ts';
import { namespacesOfChat } from '../../domain/chats/shown_properties.ts';
import { lastForAll } from '../../domain/chats/thread_rules.ts';
import type { PropertyReader } from '../../domain/properties/property_reader.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type {
  AgentSideChat,
  AgentSideChatSummary,
  CustomerSideChat,
  CustomerSideChatSummary,
} from '../../wire/chat.ts';
import type { ChatRole } from '../../wire/scope_catalogue.ts';
import { presentEventToAgent, presentEventToCustomer } from './event.ts';
import { lasting } from './lasting.ts';
import {
  presentQueue,
  presentThreadSummary,
  presentThreadToAgent,
  presentThreadToCustomer,
} from './thread.ts';
import { presentUserToAgent, presentUserToCustomer } from './user.ts';

/** The agent who looks. */
export interface AgentViewer {
  agentId: string;
  chatRole: ChatRole;
}

const KINDS = 50;

/** What was made of a chat, for each kind of viewer; as long as the storage gives the same chat and agents. */
const summaries = new WeakMap<
  ChatWithContext,
  { agents: AgentsById; shown: Map<string, AgentSideChatSummary> }
>();

export function presentChatSummaryToAgent(
  found: ChatWithContext,
  agents: AgentsById,
  viewer: AgentViewer,
  reader: PropertyReader,
  place?: QueuePlace,
): AgentSideChatSummary {
  const summary = lastingSummary(found, agents, viewer, reader);
  if (!place || !summary.last_thread_summary) return summary;
  // Others move in the queue while the chat itself stays as it is.
  return {
    ...summary,
    last_thread_summary: { ...summary.last_thread_summary, ...presentQueue(place) },
  };
}

function lastingSummary(
  found: ChatWithContext,
  agents: AgentsById,
  viewer: AgentViewer,
  reader: PropertyReader,
): AgentSideChatSummary {
  let made = summaries.get(found);
  if (made?.agents !== agents) {
    made = { agents, shown: new Map() };
    summaries.set(found, made);
  }
  const isFollowed = found.chat.followers.includes(viewer.agentId);
  const kind = `${viewer.chatRole} ${isFollowed} ${reader.tag(namespacesOfChat(found))}`;
  // Tags of readers change as definitions do: old ones must not pile up.
  if (made.shown.size >= KINDS) made.shown.clear();
  let summary = made.shown.get(kind);
  if (!summary) {
    summary = lasting(chatSummaryForAgent(found, agents, reader, viewer.chatRole, isFollowed));
    made.shown.set(kind, summary);
  }
  return summary;
}

function chatSummaryForAgent(
  { chat, lastThread, customer }: ChatWithContext,
  agents: AgentsById,
  reader: PropertyReader,
  chatRole: ChatRole,
  isFollowed: boolean,
): AgentSideChatSummary {
  return {
    id: chat.id,
    last_event_per_type: perType(chat, ({ any }) => ({
      thread_id: any.event.threadId,
      thread_created_at: formatTimestamp(any.threadCreatedAt),
      event: presentEventToAgent(any.event, chatRole, reader),
    })),
    users: chat.users.map((user) => presentUserToAgent(user, chat, customer, agents)),
    ...(lastThread ? { last_thread_summary: presentThreadSummary(lastThread, reader) } : {}),
    properties: reader.show('chat', chat.properties),
    access: { group_ids: chat.access },
    is_followed: isFollowed,
  };
}

export function presentChatToAgent(view: ChatView, viewer: AgentViewer): AgentSideChat {
  const { chat, customer, agents, shown, reader } = view;
  return {
    id: chat.id,
    ...(shown ? { thread: presentThreadToAgent(shown, viewer.chatRole, reader) } : {}),
    users: chat.users.map((user) => presentUserToAgent(user, chat, customer, agents)),
    properties: reader.show('chat', chat.properties),
    access: { group_ids: chat.access },
    is_followed: chat.followers.includes(viewer.agentId),
  };
}

/** What an agent of the organization is called towards customers. */
export type ShownAgentId = (agentId: string) => string;

export function presentChatSummaryToCustomer(
  { chat, customer }: ChatWithContext,
  agents: AgentsById,
  shownAgentId: ShownAgentId,
  reader: PropertyReader,
): CustomerSideChatSummary {
  const names = namesFor(chat, shownAgentId);
  return {
    id: chat.id,
    ...(chat.lastThreadId ? { last_thread_id: chat.lastThreadId } : {}),
    ...(chat.lastThreadCreatedAt === null
      ? {}
      : { last_thread_created_at: formatTimestamp(chat.lastThreadCreatedAt) }),
    last_event_per_type: perType(chat, (entry) => {
      const last = lastForAll(entry);
      const event = last && presentEventToCustomer(last.event, names.id, reader);
      return event
        ? { thread_id: last.event.threadId, thread_created_at: formatTimestamp(last.threadCreatedAt), event }
        : undefined;
    }),
    users: visibleUsers(chat).map((user) => presentUserToCustomer(user, customer, agents, names.id)),
    access: { group_ids: chat.access },
    properties: reader.show('chat', chat.properties),
    active: chat.active,
  };
}

export function presentChatToCustomer(view: ChatView, shownAgentId: ShownAgentId): CustomerSideChat {
  const { chat, customer, agents, shown, reader } = view;
  const names = namesFor(chat, shownAgentId);
  return {
    id: chat.id,
    ...(shown ? { thread: presentThreadToCustomer(shown, names.visibleId, names.id, reader) } : {}),
    users: visibleUsers(chat).map((user) => presentUserToCustomer(user, customer, agents, names.id)),
    access: { group_ids: chat.access },
    properties: reader.show('chat', chat.properties),
  };
}

/** Ids of a chat's users as the customer is told them. */
export function namesFor(chat: Chat, shownAgentId: ShownAgentId) {
  const hidden = new Set(chat.users.filter((user) => user.visibility === 'agents').map((user) => user.id));
  const id = (userId: string) => (userId === chat.customerId ? userId : shownAgentId(userId));
  return { id, visibleId: (userId: string) => (hidden.has(userId) ? undefined : id(userId)) };
}

function visibleUsers(chat: Chat) {
  return chat.users.filter((user) => user.visibility === 'all');
}

function perType<Shown>(
  chat: Chat,
  present: (entry: LastEventOfType) => Shown | undefined,
): Record<string, Shown> {
  const result: Record<string, Shown> = {};
  for (const [type, entry] of Object.entries(chat.lastEvents)) {
    const shown = present(entry);
    if (shown) result[type] = shown;
  }
  return result;
}
