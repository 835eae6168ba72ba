import type { EventRequest } from '../../wire/event.ts';
import type { Actor, AgentActor, CustomerActor } from './actors.ts';
import { type PropertyChanges, propertyChanges } from './change_properties.ts';
import { type DeleteEventInput, deleteEvent } from './delete_event.ts';
import type { ChatDeps } from './deps.ts';
import {
  sendEventPreview,
  sendSneakPeek,
  sendThinkingIndicator,
  sendTypingIndicator,
  type ThinkingInput,
  type TypingInput,
} from './indicators.ts';
import { type MulticastInput, multicast } from './multicast.ts';
import { type MarkSeenInput, markEventsAsSeen } from './seen_marker.ts';
import { type PostbackInput, sendPostback } from './send_postback.ts';
import { type TagInput, tagThread, untagThread } from './tags.ts';
import { requestThreadSummary } from './thread_summary.ts';

/** What is said beside the events of a chat: marks, tags, signs of life, words for everybody. */
export interface ChatWords extends PropertyChanges {
  tagThread(actor: AgentActor, input: TagInput): Promise<void>;
  untagThread(actor: AgentActor, input: TagInput): Promise<void>;
  markEventsAsSeen(actor: Actor, input: MarkSeenInput): Promise<void>;
  deleteEvent(actor: CustomerActor, input: DeleteEventInput): Promise<void>;
  sendTypingIndicator(actor: AgentActor, input: TypingInput): Promise<void>;
  sendThinkingIndicator(actor: AgentActor, input: ThinkingInput): Promise<void>;
  sendSneakPeek(actor: CustomerActor, input: { chat_id: string; sneak_peek_text: string }): Promise<void>;
  sendEventPreview(actor: AgentActor, input: { chat_id: string; event: EventRequest }): Promise<void>;
  sendPostback(actor: Actor, input: PostbackInput): Promise<void>;
  requestThreadSummary(actor: AgentActor, input: { chat_id: string; thread_id: string }): Promise<void>;
  multicast(actor: AgentActor, input: MulticastInput): Promise<void>;
}

export function chatWords(deps: ChatDeps): ChatWords {
  return {
    ...propertyChanges(deps),
    tagThread: tagThread(deps),
    untagThread: untagThread(deps),
    markEventsAsSeen: markEventsAsSeen(deps),
    deleteEvent: deleteEvent(deps),
    sendTypingIndicator: sendTypingIndicator(deps),
    sendThinkingIndicator: sendThinkingIndicator(deps),
    sendSneakPeek: sendSneakPeek(deps),
    sendEventPreview: sendEventPreview(deps),
    sendPostback: sendPostback(deps),
    requestThreadSummary: requestThreadSummary(deps),
    multicast: multicast(deps),
  };
}
