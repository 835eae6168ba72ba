import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { memberOf, needAllFor, refuseBots } from './account.ts';
import { needOwn } from './organization.ts';
import { OrganizationSettings, SETTINGS_PATH, SettingsAddress } from './organization_settings.ts';

export const updateAccountOrganizationSettings = accountsMethod({
  name: 'update_account_organization_settings',
  summary: 'Change what is set of an account in the organization',
  description:
    'The picture by which customers and colleagues see somebody: an address, null for none, or the file itself as the part `avatar` of a form (multipart/form-data), PNG or JPEG, 50 to 1024 pixels a side, at most 1 MB. It is cut to a square.',
  http: { method: 'PATCH', path: SETTINGS_PATH },
  scopes: ['accounts--my:rw', 'accounts--all:rw'],
  formFile: 'avatar',
  input: Type.Object({
    ...SettingsAddress,
    avatar_url: Type.Optional(Type.Union([Type.String({ maxLength: 255 }), Type.Null()])),
    avatar: Type.Optional(Type.Unsafe<unknown>({ description: 'The file, in a form.' })),
  }),
  output: OrganizationSettings,
  errors: ['not_found', 'entity_too_large', 'unsupported_media_type'],
  example: {
    account_id: 'me',
    organization_id: 'my',
    avatar_url: 'https://www.example.com/olivia.png',
  },
  source: 'authorization/global-accounts-api#AccountOrganizationSettings',
  async handler({ caller, input, services }) {
    refuseBots(caller);
    needOwn(caller, input.organization_id);
    needAllFor(caller, input.account_id, 'accounts--all:rw');
    const { account } = await memberOf(services, caller, input.account_id);
    const { licenseId } = caller.organization;
    const { pictures } = services.accounts;
    if (input.avatar !== undefined && input.avatar_url !== undefined)
      throw invalid('Send avatar or avatar_url, not both.');
    if (input.avatar instanceof Uint8Array) await pictures.upload(licenseId, account.id, input.avatar);
    else if (input.avatar !== undefined)
      throw invalid('It is a file, sent as a part of multipart/form-data. An address goes into avatar_url.');
    // A form has no null.
    if (input.avatar_url !== undefined)
      await pictures.setUrl(licenseId, account.id, input.avatar_url === '' ? null : input.avatar_url);
    return { avatar_url: await pictures.of(licenseId, account.id) };
  },
});

function invalid(message: string): GatehouseError {
  return new GatehouseError('validation', `\`avatar\`: ${message}`, {
    fields: [{ field: 'avatar', message }],
  });
}
