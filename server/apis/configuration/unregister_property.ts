import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { propertyOwner } from './property_caller.ts';
import { ownerClientId, propertyName } from './property_form.ts';

export const unregisterProperty = agentMethod({
  api: 'configuration',
  name: 'unregister_property',
  summary: 'Take back the definition of a private property.',
  description: 'Values that are in use are not shown any more. A published property stays for good.',
  scopes: ['properties.configuration:rw'],
  input: Type.Object({ owner_client_id: ownerClientId, name: propertyName }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { name: 'plan', owner_client_id: '0805e283233042b37f460ed8fbf22160' },
  source: 'management/configuration-api#unregister-property',
  async handler(context) {
    await context.services.properties.unregister(propertyOwner(context), context.input.name);
    return {};
  },
});
