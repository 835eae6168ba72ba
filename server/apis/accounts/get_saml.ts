import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { needAdministrator } from './rules_editor.ts';
import { presentSaml, SamlConfiguration } from './saml_configuration.ts';

export const getSaml = accountsMethod({
  name: 'get_saml',
  summary: 'Get the SAML configuration',
  description: 'For owners and administrators.',
  http: { method: 'GET', path: '/v2/organizations/my/saml' },
  scopes: [],
  input: Type.Object({}),
  output: SamlConfiguration,
  errors: ['not_found'],
  source: 'authorization/global-accounts-api#SAML',
  async handler({ caller, services }) {
    needAdministrator(caller);
    return presentSaml(await services.signInRules.saml.read(caller.organization.licenseId), caller, services);
  },
});
