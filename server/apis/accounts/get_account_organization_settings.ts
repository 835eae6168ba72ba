import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { memberOf, needAllFor } from './account.ts';
import { needOwn } from './organization.ts';
import { OrganizationSettings, SETTINGS_PATH, SettingsAddress } from './organization_settings.ts';

export const getAccountOrganizationSettings = accountsMethod({
  name: 'get_account_organization_settings',
  summary: 'Get what is set of an account in the organization',
  http: { method: 'GET', path: SETTINGS_PATH },
  scopes: ['accounts--my:ro', 'accounts--all:ro'],
  input: Type.Object(SettingsAddress),
  output: OrganizationSettings,
  errors: ['not_found'],
  example: { account_id: 'me', organization_id: 'my' },
  source: 'authorization/global-accounts-api#AccountOrganizationSettings',
  async handler({ caller, input, services }) {
    needOwn(caller, input.organization_id);
    needAllFor(caller, input.account_id, 'accounts--all:ro');
    const { account } = await memberOf(services, caller, input.account_id);
    return { avatar_url: await services.accounts.pictures.of(caller.organization.licenseId, account.id) };
  },
});
