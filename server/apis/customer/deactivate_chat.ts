import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const deactivateChat = customerMethod({
  name: 'deactivate_chat',
  summary: 'Close the open thread of your chat.',
  description: 'Nothing can be written to the thread any more. `resume_chat` opens a new one.',
  input: Type.Object({ organization_id: organizationId, id: chatId }),
  output: Type.Object({}),
  errors: ['not_found', 'chat_inactive', 'license_not_found'],
  source: 'messaging/customer-chat-api#deactivate-chat',
  async handler(context) {
    await context.services.chats.deactivateChat(customerActor(context), { id: context.input.id });
    return {};
  },
});
