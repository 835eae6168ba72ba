import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { rulesEditorOf } from './rules_editor.ts';
import { Provisioning, presentSaml, SamlConfiguration, SamlFields } from './saml_configuration.ts';

export const updateSaml = accountsMethod({
  name: 'update_saml',
  summary: 'Change the SAML configuration, or switch it on or off',
  description:
    'For owners. What is left out stays; an empty `sp_entity_id` is the default one again. Making it active enforces SAML as the login method, as LiveChat has it: `disable_login_method` lets people sign in otherwise, too. Making it inactive ends both. Owners can always sign in by their passwords.',
  http: { method: 'PATCH', path: '/v2/organizations/my/saml' },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    entrypoint: Type.Optional(SamlFields.entrypoint),
    certificate: Type.Optional(SamlFields.certificate),
    idp_entity_id: Type.Optional(SamlFields.idp_entity_id),
    sp_entity_id: Type.Optional(SamlFields.sp_entity_id),
    active: Type.Optional(Type.Boolean()),
    provisioning: Type.Optional(Provisioning),
  }),
  output: SamlConfiguration,
  errors: ['not_found', 'conflict'],
  example: { entrypoint: 'https://idp.example/sso/saml2' },
  source: 'authorization/global-accounts-api#SAML',
  async handler(call) {
    const { caller, input, services } = call;
    const { idp_entity_id: idpEntityId, sp_entity_id: spEntityId, ...named } = input;
    const changed = await services.signInRules.saml.update(rulesEditorOf(call), {
      ...named,
      ...(idpEntityId === undefined ? {} : { idpEntityId }),
      spEntityId,
    });
    return presentSaml(changed, caller, services);
  },
});
