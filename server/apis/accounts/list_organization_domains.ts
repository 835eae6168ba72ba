import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import {
  needOwnOrganization,
  OrganizationDomain,
  OrganizationId,
  presentDomain,
} from './organization_domain.ts';
import { needAdministrator } from './rules_editor.ts';

export const listOrganizationDomains = accountsMethod({
  name: 'list_organization_domains',
  summary: 'List the domains of the organization',
  description:
    'For owners and administrators. A domain counts when its TXT record was seen: until then its `state` is `pending`.',
  http: { method: 'GET', path: '/v2/organizations/:organization_id/domains' },
  scopes: [],
  input: Type.Object({ organization_id: OrganizationId }),
  output: Type.Array(OrganizationDomain),
  errors: ['not_found'],
  example: { organization_id: 'my' },
  source: 'authorization/global-accounts-api#OrganizationDomains',
  async handler({ caller, input, services }) {
    needOwnOrganization(caller, input.organization_id);
    needAdministrator(caller);
    const found = await services.signInRules.domains.list(caller.organization.licenseId);
    return found.map((domain) => presentDomain(domain, caller.organization));
  },
});
