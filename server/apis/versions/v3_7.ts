import { type ActionApiName, eachOf, isObject, type Payload, renamed, type Wording } from './wording.ts';

/** Methods that 3.7 has no more. */
export const notIn37: Record<ActionApiName, readonly string[]> = {
  agent: [],
  customer: ['get_predicted_agent'],
  configuration: [],
};

/** What the preview 3.7 says otherwise than 3.6. */
export const said37: Wording = {
  agent: { list_chats: { answer: chatsInfo } },
  customer: { list_chats: { answer: chatsInfo } },
};

/**
 * A summary is called info. The last events belong to the last thread, as the changelog says; the samples of 3.7
 * show them in their old place. There they stay where a chat has no object of its last thread: on the customer's
 * side, and where it has no thread.
 */
function chatsInfo(answer: Payload): Payload {
  return eachOf(renamed(answer, 'chats_summary', 'chats_info'), 'chats_info', chatInfo);
}

function chatInfo({ last_event_per_type: events, ...chat }: Payload): Payload {
  const { last_thread_summary: thread, ...rest } = chat;
  const last = events === undefined ? {} : { last_event_per_type: events };
  return isObject(thread) ? { ...rest, last_thread_info: { ...thread, ...last } } : { ...rest, ...last };
}
