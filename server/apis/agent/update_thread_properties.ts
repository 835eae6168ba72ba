import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const updateThreadProperties = agentMethod({
  name: 'update_thread_properties',
  summary: 'Set values of properties of a thread, open or closed.',
  description:
    'The values are set over those there are; others stay. Each must be a property that is defined, that ' +
    'agents may set on a thread, and that is your app’s own or published. All of them are set, or none.',
  scopes: writeScopes,
  input: Type.Object({ chat_id: chatId, thread_id: threadId, properties }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    properties: { test: { string_property: 'gold' } },
  },
  source: 'messaging/agent-chat-api#update-thread-properties',
  async handler(context) {
    await context.services.chats.updateThreadProperties(agentActor(context), context.input);
    return {};
  },
});
