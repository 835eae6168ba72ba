import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { presentOrganizationSettings } from './present.ts';
import { OrganizationSettings } from './schemas.ts';

export const getOrganizationSettings = consoleMethod({
  name: 'get_organization_settings',
  summary: 'Read what the owner decided for all apps of the organization',
  access: 'developer',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'GET', path: '/console/api/organization/settings' },
  input: Type.Object({}, { additionalProperties: false }),
  output: OrganizationSettings,
  handler: async ({ services, caller }) =>
    presentOrganizationSettings(await services.identity.settings.read(caller.organization.licenseId)),
});
