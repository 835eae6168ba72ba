import Type from 'typebox';
import { customerMethod } from '../registry/method.ts';
import { organizationId, ownCustomer } from './actor.ts';

export const requestEmailVerification = customerMethod({
  name: 'request_email_verification',
  summary: 'Have a link sent to your e-mail that confirms it is yours.',
  description:
    'Once the link is used, `email_verified` is `true`, and `callback_uri` gets a POST with `{"email": "…"}`, once and ' +
    'without another try. If it is verified already, the callback goes out at once and no mail is sent; the answer ' +
    'is the same. One link settles earlier requests for the same address too: the callbacks of the ten newest go out, ' +
    'and all are void seven days after the last request.',
  input: Type.Object({
    organization_id: organizationId,
    callback_uri: Type.String({
      minLength: 1,
      maxLength: 2048,
      description: '`https://` or `http://`, on the public internet. Should answer 200.',
    }),
  }),
  output: Type.Object({}),
  errors: ['too_many_requests', 'license_not_found'],
  source: 'messaging/customer-chat-api#request-email-verification',
  async handler(context) {
    await context.services.customers.verifications.request(ownCustomer(context), context.input.callback_uri);
    return {};
  },
});
