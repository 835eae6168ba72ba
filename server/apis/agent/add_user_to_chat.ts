import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { ignoreRequesterPresence, userId } from '../../wire/user.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const addUserToChat = agentMethod({
  name: 'add_user_to_chat',
  summary: 'Put an agent or a customer into a chat with an open thread.',
  description:
    'An agent must see the chat. With the visibility `agents` they look on: the customer sees neither them nor ' +
    'what they write, and the chat does not count against their limit. At most five agents talk in a chat, and ' +
    'one customer, who is always visible. Somebody who is in the chat already only changes visibility.',
  scopes: ['chats--all:rw', 'chats--access:rw'],
  input: Type.Object({
    chat_id: chatId,
    user_id: userId,
    user_type: Type.Enum(['agent', 'customer']),
    visibility: Type.Enum(['all', 'agents']),
    ignore_requester_presence: ignoreRequesterPresence,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive', 'limit_reached'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    user_id: 'smith@example.com',
    user_type: 'agent',
    visibility: 'all',
    ignore_requester_presence: true,
  },
  source: 'messaging/agent-chat-api#add-user-to-chat',
  async handler(context) {
    await context.services.chats.routing.addUser(agentActor(context), context.input);
    return {};
  },
});
