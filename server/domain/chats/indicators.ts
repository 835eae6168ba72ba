import { GatehouseError } from '../../kernel/errors.ts';
import type { EventRequest } from '../../wire/event.ts';
import { chatNotFound, needChat, needPresentUser, needVisibility } from './access_rules.ts';
import type { Actor, AgentActor, CustomerActor } from './actors.ts';
import type { Chat, Thread, Visibility } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import { readEvent, TEXT_BYTES } from './event_rules.ts';
import { inactive, needEventProperties } from './send_event.ts';
import { signalled } from './signals.ts';

/**
 * What is shown to others in a chat for a moment and stored nowhere. Nothing is locked for it: a chat that
 * changes meanwhile is at worst told of a word to a thread that has just closed.
 */
async function openThread(
  deps: ChatDeps,
  actor: Actor,
  chatId: string,
): Promise<{ chat: Chat; thread: Thread }> {
  const found = await deps.storage.read.chats(actor.licenseId).chat(chatId);
  if (!found) throw chatNotFound();
  needChat(actor, found.chat, found.lastThread);
  if (!found.lastThread?.active) throw inactive(actor);
  return { chat: found.chat, thread: found.lastThread };
}

/** The open thread of a chat in which an agent is, and may be seen by those they address. */
async function placeOfAgent(deps: ChatDeps, actor: AgentActor, chatId: string, visibility: Visibility) {
  const { chat, thread } = await openThread(deps, actor, chatId);
  const author = needPresentUser(
    chat,
    actor.agentId,
    'Join it first: agents show signs of life in chats they are in.',
  );
  needVisibility(author, visibility);
  return signalled(chat, thread);
}

export interface TypingInput {
  chat_id: string;
  is_typing: boolean;
  visibility?: Visibility | undefined;
}

export function sendTypingIndicator(deps: ChatDeps) {
  return async (actor: AgentActor, input: TypingInput): Promise<void> => {
    const visibility = input.visibility ?? 'all';
    const chat = await placeOfAgent(deps, actor, input.chat_id, visibility);
    deps.signals.publish(actor.licenseId, [
      {
        type: 'typing_indicator',
        chat,
        authorId: actor.agentId,
        visibility,
        isTyping: input.is_typing,
        at: deps.clock.now(),
      },
    ]);
  };
}

export interface ThinkingInput {
  chat_id: string;
  title?: string | undefined;
  description?: string | undefined;
  visibility?: Visibility | undefined;
  custom_id?: string | undefined;
}

export function sendThinkingIndicator(deps: ChatDeps) {
  return async (actor: AgentActor, input: ThinkingInput): Promise<void> => {
    const visibility = input.visibility ?? 'all';
    const chat = await placeOfAgent(deps, actor, input.chat_id, visibility);
    deps.signals.publish(actor.licenseId, [
      {
        type: 'thinking_indicator',
        chat,
        authorId: actor.agentId,
        visibility,
        title: input.title ?? null,
        description: input.description ?? null,
        customId: input.custom_id ?? null,
        at: deps.clock.now(),
      },
    ]);
  };
}

/** Text that a customer is about to send, for agents to see. */
export function sendSneakPeek(deps: ChatDeps) {
  return async (actor: CustomerActor, input: { chat_id: string; sneak_peek_text: string }): Promise<void> => {
    const bytes = Buffer.byteLength(input.sneak_peek_text);
    if (bytes > TEXT_BYTES) {
      const message = `is ${bytes} bytes long; at most ${TEXT_BYTES} (16 KB of UTF-8), like a message.`;
      throw new GatehouseError('validation', `sneak_peek_text: ${message}`, {
        fields: [{ field: 'sneak_peek_text', message }],
      });
    }
    const { chat, thread } = await openThread(deps, actor, input.chat_id);
    deps.signals.publish(actor.licenseId, [
      {
        type: 'sneak_peek',
        chat: signalled(chat, thread),
        authorId: actor.customerId,
        text: input.sneak_peek_text,
        at: deps.clock.now(),
      },
    ]);
  };
}

/** A part of a longer message, shown before the message is sent (docs: agent-chat-api#send-event-preview). */
export function sendEventPreview(deps: ChatDeps) {
  return async (actor: AgentActor, input: { chat_id: string; event: EventRequest }): Promise<void> => {
    const draft = readEvent(input.event, 'event');
    await needEventProperties(deps, actor, draft);
    const chat = await placeOfAgent(deps, actor, input.chat_id, 'all');
    deps.signals.publish(actor.licenseId, [
      {
        type: 'event_preview',
        chat,
        event: {
          type: 'message',
          authorId: actor.agentId,
          customId: draft.customId,
          createdAt: deps.clock.now(),
          content: draft.content,
          properties: draft.properties,
        },
      },
    ]);
  };
}
