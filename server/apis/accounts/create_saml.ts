import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { rulesEditorOf } from './rules_editor.ts';
import { EXAMPLE_CERTIFICATE, Provisioning, SamlFields } from './saml_configuration.ts';

export const createSaml = accountsMethod({
  name: 'create_saml',
  summary: 'Set the identity provider of the organization up',
  description:
    'For owners. Nobody signs in by it before it is made active: try it out first, in the Console. No plan is needed.',
  http: { method: 'POST', path: '/v2/organizations/my/saml', status: 201 },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    entrypoint: SamlFields.entrypoint,
    certificate: SamlFields.certificate,
    idp_entity_id: SamlFields.idp_entity_id,
    sp_entity_id: Type.Optional(SamlFields.sp_entity_id),
    provisioning: Type.Optional(Provisioning),
  }),
  output: Type.Object({}),
  errors: ['conflict'],
  example: {
    entrypoint: 'https://idp.example/sso/saml',
    certificate: EXAMPLE_CERTIFICATE,
    idp_entity_id: 'https://idp.example/metadata',
  },
  source: 'authorization/global-accounts-api#SAML',
  async handler(call) {
    const { input, services } = call;
    await services.signInRules.saml.create(rulesEditorOf(call), {
      entrypoint: input.entrypoint,
      certificate: input.certificate,
      idpEntityId: input.idp_entity_id,
      spEntityId: input.sp_entity_id ?? null,
      provisioning: input.provisioning ?? 'off',
    });
    return {};
  },
});
