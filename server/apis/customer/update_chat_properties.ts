import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { properties } from '../../wire/properties.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const updateChatProperties = customerMethod({
  name: 'update_chat_properties',
  summary: 'Set values of properties of a chat.',
  description:
    'The values are set over those there are; others stay. Each must be a property that is defined, that ' +
    'customers may set on a chat, and that is your app’s own or published. All of them are set, or none.',
  input: Type.Object({ organization_id: organizationId, id: chatId, properties }),
  output: Type.Object({}),
  errors: ['not_found', 'license_not_found', 'limit_reached'],
  source: 'messaging/customer-chat-api#update-chat-properties',
  async handler(context) {
    await context.services.chats.updateChatProperties(customerActor(context), context.input);
    return {};
  },
});
