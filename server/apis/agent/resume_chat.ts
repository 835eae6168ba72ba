import Type from 'typebox';
import { active, chatByAgent, chatId, continuous } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const resumeChat = agentMethod({
  name: 'resume_chat',
  summary: 'Open a new thread in a chat that has no open one.',
  description:
    'You and the chat’s customer are in the new thread. Without `chat.access` every agent may see it. `chat.properties` ' +
    'are added to those of the chat.',
  scopes: writeScopes,
  input: Type.Object({
    chat: Type.Object({ id: chatId, ...chatByAgent }),
    active: Type.Optional(active),
    continuous: Type.Optional(continuous),
  }),
  output: Type.Object({
    thread_id: Type.String(),
    event_ids: Type.Optional(
      Type.Array(Type.String(), { description: 'Of the initial events, when there were any.' }),
    ),
  }),
  errors: ['not_found', 'missing_access', 'chat_already_active', 'limit_reached'],
  example: { chat: { id: 'PJ0MRSHTDG' } },
  source: 'messaging/agent-chat-api#resume-chat',
  async handler(context) {
    const resumed = await context.services.chats.resumeChat(agentActor(context), context.input);
    return {
      thread_id: resumed.threadId,
      ...(resumed.eventIds.length > 0 ? { event_ids: resumed.eventIds } : {}),
    };
  },
});
