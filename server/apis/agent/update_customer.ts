import Type from 'typebox';
import { customerId, customerProfile } from '../../wire/customer.ts';
import { agentMethod } from '../registry/method.ts';

export const updateCustomer = agentMethod({
  name: 'update_customer',
  summary: 'Change what is known of a customer.',
  description:
    'At least one value must come beside `id`; what is left out stays. If name or e-mail change while the customer ' +
    'chats, the agents of the chat see a system message.',
  scopes: ['customers:rw'],
  input: Type.Object({
    id: customerId,
    ...customerProfile,
    phone_number: Type.Optional(Type.String({ description: 'E.164, as in `+48717178888`.' })),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'limit_reached'],
  source: 'messaging/agent-chat-api#update-customer',
  async handler({ caller, input, services }) {
    const { id, ...profile } = input;
    await services.customers.update.byAgent(
      { licenseId: caller.organization.licenseId, agentId: caller.agentId },
      id,
      profile,
    );
    return {};
  },
});
