import Type from 'typebox';
import { active, chatByAgent, continuous } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const startChat = agentMethod({
  name: 'start_chat',
  summary: 'Start a chat, with you in it.',
  description:
    'Authors of initial events other than you must be in `chat.users`. A customer can have one chat: if theirs ' +
    'exists, open a new thread in it with `resume_chat`. A request whose initial events all have a `custom_id` ' +
    'can be repeated within 24 hours: it gets the same answer and starts nothing again.',
  scopes: ['chats--all:rw', 'chats--access:rw'],
  input: Type.Object({
    chat: Type.Optional(Type.Object(chatByAgent)),
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
  errors: ['limit_reached', 'missing_access'],
  example: { chat: { thread: { events: [{ type: 'message', text: 'Good morning, team!' }] } } },
  source: 'messaging/agent-chat-api#start-chat',
  async handler(context) {
    const started = await context.services.chats.startChat(agentActor(context), context.input);
    return {
      chat_id: started.chatId,
      thread_id: started.threadId,
      ...(started.eventIds.length > 0 ? { event_ids: started.eventIds } : {}),
    };
  },
});
