import Type from 'typebox';
import { active, chatByCustomer, chatId, continuous } from '../../wire/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const resumeChat = customerMethod({
  name: 'resume_chat',
  summary: 'Open a new thread in your chat.',
  description: 'The chat must have no open thread. Without `chat.access` every agent may see the new one.',
  input: Type.Object({
    organization_id: organizationId,
    chat: Type.Object({ id: chatId, ...chatByCustomer }),
    active: Type.Optional(active),
    continuous: Type.Optional(continuous),
  }),
  output: Type.Object({
    thread_id: Type.String(),
    event_ids: Type.Optional(
      Type.Array(Type.String(), { description: 'Of the initial events, when there were any.' }),
    ),
  }),
  errors: ['not_found', 'chat_already_active', 'group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#resume-chat',
  async handler(context) {
    const { chat, active: open, continuous: stays } = context.input;
    const resumed = await context.services.chats.resumeChat(customerActor(context), {
      chat: { id: chat.id, properties: chat.properties, access: chat.access, thread: chat.thread },
      active: open,
      continuous: stays,
    });
    return {
      thread_id: resumed.threadId,
      ...(resumed.eventIds.length > 0 ? { event_ids: resumed.eventIds } : {}),
    };
  },
});
