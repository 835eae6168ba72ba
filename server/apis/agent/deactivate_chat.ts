import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const deactivateChat = agentMethod({
  name: 'deactivate_chat',
  summary: 'Close the open thread of a chat.',
  description: 'Nothing can be written to the thread any more. `resume_chat` opens a new one.',
  scopes: writeScopes,
  input: Type.Object({
    id: chatId,
    ignore_requester_presence: Type.Optional(
      Type.Boolean({ description: '`true`: close it although you are not in it. Default: `false`.' }),
    ),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'chat_inactive'],
  example: { id: 'PJ0MRSHTDG', ignore_requester_presence: true },
  source: 'messaging/agent-chat-api#deactivate-chat',
  async handler(context) {
    await context.services.chats.deactivateChat(agentActor(context), context.input);
    return {};
  },
});
