import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { eventRequest } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const sendEvent = agentMethod({
  name: 'send_event',
  summary: 'Send a message or another event to a chat.',
  description:
    'You must be in the chat, and it must have an open thread. Events with the visibility `agents` are not shown ' +
    'to the customer. An event with a `custom_id` that you sent to this thread before, with the same content, is ' +
    'not stored again: the answer is the id it has.',
  scopes: [
    ...writeScopes,
    'chats.conversation--all:rw',
    'chats.conversation--access:rw',
    'chats.conversation--my:rw',
  ],
  input: Type.Object({ chat_id: chatId, event: eventRequest }),
  output: Type.Object({ event_id: Type.String() }),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: { chat_id: 'PJ0MRSHTDG', event: { type: 'message', text: 'How can I help you?' } },
  source: 'messaging/agent-chat-api#send-event',
  async handler(context) {
    const sent = await context.services.chats.sendEvent(agentActor(context), context.input);
    return { event_id: sent.eventId };
  },
});
