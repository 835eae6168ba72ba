import type { MethodRequest } from './method_requests.ts';

const message = (text: string) => ({ type: 'message', text });
const inAgentChat = { chat_id: '{{agent_chat_id}}' };
const inAgentThread = { ...inAgentChat, thread_id: '{{agent_thread_id}}' };
const inChat = { chat_id: '{{chat_id}}' };
const inThread = { ...inChat, thread_id: '{{thread_id}}' };
const seen = { seen_up_to: '2026-01-31T07:11:28.288340Z' };

/** What is said beside the events of a chat, in the order in which it can be. */
export const agentWordRequests: Record<string, MethodRequest> = {
  send_typing_indicator: { body: { ...inAgentChat, is_typing: true } },
  send_thinking_indicator: { body: { ...inAgentChat, title: 'Thinking …' } },
  send_event_preview: { body: { ...inAgentChat, event: message('The new roast') } },
  mark_events_as_seen: { body: { ...inAgentChat, ...seen } },
  tag_thread: { body: { ...inAgentThread, tag: 'coffee' } },
  untag_thread: { body: { ...inAgentThread, tag: 'coffee' } },
};

export const customerWordRequests: Record<string, MethodRequest> = {
  send_sneak_peek: { body: { ...inChat, sneak_peek_text: 'And how much' } },
  mark_events_as_seen: { body: { ...inChat, ...seen } },
  delete_event: { body: { ...inThread, event_id: '{{thread_id}}_1' } },
};
