import Type from 'typebox';
import { customerId } from '../../wire/customer.ts';
import { agentMethod } from '../registry/method.ts';
import { banEditor } from './ban_editor.ts';

export const banCustomer = agentMethod({
  name: 'ban_customer',
  summary: 'Keep a customer out for some days.',
  description:
    'From this moment the Customer Chat API answers them, and whoever comes from the address they were last seen at, ' +
    'with `customer_banned`. Their open thread is closed. Of two bans the one that ends later counts.',
  scopes: ['customers.ban:rw'],
  input: Type.Object({
    id: customerId,
    ban: Type.Object({
      days: Type.Integer({ minimum: 1, maximum: 3650, description: 'How long, from now on.' }),
    }),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'limit_reached'],
  source: 'messaging/agent-chat-api#ban-customer',
  async handler(context) {
    const { input, services } = context;
    await services.customers.bans.ban(banEditor(context), input.id, input.ban.days);
    return {};
  },
});
