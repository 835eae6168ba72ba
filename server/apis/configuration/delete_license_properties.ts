import Type from 'typebox';
import { propertyNames } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { valueCaller } from './property_caller.ts';

export const deleteLicenseProperties = agentMethod({
  api: 'configuration',
  name: 'delete_license_properties',
  summary: 'Take back values of the organization.',
  description:
    'Where there is a default value, it shows again. With `properties.license.value--my:rw`, in the namespace of your own app.',
  scopes: ['properties.license.value--my:rw', 'properties.license.value--all:rw'],
  input: Type.Object({ properties: propertyNames }),
  output: Type.Object({}),
  example: { properties: { test: ['string_property'] } },
  source: 'management/configuration-api#delete-license-properties',
  async handler(context) {
    await context.services.properties.deleteValues(valueCaller(context), null, context.input.properties);
    return {};
  },
});
