import Type from 'typebox';
import { chatId, customerSideChat, threadId } from '../../wire/chat.ts';
import { presentChatToCustomer } from '../present/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownAgentId } from './actor.ts';

export const getChat = customerMethod({
  name: 'get_chat',
  summary: 'Read your chat with one of its threads.',
  description: 'Without `thread_id` it is the last thread.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    thread_id: Type.Optional(threadId),
  }),
  output: customerSideChat,
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-chat',
  async handler(context) {
    const view = await context.services.chats.getChat(customerActor(context), context.input);
    return presentChatToCustomer(view, shownAgentId(context));
  },
});
