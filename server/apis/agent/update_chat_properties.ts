import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const updateChatProperties = agentMethod({
  name: 'update_chat_properties',
  summary: 'Set values of properties of a chat.',
  description:
    'The values are set over those there are; others stay. Each must be a property that is defined, that ' +
    'agents may set on a chat, and that is your app’s own or published. All of them are set, or none.',
  scopes: writeScopes,
  input: Type.Object({ id: chatId, properties }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: { id: 'PJ0MRSHTDG', properties: { test: { string_property: 'gold' } } },
  source: 'messaging/agent-chat-api#update-chat-properties',
  async handler(context) {
    await context.services.chats.updateChatProperties(agentActor(context), context.input);
    return {};
  },
});
