import type { ChatUser, Thread } from '../../domain/chats/chat.ts';
import type { PropertyReader } from '../../domain/properties/property_reader.ts';
import type { ChatHappening, Happening, PropertyNames } from '../../domain/webhooks/happening.ts';
import { isInChat } from '../../domain/webhooks/happening.ts';
import type { PayloadView, WebhookPayloads } from '../../domain/webhooks/webhook_outbox.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import { presentEventToAgent } from './event.ts';
import { presentThreadToAgent } from './thread.ts';
import { presentUserToAgent } from './user.ts';

/** Payloads as the public reference of webhooks shows them, action by action (docs: management/webhooks). */
export const webhookPayloads: WebhookPayloads = {
  payload: (happening, view) => (isInChat(happening) ? inChat(happening, view) : outside(happening)),
  chatProperties: (chat, reader) => reader.show('chat', chat.properties),
};

/** With spaces here, unlike everywhere else (docs: webhooks#routing_status_set). */
function outside(happening: Exclude<Happening, ChatHappening>): unknown {
  return 'agentId' in happening
    ? { agent_id: happening.agentId, status: happening.status.replaceAll('_', ' ') }
    : happening.payload;
}

function inChat(happening: ChatHappening, view: PayloadView): unknown {
  const { chat, thread } = happening;
  const { reader, requesterId } = view;
  const place = { chat_id: chat.id, ...threadOf(thread) };
  switch (happening.action) {
    case 'incoming_chat':
      return {
        chat: {
          id: chat.id,
          users: chat.users.map((user) => presentUser(user, happening, view)),
          properties: reader.show('chat', chat.properties),
          access: { group_ids: chat.access },
          thread: presentThreadToAgent(
            { thread: happening.thread, events: happening.events, queue: undefined },
            'administrator',
            reader,
          ),
        },
      };
    case 'chat_deactivated':
      return { ...place, ...(requesterId === undefined ? {} : { user_id: requesterId }) };
    case 'chat_access_updated':
      return { id: chat.id, access: { group_ids: chat.access } };
    case 'chat_transferred':
      return {
        ...place,
        ...(requesterId === undefined ? {} : { requester_id: requesterId }),
        reason: happening.reason,
        transferred_to: { group_ids: happening.groupIds, agent_ids: happening.agentIds },
      };
    case 'user_added_to_chat':
      return {
        ...place,
        user: presentUser(happening.user, happening, view),
        user_type: happening.user.type,
        reason: happening.reason,
        ...(requesterId === undefined ? {} : { requester_id: requesterId }),
      };
    case 'user_removed_from_chat':
      return {
        ...place,
        user_id: happening.user.id,
        user_type: happening.user.type,
        reason: happening.reason,
        ...(requesterId === undefined ? {} : { requester_id: requesterId }),
      };
    case 'incoming_event':
    case 'event_updated':
      return { ...place, event: presentEventToAgent(happening.event, 'administrator', reader) };
    case 'event_deleted':
      return { ...place, event_id: idOf(happening) };
    case 'incoming_rich_message_postback':
      return {
        user_id: happening.userId,
        ...place,
        event_id: idOf(happening),
        postback: happening.postback,
      };
    case 'chat_properties_updated':
      return { chat_id: chat.id, properties: reader.show('chat', happening.properties) };
    case 'chat_properties_deleted':
      return { chat_id: chat.id, properties: shownNames(happening.names, 'chat', reader) };
    case 'thread_properties_updated':
      return { ...place, properties: reader.show('thread', happening.properties) };
    case 'thread_properties_deleted':
      return { ...place, properties: shownNames(happening.names, 'thread', reader) };
    case 'event_properties_updated':
      return { ...place, event_id: idOf(happening), properties: reader.show('event', happening.properties) };
    case 'event_properties_deleted':
      return {
        ...place,
        event_id: idOf(happening),
        properties: shownNames(happening.names, 'event', reader),
      };
    case 'thread_tagged':
    case 'thread_untagged':
      return { ...place, tag: happening.tag };
    case 'thread_summary_set': {
      const { summary } = happening.thread;
      return {
        ...place,
        ...(summary
          ? {
              summary: {
                status: summary.status,
                text: summary.text,
                updated_at: formatTimestamp(summary.updatedAt),
              },
            }
          : {}),
      };
    }
    case 'events_marked_as_seen':
      return {
        user_id: happening.user.id,
        chat_id: chat.id,
        seen_up_to: formatTimestamp(happening.user.seenUpTo ?? 0),
      };
    case 'customer_session_fields_updated':
      return { id: happening.customerId, active_chat: place, session_fields: happening.sessionFields };
  }
}

function threadOf(thread: Thread | undefined): { thread_id?: string } {
  return thread ? { thread_id: thread.id } : {};
}

function idOf({ event }: { event: { threadId: string; number: number } }): string {
  return `${event.threadId}_${event.number}`;
}

function presentUser(user: ChatUser, { chat }: ChatHappening, { customer, agents }: PayloadView) {
  return presentUserToAgent(user, chat, customer, agents);
}

/** Names that the app may not see are not named. */
function shownNames(
  names: PropertyNames,
  location: 'chat' | 'thread' | 'event',
  reader: PropertyReader,
): PropertyNames {
  const shown: PropertyNames = {};
  for (const [namespace, list] of Object.entries(names)) {
    const visible = list.filter((name) => reader.knows(location, namespace, name));
    if (visible.length > 0) shown[namespace] = visible;
  }
  return shown;
}
