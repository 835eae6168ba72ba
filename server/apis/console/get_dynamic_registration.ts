import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { presentRegistration } from './present_registration.ts';
import { DynamicRegistration } from './schemas.ts';

export const getDynamicRegistration = consoleMethod({
  name: 'get_dynamic_registration',
  summary: 'Read who may register apps in the organization (RFC 7591), and by which tokens',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'GET', path: '/console/api/organization/dynamic_registration' },
  input: Type.Object({}, { additionalProperties: false }),
  output: DynamicRegistration,
  handler: ({ services, caller }) => presentRegistration(services, caller),
});
