import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { previewRequest } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const sendEventPreview = agentMethod({
  name: 'send_event_preview',
  summary: 'Show a part of a message that you will send later.',
  description:
    'Stored nowhere: send the whole message with `send_event` when it is ready, best with the same `custom_id`. ' +
    'Messages only, visible to all. You must be in the chat, and it must have an open thread.',
  scopes: writeScopes,
  input: Type.Object({ chat_id: chatId, event: previewRequest }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    event: { type: 'message', text: 'Your order left our house', custom_id: 'answer-1' },
  },
  source: 'messaging/agent-chat-api#send-event-preview',
  async handler(context) {
    await context.services.chats.sendEventPreview(agentActor(context), context.input);
    return {};
  },
});
