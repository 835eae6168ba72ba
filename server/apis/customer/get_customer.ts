import Type from 'typebox';
import { customerSideCustomer } from '../../wire/user.ts';
import { presentProfile } from '../present/user.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId } from './actor.ts';

export const getCustomer = customerMethod({
  name: 'get_customer',
  summary: 'Read what is known of you.',
  input: Type.Object({ organization_id: organizationId }),
  output: customerSideCustomer,
  errors: ['license_not_found'],
  source: 'messaging/customer-chat-api#get-customer',
  async handler(context) {
    const { licenseId, customerId } = customerActor(context);
    const { customer } = await context.services.customers.get(licenseId, customerId);
    return presentProfile(customer);
  },
});
