import { markEventsAsSeen } from './mark_events_as_seen.ts';
import { multicast } from './multicast.ts';
import { sendEventPreview } from './send_event_preview.ts';
import { sendThinkingIndicator } from './send_thinking_indicator.ts';
import { sendTypingIndicator } from './send_typing_indicator.ts';
import { tagThread } from './tag_thread.ts';
import { untagThread } from './untag_thread.ts';

/** Of the Agent Chat API, what is said beside the events of a chat. */
export const agentWordMethods = [
  tagThread,
  untagThread,
  markEventsAsSeen,
  sendTypingIndicator,
  sendThinkingIndicator,
  sendEventPreview,
  multicast,
] as const;
