import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';

export const createSampleConversation = consoleMethod({
  name: 'create_sample_conversation',
  summary: 'Let a made-up customer write a message, so that there is a chat to work with',
  access: 'developer',
  http: { method: 'POST', path: '/console/api/sample_conversations', status: 201 },
  input: Type.Object({}, { additionalProperties: false }),
  output: Type.Object({ chat_id: Type.String(), customer_name: Type.String() }),
  handler: async ({ services, caller, request }) => {
    const { licenseId } = caller.organization;
    const name = 'Sam Sample';
    const customer = await services.chats.createCustomer({ licenseId, name });
    const { chatId } = await services.chats.startChat(
      { kind: 'customer', licenseId, customerId: customer.id, ip: request.ip, userAgent: request.userAgent },
      {
        active: true,
        chat: { thread: { events: [{ type: 'message', text: 'Hello! Is the shop open on Sundays?' }] } },
      },
    );
    return { chat_id: chatId, customer_name: name };
  },
});
