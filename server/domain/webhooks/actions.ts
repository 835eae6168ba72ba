/** What a webhook may be filtered by (docs: configuration-api#register-webhook, "Triggering actions"). */
export const webhookFilters = [
  'chat_presence',
  'only_my_chats',
  'author_type',
  'agent_ids',
  'source_type',
] as const;
export type WebhookFilter = (typeof webhookFilters)[number];

export const additionalData = ['chat_properties', 'chat_presence_user_ids'] as const;
export type AdditionalData = (typeof additionalData)[number];

const OF_CHATS: readonly WebhookFilter[] = ['chat_presence', 'only_my_chats', 'source_type'];
const OF_EVENTS: readonly WebhookFilter[] = ['chat_presence', 'author_type', 'only_my_chats', 'source_type'];
const OF_SETTINGS: readonly WebhookFilter[] = ['source_type'];

/** What webhooks are sent for, each with the filters that it takes. */
const FILTERS = {
  incoming_chat: OF_CHATS,
  chat_deactivated: OF_CHATS,
  chat_access_updated: OF_CHATS,
  chat_transferred: OF_CHATS,
  user_added_to_chat: OF_CHATS,
  user_removed_from_chat: OF_CHATS,
  incoming_event: OF_EVENTS,
  event_deleted: OF_CHATS,
  event_updated: OF_EVENTS,
  incoming_rich_message_postback: OF_CHATS,
  chat_properties_updated: OF_CHATS,
  chat_properties_deleted: OF_CHATS,
  thread_properties_updated: OF_CHATS,
  thread_properties_deleted: OF_CHATS,
  event_properties_updated: OF_CHATS,
  event_properties_deleted: OF_CHATS,
  thread_tagged: OF_CHATS,
  thread_untagged: OF_CHATS,
  thread_summary_set: OF_CHATS,
  events_marked_as_seen: OF_CHATS,
  routing_status_set: ['agent_ids', 'source_type'],
  customer_session_fields_updated: ['chat_presence', 'source_type'],
  group_created: OF_SETTINGS,
  group_updated: OF_SETTINGS,
  group_deleted: OF_SETTINGS,
  agent_created: OF_SETTINGS,
  agent_updated: OF_SETTINGS,
  agent_deleted: OF_SETTINGS,
  agent_suspended: OF_SETTINGS,
  agent_unsuspended: OF_SETTINGS,
  agent_approved: OF_SETTINGS,
  bot_created: OF_SETTINGS,
  bot_updated: OF_SETTINGS,
  bot_deleted: OF_SETTINGS,
  auto_accesses_updated: OF_SETTINGS,
  tag_created: OF_SETTINGS,
  tag_deleted: OF_SETTINGS,
  tag_updated: OF_SETTINGS,
} as const satisfies Record<string, readonly WebhookFilter[]>;

export type WebhookAction = keyof typeof FILTERS;
export const webhookActions = Object.keys(FILTERS) as WebhookAction[];

export function filtersOf(action: WebhookAction): readonly WebhookFilter[] {
  return FILTERS[action];
}

/** All but `agent_deleted` take both (docs: configuration-api#register-webhook, the row of `additional_data`). */
export function additionalDataOf(action: WebhookAction): readonly AdditionalData[] {
  return action === 'agent_deleted' ? [] : additionalData;
}
