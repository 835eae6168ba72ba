import Type from 'typebox';
import { agentSideChat, chatId, threadId } from '../../wire/chat.ts';
import { presentChatToAgent } from '../present/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, readScopes } from './actor.ts';

export const getChat = agentMethod({
  name: 'get_chat',
  summary: 'Read a chat with one of its threads.',
  description:
    'Without `thread_id` it is the last thread. The groups of that thread decide whether you may read it.',
  scopes: readScopes,
  input: Type.Object({ chat_id: chatId, thread_id: Type.Optional(threadId) }),
  output: agentSideChat,
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG' },
  source: 'messaging/agent-chat-api#get-chat',
  async handler(context) {
    const view = await context.services.chats.getChat(agentActor(context), context.input);
    return presentChatToAgent(view, context.caller);
  },
});
