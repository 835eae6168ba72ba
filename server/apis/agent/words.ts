import { deleteChatProperties } from './delete_chat_properties.ts';
import { deleteEventProperties } from './delete_event_properties.ts';
import { deleteThreadProperties } from './delete_thread_properties.ts';
import { markEventsAsSeen } from './mark_events_as_seen.ts';
import { multicast } from './multicast.ts';
import { requestThreadSummary } from './request_thread_summary.ts';
import { sendEventPreview } from './send_event_preview.ts';
import { sendRichMessagePostback } from './send_rich_message_postback.ts';
import { sendThinkingIndicator } from './send_thinking_indicator.ts';
import { sendTypingIndicator } from './send_typing_indicator.ts';
import { tagThread } from './tag_thread.ts';
import { untagThread } from './untag_thread.ts';
import { updateChatProperties } from './update_chat_properties.ts';
import { updateEventProperties } from './update_event_properties.ts';
import { updateThreadProperties } from './update_thread_properties.ts';

/** Of the Agent Chat API, what is said beside the events of a chat. */
export const agentWordMethods = [
  tagThread,
  untagThread,
  markEventsAsSeen,
  sendTypingIndicator,
  sendThinkingIndicator,
  sendEventPreview,
  multicast,
  updateChatProperties,
  updateThreadProperties,
  updateEventProperties,
  deleteChatProperties,
  deleteThreadProperties,
  deleteEventProperties,
  sendRichMessagePostback,
  requestThreadSummary,
] as const;
