import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { rulesEditorOf } from './rules_editor.ts';

export const deleteSaml = accountsMethod({
  name: 'delete_saml',
  summary: 'Remove the SAML configuration',
  description: 'For owners. People sign in by their passwords and passkeys from then on.',
  http: { method: 'DELETE', path: '/v2/organizations/my/saml' },
  scopes: ['organization--my:rw'],
  input: Type.Object({}),
  output: Type.Object({}),
  errors: ['not_found'],
  source: 'authorization/global-accounts-api#SAML',
  async handler(call) {
    await call.services.signInRules.saml.remove(rulesEditorOf(call));
    return {};
  },
});
