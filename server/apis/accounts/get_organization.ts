import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { OrganizationId } from './account.ts';
import { needOwn, OrganizationWithCompany, ownOrganization } from './organization.ts';

export const getOrganization = accountsMethod({
  name: 'get_organization',
  summary: 'Get the organization',
  http: { method: 'GET', path: '/v2/organizations/:organization_id' },
  scopes: [],
  input: Type.Object({ organization_id: OrganizationId }),
  output: OrganizationWithCompany,
  errors: ['not_found'],
  example: { organization_id: 'my' },
  source: 'authorization/global-accounts-api#Organizations',
  async handler({ caller, input, services }) {
    needOwn(caller, input.organization_id);
    return ownOrganization(services, caller);
  },
});
