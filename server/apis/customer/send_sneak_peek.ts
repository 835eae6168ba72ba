import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const sendSneakPeek = customerMethod({
  name: 'send_sneak_peek',
  summary: 'Let agents see what you are typing.',
  description:
    'Shown to agents while they look at the chat, and stored nowhere. The chat must have an open thread.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    sneak_peek_text: Type.String({
      description: 'At most 16 KB of UTF-8. Empty: you deleted what you typed.',
    }),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'chat_inactive', 'license_not_found'],
  source: 'messaging/customer-chat-api#send-sneak-peek',
  async handler(context) {
    await context.services.chats.sendSneakPeek(customerActor(context), context.input);
    return {};
  },
});
