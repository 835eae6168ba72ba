import Type from 'typebox';
import { properties } from '../../wire/properties.ts';
import { agentMethod } from '../registry/method.ts';
import { valueCaller } from './property_caller.ts';
import { valueFilter } from './property_form.ts';

export const listLicensePropertiesOfConfiguration = agentMethod({
  api: 'configuration',
  name: 'list_license_properties',
  summary: 'Read the properties of the organization.',
  description:
    'Those that agents may read. Where nothing was set, the default value is answered, if there is one. With ' +
    '`properties.license.value--my:ro`, those of your own app.',
  scopes: ['properties.license.value--my:ro', 'properties.license.value--all:ro'],
  input: Type.Object(valueFilter),
  output: properties,
  example: { namespace: 'test', name_prefix: 'string' },
  source: 'management/configuration-api#list-license-properties',
  handler: (context) => context.services.properties.listValues(valueCaller(context), null, context.input),
});
