import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { rulesEditorOf } from './rules_editor.ts';

export const enforceLoginMethod = accountsMethod({
  name: 'enforce_login_method',
  summary: 'Hold the people of the organization to a login method',
  description:
    'For owners. Everybody who signed in otherwise is out at once and is led to the identity provider; owners can still sign in by their passwords. Refused while somebody’s address lies in no verified domain. Of LiveChat’s methods this server has `saml`; `google` and `microsoft` are not found.',
  http: { method: 'POST', path: '/v2/organizations/my/login_methods' },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    login_method: Type.String({ maxLength: 40, description: '`saml`.' }),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'conflict'],
  example: { login_method: 'saml' },
  source: 'authorization/global-accounts-api#OrganizationLoginMethods',
  async handler(call) {
    await call.services.signInRules.loginMethods.enforce(rulesEditorOf(call), call.input.login_method);
    return {};
  },
});
