import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { propertyNames } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const deleteThreadProperties = agentMethod({
  name: 'delete_thread_properties',
  summary: 'Delete properties of a thread, open or closed.',
  description:
    '`{namespace: [names]}`. Who may set a property may delete it. One that is not set is passed over.',
  scopes: writeScopes,
  input: Type.Object({ chat_id: chatId, thread_id: threadId, properties: propertyNames }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG', thread_id: 'K600PKZON8', properties: { test: ['string_property'] } },
  source: 'messaging/agent-chat-api#delete-thread-properties',
  async handler(context) {
    await context.services.chats.deleteThreadProperties(agentActor(context), context.input);
    return {};
  },
});
