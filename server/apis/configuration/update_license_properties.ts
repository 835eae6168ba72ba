import Type from 'typebox';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { valueCaller } from './property_caller.ts';

export const updateLicenseProperties = agentMethod({
  api: 'configuration',
  name: 'update_license_properties',
  summary: 'Set properties of the organization.',
  description:
    'Over those that are there; all of them or none. With `properties.license.value--my:rw`, in the namespace of your own app.',
  scopes: ['properties.license.value--my:rw', 'properties.license.value--all:rw'],
  input: Type.Object({ properties }),
  output: Type.Object({}),
  example: { properties: { test: { string_property: 'gold' } } },
  source: 'management/configuration-api#update-license-properties',
  async handler(context) {
    await context.services.properties.updateValues(valueCaller(context), null, context.input.properties);
    return {};
  },
});
