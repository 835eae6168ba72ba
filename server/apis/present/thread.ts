import type { Thread } from '../../domain/chats/chat.ts';
import type { ThreadWithEvents } from '../../domain/chats/get_chat.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { ChatRole } from '../../wire/scope_catalogue.ts';
import type { AgentSideThread, CustomerSideThread, ThreadSummary } from '../../wire/thread.ts';
import { presentEventToAgent, presentEventToCustomer } from './event.ts';
import { presentVisit } from './user.ts';

export function presentThreadToAgent({ thread, events }: ThreadWithEvents, role: ChatRole): AgentSideThread {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds,
    events: events.map((event) => presentEventToAgent(event, role)),
    ...tags(thread),
    properties: thread.properties,
    access: { group_ids: thread.access },
    ...neighbours(thread),
    ...(thread.visit ? { customer_visit: presentVisit(thread.visit) } : {}),
  };
}

/** @param shown what a user is called towards customers; undefined for one they must not see */
export function presentThreadToCustomer(
  { thread, events }: ThreadWithEvents,
  shown: (userId: string) => string | undefined,
  shownId: (userId: string) => string,
): CustomerSideThread {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds.flatMap((id) => shown(id) ?? []),
    events: events.flatMap((event) => presentEventToCustomer(event, shownId) ?? []),
    properties: thread.properties,
    access: { group_ids: thread.access },
    ...neighbours(thread),
  };
}

export function presentThreadSummary(thread: Thread): ThreadSummary {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    user_ids: thread.userIds,
    properties: thread.properties,
    active: thread.active,
    access: { group_ids: thread.access },
    ...tags(thread),
  };
}

function tags(thread: Thread): { tags?: string[] } {
  return thread.tags.length > 0 ? { tags: thread.tags } : {};
}

function neighbours(thread: Thread): { previous_thread_id?: string; next_thread_id?: string } {
  return {
    ...(thread.previousThreadId ? { previous_thread_id: thread.previousThreadId } : {}),
    ...(thread.nextThreadId ? { next_thread_id: thread.nextThreadId } : {}),
  };
}
