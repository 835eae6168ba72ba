import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { rulesEditorOf } from './rules_editor.ts';

export const disableLoginMethod = accountsMethod({
  name: 'disable_login_method',
  summary: 'Let the people of the organization sign in otherwise again',
  description: 'For owners. The identity provider stays active, as one way of several.',
  http: { method: 'DELETE', path: '/v2/organizations/my/login_methods/:login_method' },
  scopes: ['organization--my:rw'],
  input: Type.Object({ login_method: Type.String({ maxLength: 40, description: '`saml`.' }) }),
  output: Type.Object({}),
  errors: ['not_found'],
  example: { login_method: 'saml' },
  source: 'authorization/global-accounts-api#OrganizationLoginMethods',
  async handler(call) {
    await call.services.signInRules.loginMethods.release(rulesEditorOf(call), call.input.login_method);
    return {};
  },
});
