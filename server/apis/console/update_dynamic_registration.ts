import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { presentRegistration } from './present_registration.ts';
import { DynamicRegistration, RegistrationModeName } from './schemas.ts';

export const updateDynamicRegistration = consoleMethod({
  name: 'update_dynamic_registration',
  summary: 'Decide who may register apps in the organization (RFC 7591)',
  description: 'Apps that are registered already stay.',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'PUT', path: '/console/api/organization/dynamic_registration' },
  input: Type.Object({ mode: RegistrationModeName }, { additionalProperties: false }),
  output: DynamicRegistration,
  handler: async (context) => {
    const { services, caller, input } = context;
    await services.registration.settings.setMode(editorOf(context), input.mode);
    return presentRegistration(services, caller);
  },
});
