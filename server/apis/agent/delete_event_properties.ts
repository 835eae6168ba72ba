import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput } from '../../wire/event.ts';
import { propertyNames } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, writeScopes } from './actor.ts';

export const deleteEventProperties = agentMethod({
  name: 'delete_event_properties',
  summary: 'Delete properties of an event.',
  description:
    '`{namespace: [names]}`. Who may set a property may delete it. One that is not set is passed over.',
  scopes: writeScopes,
  input: Type.Object({
    chat_id: chatId,
    thread_id: threadId,
    event_id: eventIdInput,
    properties: propertyNames,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'missing_access'],
  example: {
    chat_id: 'PJ0MRSHTDG',
    thread_id: 'K600PKZON8',
    event_id: 'K600PKZON8_1',
    properties: { test: ['string_property'] },
  },
  source: 'messaging/agent-chat-api#delete-event-properties',
  async handler(context) {
    await context.services.chats.deleteEventProperties(agentActor(context), context.input);
    return {};
  },
});
