import Type from 'typebox';
import { customerProfile } from '../../wire/customer.ts';
import { customerMethod } from '../registry/method.ts';
import { organizationId, ownCustomer } from './actor.ts';

export const updateCustomer = customerMethod({
  name: 'update_customer',
  summary: 'Change what is known of you.',
  description: 'At least one value must come; what is left out stays.',
  input: Type.Object({ organization_id: organizationId, ...customerProfile }),
  output: Type.Object({}),
  errors: ['limit_reached', 'license_not_found'],
  source: 'messaging/customer-chat-api#update-customer',
  async handler(context) {
    const { name, email, avatar, session_fields, omnichannel, address } = context.input;
    await context.services.customers.update.own(ownCustomer(context), {
      name,
      email,
      avatar,
      session_fields,
      omnichannel,
      address,
    });
    return {};
  },
});
