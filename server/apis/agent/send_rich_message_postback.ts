import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput, sentPostback } from '../../wire/event.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const sendRichMessagePostback = agentMethod({
  name: 'send_rich_message_postback',
  summary: 'Press a button of a rich message, or take it back.',
  description:
    'You are noted among the `user_ids` of the button. In an open thread, who sent the rich message is told. ' +
    'You must be in the chat, or, in a closed thread, have been in it.',
  scopes: writeScopes,
  input: Type.Object({
    chat_id: chatId,
    thread_id: threadId,
    event_id: eventIdInput,
    postback: sentPostback,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    event_id: 'K600PKZON8_1',
    postback: { id: 'send_message', toggled: true },
  },
  source: 'messaging/agent-chat-api#send-rich-message-postback',
  async handler(context) {
    await context.services.chats.sendPostback(agentActor(context), context.input);
    return {};
  },
});
