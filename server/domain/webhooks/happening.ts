import type { Properties } from '../../wire/properties.ts';
import type { Chat, ChatEvent, ChatUser, Thread } from '../chats/chat.ts';
import type { RoutingStatus } from '../chats/routing/desks.ts';
import type { SentPostback } from '../chats/signals.ts';
import type { WebhookAction } from './actions.ts';

/** Names of properties by namespace. */
export type PropertyNames = Record<string, string[]>;

/** Why somebody came into a chat or left it, or a chat went to others (docs: webhooks#chat_transferred). */
export type ChangeReason = 'manual' | 'inactive' | 'assigned' | 'unassigned' | 'other';

interface InChat {
  chat: Chat;
  /** The thread that is meant; the last one where the whole chat is. */
  thread: Thread | undefined;
}

/** Something in a chat that webhooks may tell of. */
export type ChatHappening = InChat &
  (
    | { action: 'incoming_chat'; thread: Thread; events: ChatEvent[] }
    | { action: 'chat_deactivated'; thread: Thread }
    | { action: 'chat_access_updated' }
    | { action: 'chat_transferred'; reason: ChangeReason; groupIds: number[]; agentIds: string[] }
    | { action: 'user_added_to_chat' | 'user_removed_from_chat'; user: ChatUser; reason: ChangeReason }
    | { action: 'incoming_event' | 'event_updated' | 'event_deleted'; event: ChatEvent }
    | { action: 'incoming_rich_message_postback'; event: ChatEvent; userId: string; postback: SentPostback }
    | { action: 'chat_properties_updated' | 'thread_properties_updated'; properties: Properties }
    | { action: 'chat_properties_deleted' | 'thread_properties_deleted'; names: PropertyNames }
    | { action: 'event_properties_updated'; event: ChatEvent; properties: Properties }
    | { action: 'event_properties_deleted'; event: ChatEvent; names: PropertyNames }
    | { action: 'thread_tagged' | 'thread_untagged'; tag: string }
    | { action: 'thread_summary_set'; thread: Thread }
    | { action: 'events_marked_as_seen'; user: ChatUser }
    | {
        action: 'customer_session_fields_updated';
        customerId: string;
        sessionFields: Record<string, string>[];
      }
  );

/** Something outside of chats. */
export type OtherHappening =
  | { action: 'routing_status_set'; agentId: string; status: RoutingStatus }
  /** Of settings: the payload is as the API that changes them says it. */
  | { action: SettingsAction; payload: unknown };

export type SettingsAction = Extract<
  WebhookAction,
  `agent_${string}` | `group_${string}` | `bot_${string}` | `tag_${string}` | 'auto_accesses_updated'
>;

export type Happening = ChatHappening | OtherHappening;

export function isInChat(happening: Happening): happening is ChatHappening {
  return 'chat' in happening;
}
