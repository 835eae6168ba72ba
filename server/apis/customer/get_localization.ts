import Type from 'typebox';
import { groupId } from '../../wire/access.ts';
import { openMethod } from '../registry/method.ts';
import { organizationId } from './actor.ts';

export const getLocalization = openMethod({
  name: 'get_localization',
  summary: 'Read what the widget says, in a language.',
  description:
    'English and German are complete; of other languages come the organization’s own words, and English for the rest. ' +
    'Under one version it is always the same, as with `get_configuration`.',
  open: 'lasting',
  input: Type.Object({
    organization_id: organizationId,
    group_id: groupId,
    language: Type.String({
      pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$',
      description: 'Such as `en` or `pt-BR`.',
    }),
    version: Type.String({ minLength: 1, maxLength: 64, description: 'A `localization_version`.' }),
  }),
  output: Type.Record(Type.String(), Type.String(), {
    description: 'Phrases by key; `%name%` in one is filled in by the widget.',
  }),
  errors: ['group_not_found', 'not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#get-localization',
  handler: ({ caller: { organization }, input, services }) =>
    services.widget.reads.localization(organization.licenseId, input.group_id, input.language, input.version),
});
