import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { propertyOwner } from './property_caller.ts';
import { ownerClientId, presentDefinition, propertyDefinition } from './property_form.ts';

export const listProperties = agentMethod({
  api: 'configuration',
  name: 'list_properties',
  summary: 'List the properties of an app, private ones too.',
  description: 'By name. `public_access` is left out as long as a property is private.',
  scopes: ['properties.configuration:rw'],
  input: Type.Object({ owner_client_id: ownerClientId }),
  output: Type.Record(Type.String(), propertyDefinition),
  example: { owner_client_id: '0805e283233042b37f460ed8fbf22160' },
  source: 'management/configuration-api#list-properties',
  async handler(context) {
    const definitions = await context.services.properties.listOwn(propertyOwner(context));
    return Object.fromEntries(definitions.map((one) => [one.name, presentDefinition(one)]));
  },
});
