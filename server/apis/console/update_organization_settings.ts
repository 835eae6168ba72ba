import Type from 'typebox';
import { consoleMethod } from '../registry/method.ts';
import { editorOf } from './caller_facts.ts';
import { presentOrganizationSettings } from './present.ts';
import { OrganizationSettings } from './schemas.ts';

export const updateOrganizationSettings = consoleMethod({
  name: 'update_organization_settings',
  summary: 'Decide for all apps of the organization',
  description: 'What is left out stays as it is.',
  access: 'owner',
  personalAccessToken: ['organization--my:rw'],
  http: { method: 'PATCH', path: '/console/api/organization/settings' },
  input: Type.Object(
    {
      version: Type.Integer({
        minimum: 0,
        description:
          'The `version` of the settings that the change is based on. Another one by now answers `conflict`.',
      }),
      force_strict: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  output: OrganizationSettings,
  errors: ['conflict'],
  handler: async (context) => {
    const { services, input } = context;
    const settings = await services.identity.settings.update(editorOf(context), {
      version: input.version,
      forceStrict: input.force_strict,
    });
    return presentOrganizationSettings(settings);
  },
});
