import Type from 'typebox';
import { customerId } from '../../wire/customer.ts';
import { agentSideCustomer } from '../../wire/user.ts';
import { presentCustomerToAgent } from '../present/user.ts';
import { agentMethod } from '../registry/method.ts';

export const getCustomer = agentMethod({
  name: 'get_customer',
  summary: 'Read what is known of a customer.',
  scopes: ['customers:ro'],
  input: Type.Object({ id: customerId }),
  output: agentSideCustomer,
  errors: ['not_found'],
  source: 'messaging/agent-chat-api#get-customer',
  async handler({ caller, input, services }) {
    const { customer, chat } = await services.customers.get(caller.organization.licenseId, input.id);
    return {
      ...presentCustomerToAgent(customer, chat?.chat),
      ...(chat ? { chat_ids: [chat.chat.id] } : {}),
    };
  },
});
