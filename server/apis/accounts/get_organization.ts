import Type from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { accountsMethod } from '../registry/method.ts';
import { Organization, ownOrganization } from './organization.ts';

export const getOrganization = accountsMethod({
  name: 'get_organization',
  summary: 'Get the organization',
  http: { method: 'GET', path: '/v2/organizations/:organization_id' },
  scopes: [],
  input: Type.Object({
    organization_id: Type.String({ maxLength: 64, description: 'Its UUID, or `my`.' }),
  }),
  output: Organization,
  errors: ['not_found'],
  example: { organization_id: 'my' },
  source: 'authorization/global-accounts-api#Organizations',
  async handler({ caller, input, services }) {
    const id = input.organization_id.toLowerCase();
    if (id !== 'my' && id !== caller.organization.id)
      throw new GatehouseError('not_found', 'This credential opens no organization with this id. Try `my`.');
    return ownOrganization(services, caller);
  },
});
