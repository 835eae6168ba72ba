import Type from 'typebox';
import { agentMethod } from '../registry/method.ts';
import { propertyOwner } from './property_caller.ts';
import { ownerClientId, propertyName, publicRights } from './property_form.ts';

export const publishProperty = agentMethod({
  api: 'configuration',
  name: 'publish_property',
  summary: 'Open a property to other apps.',
  description:
    'Cannot be taken back, nor can a published property be unregistered. `access_type` narrows what the others may do; ' +
    'the app that owns it keeps what `access` says.',
  scopes: ['properties.configuration:rw'],
  input: Type.Object({ owner_client_id: ownerClientId, name: propertyName, access_type: publicRights }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { name: 'plan', owner_client_id: '0805e283233042b37f460ed8fbf22160', access_type: ['read'] },
  source: 'management/configuration-api#publish-property',
  async handler(context) {
    const { name, access_type: rights } = context.input;
    await context.services.properties.publish(propertyOwner(context), name, rights);
    return {};
  },
});
