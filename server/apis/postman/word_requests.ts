import type { MethodRequest } from './method_requests.ts';

const message = (text: string) => ({ type: 'message', text });
const inAgentChat = { chat_id: '{{agent_chat_id}}' };
const inAgentThread = { ...inAgentChat, thread_id: '{{agent_thread_id}}' };
const inChat = { chat_id: '{{chat_id}}' };
const inThread = { ...inChat, thread_id: '{{thread_id}}' };
const seen = { seen_up_to: '2026-01-31T07:11:28.288340Z' };

const properties = { test: { string_property: 'gold' } };
const names = { test: ['string_property'] };

/** Stands second among the first events of both chats. */
export const card = {
  type: 'rich_message',
  template_id: 'cards',
  elements: [
    { title: 'Beans?', buttons: [{ type: 'message', text: 'Yes', value: 'yes', postback_id: 'beans' }] },
  ],
};
const postback = { id: 'beans', toggled: true };

function propertyRequests(chat: string, thread: string): Record<string, MethodRequest> {
  const inside = { chat_id: chat, thread_id: thread };
  const event = { ...inside, event_id: `${thread}_1` };
  return {
    update_chat_properties: { body: { id: chat, properties } },
    delete_chat_properties: { body: { id: chat, properties: names } },
    update_thread_properties: { body: { ...inside, properties } },
    delete_thread_properties: { body: { ...inside, properties: names } },
    update_event_properties: { body: { ...event, properties } },
    delete_event_properties: { body: { ...event, properties: names } },
  };
}

/** What is said beside the events of a chat, in the order in which it can be. */
export const agentWordRequests: Record<string, MethodRequest> = {
  send_typing_indicator: { body: { ...inAgentChat, is_typing: true } },
  send_thinking_indicator: { body: { ...inAgentChat, title: 'Thinking …' } },
  send_event_preview: { body: { ...inAgentChat, event: message('The new roast') } },
  mark_events_as_seen: { body: { ...inAgentChat, ...seen } },
  tag_thread: { body: { ...inAgentThread, tag: 'coffee' } },
  send_rich_message_postback: { body: { ...inAgentThread, event_id: '{{agent_thread_id}}_2', postback } },
  request_thread_summary: { body: inAgentThread },
  untag_thread: { body: { ...inAgentThread, tag: 'coffee' } },
  ...propertyRequests('{{agent_chat_id}}', '{{agent_thread_id}}'),
};

export const customerWordRequests: Record<string, MethodRequest> = {
  send_sneak_peek: { body: { ...inChat, sneak_peek_text: 'And how much' } },
  mark_events_as_seen: { body: { ...inChat, ...seen } },
  ...propertyRequests('{{chat_id}}', '{{thread_id}}'),
  send_rich_message_postback: { body: { ...inThread, event_id: '{{thread_id}}_2', postback } },
  list_license_properties: {},
  list_group_properties: { query: { id: '0' } },
  delete_event: { body: { ...inThread, event_id: '{{thread_id}}_1' } },
};
