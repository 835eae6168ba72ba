import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { anyAgentActor } from './actor.ts';

export const unfollowChat = agentMethod({
  name: 'unfollow_chat',
  summary: 'Stop following a chat.',
  description: 'Changes nothing for those who are in the chat: they hear of it anyway. No scope is needed.',
  scopes: [],
  input: Type.Object({ id: chatId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { id: 'PJ0MRSHTDG' },
  source: 'messaging/agent-chat-api#unfollow-chat',
  async handler(context) {
    await context.services.chats.routing.unfollow(anyAgentActor(context), context.input.id);
    return {};
  },
});
