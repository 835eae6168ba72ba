import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { propertyNames } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const deleteChatProperties = agentMethod({
  name: 'delete_chat_properties',
  summary: 'Delete properties of a chat.',
  description:
    '`{namespace: [names]}`. Who may set a property may delete it. One that is not set is passed over.',
  scopes: writeScopes,
  input: Type.Object({ id: chatId, properties: propertyNames }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { id: 'PJ0MRSHTDG', properties: { test: ['string_property'] } },
  source: 'messaging/agent-chat-api#delete-chat-properties',
  async handler(context) {
    await context.services.chats.deleteChatProperties(agentActor(context), context.input);
    return {};
  },
});
