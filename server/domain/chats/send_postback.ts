import { GatehouseError } from '../../kernel/errors.ts';
import { type Actor, actorId } from './actors.ts';
import { type Chat, type ChatEvent, eventId, findUser, type Thread } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import { needEvent, withChangedEvent } from './found_events.ts';
import { holdThread } from './held_chat.ts';
import { type SentPostback, signalled } from './signals.ts';

export interface PostbackInput {
  chat_id: string;
  thread_id: string;
  event_id: string;
  postback: SentPostback;
}

/** A button of a rich message as it is stored. */
interface StoredButton {
  type?: string;
  value?: string;
  postback_id: string;
  user_ids?: string[];
}
type StoredElement = { buttons?: StoredButton[]; ecommerce?: { product_id?: string } };

/**
 * Somebody pressed a button of a rich message: it is noted on the button, and told to who sent the message as long
 * as the thread is open (docs: agent-chat-api#send-rich-message-postback).
 */
export function sendPostback(deps: ChatDeps) {
  return (actor: Actor, input: PostbackInput): Promise<void> =>
    holdThread(deps, actor, input, async (held) => {
      const { store, chat, thread, signal } = held;
      const found = await needEvent(actor, held, input.event_id);
      const userId = actorId(actor);
      needPart(actor, chat, thread);
      const event = withPress(found, input.postback, userId);
      if (event !== found) {
        await store.saveEvent(event);
        const changed = withChangedEvent(chat, event);
        if (changed !== chat) await store.saveChat(changed, chat);
      }
      if (!thread.active) return;
      signal({
        type: 'rich_message_postback',
        chat: signalled(chat, thread),
        userId,
        eventId: eventId(event),
        cardAuthorId: event.authorId,
        visibility: event.visibility,
        postback: input.postback,
      });
    });
}

/** In an open thread those press who are in the chat, in a closed one those who took part in it. */
function needPart(actor: Actor, chat: Chat, thread: Thread): void {
  if (actor.kind === 'customer') return;
  const takesPart = thread.active
    ? findUser(chat, actor.agentId)?.present
    : thread.userIds.includes(actor.agentId);
  if (!takesPart)
    throw new GatehouseError(
      'authorization',
      'You are not in this chat, so its buttons are not yours to press.',
    );
}

/**
 * The rich message with the user among those who have the button on, or no longer among them. Several buttons may
 * share a postback: type and value, where they are given, tell them apart.
 * @returns the same event where nothing changes
 * @throws GatehouseError `validation`
 */
export function withPress(event: ChatEvent, postback: SentPostback, userId: string): ChatEvent {
  if (event.type !== 'rich_message')
    throw invalid('event_id', `is an event of the type ${event.type}; buttons are on rich messages.`);
  const elements = (event.content.elements ?? []) as StoredElement[];
  const isMeant = (button: StoredButton): boolean =>
    button.postback_id === postback.id &&
    (postback.button_type === undefined || button.type === postback.button_type) &&
    (postback.button_value === undefined || button.value === postback.button_value);
  const buttons = elements.flatMap((element) => element.buttons ?? []);
  if (!buttons.some(isMeant)) {
    const ids = [...new Set(buttons.map((button) => button.postback_id))].slice(0, 10);
    throw invalid(
      'postback.id',
      `is not of a button of this rich message. Its postbacks: ${ids.join(', ') || 'none'}.`,
    );
  }
  const product = postback.ecommerce?.product_id;
  if (product !== undefined && !elements.some(({ ecommerce }) => ecommerce?.product_id === product))
    throw invalid('postback.ecommerce.product_id', 'is not a product of this rich message.');
  let changed = false;
  const pressed = (button: StoredButton): StoredButton => {
    const users = button.user_ids ?? [];
    if (!isMeant(button) || users.includes(userId) === postback.toggled) return button;
    changed = true;
    return {
      ...button,
      user_ids: postback.toggled ? [...users, userId] : users.filter((id) => id !== userId),
    };
  };
  const after = elements.map((element) =>
    element.buttons ? { ...element, buttons: element.buttons.map(pressed) } : element,
  );
  return changed ? { ...event, content: { ...event.content, elements: after } } : event;
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
