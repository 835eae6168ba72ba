import Type from 'typebox';
import { active, chatByCustomer, continuous } from '../../wire/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const startChat = customerMethod({
  name: 'start_chat',
  summary: 'Start your chat.',
  description:
    'You can have one chat with an organization: if yours exists, open a new thread in it with `resume_chat`. An ' +
    'agent of the chat’s groups is assigned. A request whose initial events all have a `custom_id` can be ' +
    'repeated: it gets the same answer and starts nothing again.',
  input: Type.Object({
    organization_id: organizationId,
    chat: Type.Optional(Type.Object(chatByCustomer)),
    active: Type.Optional(active),
    continuous: Type.Optional(continuous),
  }),
  output: Type.Object({
    chat_id: Type.String(),
    thread_id: Type.String(),
    event_ids: Type.Optional(
      Type.Array(Type.String(), { description: 'Of the initial events, when there were any.' }),
    ),
  }),
  errors: ['limit_reached', 'group_not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#start-chat',
  async handler(context) {
    const { chat, active: open, continuous: stays } = context.input;
    const started = await context.services.chats.startChat(customerActor(context), {
      chat: chat && { properties: chat.properties, access: chat.access, thread: chat.thread },
      active: open,
      continuous: stays,
    });
    await context.services.license.noteCustomer(
      context.caller.organization.licenseId,
      context.caller.clientId,
    );
    return {
      chat_id: started.chatId,
      thread_id: started.threadId,
      ...(started.eventIds.length > 0 ? { event_ids: started.eventIds } : {}),
    };
  },
});
