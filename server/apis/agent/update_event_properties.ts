import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput } from '../../wire/event.ts';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const updateEventProperties = agentMethod({
  name: 'update_event_properties',
  summary: 'Set values of properties of an event.',
  description:
    'The values are set over those there are; others stay. Each must be a property that is defined, that ' +
    'agents may set on an event, and that is your app’s own or published. All of them are set, or none.',
  scopes: writeScopes,
  input: Type.Object({ chat_id: chatId, thread_id: threadId, event_id: eventIdInput, properties }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access', 'limit_reached'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    event_id: 'K600PKZON8_1',
    properties: { test: { string_property: 'gold' } },
  },
  source: 'messaging/agent-chat-api#update-event-properties',
  async handler(context) {
    await context.services.chats.updateEventProperties(agentActor(context), context.input);
    return {};
  },
});
