import Type from 'typebox';
import { properties } from '../../wire/properties.ts';
import { openMethod } from '../registry/method.ts';
import { organizationId } from './actor.ts';
import { anybodyOf } from './anybody.ts';

export const listLicenseProperties = openMethod({
  name: 'list_license_properties',
  summary: 'Read the properties of the organization that customers may see.',
  description:
    'Called by GET, with everything in the query string, and without a token: published properties that customers may read ' +
    'on a license. Where nothing was set, the default value is answered, if there is one.',
  open: 'changing',
  input: Type.Object({
    organization_id: organizationId,
    namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  }),
  output: properties,
  errors: ['license_not_found'],
  source: 'messaging/customer-chat-api#list-license-properties',
  handler(context) {
    return context.services.properties.listValues(anybodyOf(context.caller), null, context.input);
  },
});
