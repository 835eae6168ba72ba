import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { needAdministrator } from './rules_editor.ts';

export const listLoginMethods = accountsMethod({
  name: 'list_login_methods',
  summary: 'List the login methods that the organization holds its people to',
  description: 'For owners and administrators. An empty list: everybody signs in as they like.',
  http: { method: 'GET', path: '/v2/organizations/my/login_methods' },
  scopes: [],
  input: Type.Object({}),
  output: Type.Array(
    Type.Object({
      login_method: Type.Object({ login_method: Type.Literal('saml') }),
      organization_id: Type.String(),
    }),
  ),
  source: 'authorization/global-accounts-api#OrganizationLoginMethods',
  async handler({ caller, services }) {
    needAdministrator(caller);
    const { id, licenseId } = caller.organization;
    const enforced = await services.signInRules.loginMethods.list(licenseId);
    return enforced.map(({ method }) => ({ login_method: { login_method: method }, organization_id: id }));
  },
});
