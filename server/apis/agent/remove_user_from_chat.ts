import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { ignoreRequesterPresence, userId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const removeUserFromChat = agentMethod({
  name: 'remove_user_from_chat',
  summary: 'Take an agent out of a chat with an open thread.',
  description:
    'A customer cannot be taken out. A chat with a customer that nobody serves any more goes to another agent of ' +
    'its groups, or waits for one.',
  scopes: ['chats--all:rw', 'chats--access:rw'],
  input: Type.Object({
    chat_id: chatId,
    user_id: userId,
    user_type: Type.Enum(['agent']),
    ignore_requester_presence: ignoreRequesterPresence,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    user_id: 'smith@example.com',
    user_type: 'agent',
    ignore_requester_presence: true,
  },
  source: 'messaging/agent-chat-api#remove-user-from-chat',
  async handler(context) {
    await context.services.chats.routing.removeUser(agentActor(context), context.input);
    return {};
  },
});
