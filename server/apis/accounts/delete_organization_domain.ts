import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { needOwnOrganization, OrganizationId } from './organization_domain.ts';
import { rulesEditorOf } from './rules_editor.ts';

export const deleteOrganizationDomain = accountsMethod({
  name: 'delete_organization_domain',
  summary: 'Remove a domain from the organization',
  description:
    'For owners. Refused while SAML is enforced and somebody’s address lies in the domain: they could not sign in any more. The status is 210, as LiveChat documents it.',
  http: { method: 'DELETE', path: '/v2/organizations/:organization_id/domains/:domain_id', status: 210 },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    organization_id: OrganizationId,
    domain_id: Type.String({ maxLength: 64, description: 'Its UUID.' }),
  }),
  output: Type.Object({}),
  errors: ['not_found', 'conflict'],
  example: { organization_id: 'my', domain_id: '59aa5076-13c5-4ce5-b13a-07d33e838acf' },
  source: 'authorization/global-accounts-api#OrganizationDomains',
  async handler(call) {
    const { caller, input, services } = call;
    needOwnOrganization(caller, input.organization_id);
    await services.signInRules.domains.remove(rulesEditorOf(call), input.domain_id);
    return {};
  },
});
