import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { propertyNames } from '../../wire/properties.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const deleteChatProperties = customerMethod({
  name: 'delete_chat_properties',
  summary: 'Delete properties of a chat.',
  description:
    '`{namespace: [names]}`. Who may set a property may delete it. One that is not set is passed over.',
  input: Type.Object({ organization_id: organizationId, id: chatId, properties: propertyNames }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#delete-chat-properties',
  async handler(context) {
    await context.services.chats.deleteChatProperties(customerActor(context), context.input);
    return {};
  },
});
