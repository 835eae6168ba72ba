import type { Thread } from '../../domain/chats/chat.ts';
import type { ThreadWithEvents } from '../../domain/chats/get_chat.ts';
import type { QueuePlace } from '../../domain/chats/routing/queue_rules.ts';
import type { PropertyReader } from '../../domain/properties/property_reader.ts';
import { MICROS_PER_SECOND } from '../../kernel/clock.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { ChatRole } from '../../wire/scope_catalogue.ts';
import type { AgentSideThread, CustomerSideThread, ThreadSummary } from '../../wire/thread.ts';
import { presentEventToAgent, presentEventToCustomer } from './event.ts';
import { presentVisit } from './user.ts';

export function presentThreadToAgent(
  { thread, events, queue }: ThreadWithEvents,
  role: ChatRole,
  reader: PropertyReader,
): AgentSideThread {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds,
    events: events.map((event) => presentEventToAgent(event, role, reader)),
    ...tags(thread),
    properties: reader.show('thread', thread.properties),
    access: { group_ids: thread.access },
    ...neighbours(thread),
    ...presentQueue(queue),
    ...(thread.queuesDuration > 0
      ? { queues_duration: Math.round(thread.queuesDuration / MICROS_PER_SECOND) }
      : {}),
    ...(thread.summary
      ? {
          summary: {
            status: thread.summary.status,
            text: thread.summary.text,
            updated_at: formatTimestamp(thread.summary.updatedAt),
          },
        }
      : {}),
    ...(thread.visit ? { customer_visit: presentVisit(thread.visit) } : {}),
  };
}

/** @param shown what a user is called towards customers; undefined for one they must not see */
export function presentThreadToCustomer(
  { thread, events, queue }: ThreadWithEvents,
  shown: (userId: string) => string | undefined,
  shownId: (userId: string) => string,
  reader: PropertyReader,
): CustomerSideThread {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds.flatMap((id) => shown(id) ?? []),
    events: events.flatMap((event) => presentEventToCustomer(event, shownId, reader) ?? []),
    properties: reader.show('thread', thread.properties),
    access: { group_ids: thread.access },
    ...neighbours(thread),
    ...presentQueue(queue),
  };
}

/** Where a thread that waits for an agent stands. */
export function presentQueue(place: QueuePlace | undefined): Pick<ThreadSummary, 'queue'> {
  if (!place) return {};
  const { position, waitTime, queuedAt } = place;
  return { queue: { position, wait_time: waitTime, queued_at: formatTimestamp(queuedAt) } };
}

export function presentThreadSummary(thread: Thread, reader: PropertyReader): ThreadSummary {
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    user_ids: thread.userIds,
    properties: reader.show('thread', thread.properties),
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
