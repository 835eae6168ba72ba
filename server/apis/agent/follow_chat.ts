import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const followChat = agentMethod({
  name: 'follow_chat',
  summary: 'Follow a chat that you are not in.',
  description:
    'A chat is followed until you unfollow it, join it, or it is opened again. Who is in a chat need not follow ' +
    'it. `chats--all:ro` follows every chat, `chats--access:ro` those of your groups.',
  scopes: ['chats--all:ro', 'chats--access:ro'],
  input: Type.Object({ id: chatId }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { id: 'PJ0MRSHTDG' },
  source: 'messaging/agent-chat-api#follow-chat',
  async handler(context) {
    await context.services.chats.routing.follow(agentActor(context), context.input.id);
    return {};
  },
});
