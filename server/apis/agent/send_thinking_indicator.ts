import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { customId, visibility } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const sendThinkingIndicator = agentMethod({
  name: 'send_thinking_indicator',
  summary: 'Show that an answer is being prepared.',
  description: 'Stored nowhere. You must be in the chat, and it must have an open thread.',
  scopes: writeScopes,
  input: Type.Object({
    chat_id: chatId,
    title: Type.Optional(Type.String({ maxLength: 255 })),
    description: Type.Optional(Type.String({ maxLength: 1024 })),
    visibility: Type.Optional(visibility),
    custom_id: Type.Optional(customId),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: { chat_id: 'PJ0MRSHTDG', title: 'Thinking …', description: 'Looking up the order.' },
  source: 'messaging/agent-chat-api#send-thinking-indicator',
  async handler(context) {
    await context.services.chats.sendThinkingIndicator(agentActor(context), context.input);
    return {};
  },
});
