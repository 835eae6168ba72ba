import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { visibility } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const sendTypingIndicator = agentMethod({
  name: 'send_typing_indicator',
  summary: 'Show that you are typing, or that you stopped.',
  description: 'Stored nowhere. You must be in the chat, and it must have an open thread.',
  scopes: writeScopes,
  input: Type.Object({
    chat_id: chatId,
    visibility: Type.Optional(visibility),
    is_typing: Type.Boolean(),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: { chat_id: 'PJ0MRSHTDG', is_typing: true },
  source: 'messaging/agent-chat-api#send-typing-indicator',
  async handler(context) {
    await context.services.chats.sendTypingIndicator(agentActor(context), context.input);
    return {};
  },
});
