import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { eventIdInput } from '../../wire/event.ts';
import { properties } from '../../wire/properties.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const updateEventProperties = customerMethod({
  name: 'update_event_properties',
  summary: 'Set values of properties of an event.',
  description:
    'The values are set over those there are; others stay. Each must be a property that is defined, that ' +
    'customers may set on an event, and that is your app’s own or published. All of them are set, or ' +
    'none.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    thread_id: threadId,
    event_id: eventIdInput,
    properties,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found', 'limit_reached'],
  source: 'messaging/customer-chat-api#update-event-properties',
  async handler(context) {
    await context.services.chats.updateEventProperties(customerActor(context), context.input);
    return {};
  },
});
