import Type from 'typebox';
import { AccountId, OrganizationId } from './account.ts';

export const SettingsAddress = { account_id: AccountId, organization_id: OrganizationId };
export const SETTINGS_PATH = '/v2/accounts/:account_id/organization_settings/:organization_id';

export const OrganizationSettings = Type.Object({
  avatar_url: Type.Union([Type.String(), Type.Null()]),
});
