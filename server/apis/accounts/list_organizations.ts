import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { Organization, ownOrganization } from './organization.ts';

export const listOrganizations = accountsMethod({
  name: 'list_organizations',
  summary: 'List the organizations that the credential opens',
  description: 'A credential is for one organization, and is told of no other that its person is in.',
  http: { method: 'GET', path: '/v2/organizations' },
  scopes: [],
  input: Type.Object({}),
  output: Type.Array(Organization),
  source: 'authorization/global-accounts-api#Organizations',
  async handler({ caller, services }) {
    const { company: _, ...organization } = await ownOrganization(services, caller);
    return [organization];
  },
});
