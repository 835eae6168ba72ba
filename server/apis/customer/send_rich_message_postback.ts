import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput, sentPostback } from '../../wire/event.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const sendRichMessagePostback = customerMethod({
  name: 'send_rich_message_postback',
  summary: 'Press a button of a rich message, or take it back.',
  description:
    'You are noted among the `user_ids` of the button. In an open thread, who sent the rich message is told. ' +
    'A closed thread can be answered, too, but nobody is told.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    thread_id: threadId,
    event_id: eventIdInput,
    postback: sentPostback,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#send-rich-message-postback',
  async handler(context) {
    await context.services.chats.sendPostback(customerActor(context), context.input);
    return {};
  },
});
