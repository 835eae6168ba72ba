import Type from 'typebox';
import { chatId, threadId } from '../../wire/chat.ts';
import { propertyNames } from '../../wire/properties.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const deleteThreadProperties = customerMethod({
  name: 'delete_thread_properties',
  summary: 'Delete properties of a thread, open or closed.',
  description:
    '`{namespace: [names]}`. Who may set a property may delete it. One that is not set is passed over.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    thread_id: threadId,
    properties: propertyNames,
  }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#delete-thread-properties',
  async handler(context) {
    await context.services.chats.deleteThreadProperties(customerActor(context), context.input);
    return {};
  },
});
