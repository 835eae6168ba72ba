import Type from 'typebox';
import { sessionFieldsRequest } from '../../wire/customer.ts';
import { customerMethod } from '../registry/method.ts';
import { organizationId, ownCustomer } from './actor.ts';

export const setCustomerSessionFields = customerMethod({
  name: 'set_customer_session_fields',
  summary: 'Set your session fields.',
  description:
    'They take the place of all that were there; `update_customer` lays them over those instead. What the browser ' +
    'says of itself and of the page it came from is noted along.',
  input: Type.Object({ organization_id: organizationId, session_fields: sessionFieldsRequest }),
  output: Type.Object({}),
  errors: ['license_not_found'],
  source: 'messaging/customer-chat-api#set-customer-session-fields',
  async handler(context) {
    await context.services.customers.update.setSessionFields(
      ownCustomer(context),
      context.input.session_fields,
    );
    return {};
  },
});
