import Type from 'typebox';
import { accountsMethod } from '../registry/method.ts';
import { OrganizationId } from './account.ts';
import { managerOf } from './manager.ts';
import {
  Company,
  DomainWhitelist,
  InvitationMode,
  needOwn,
  OrganizationName,
  OrganizationWithCompany,
  ownOrganization,
} from './organization.ts';

export const updateOrganization = accountsMethod({
  name: 'update_organization',
  summary: 'Change the organization',
  description: 'For owners. What is left out stays, also within `company`.',
  http: { method: 'PATCH', path: '/v2/organizations/:organization_id' },
  scopes: ['organization--my:rw'],
  input: Type.Object({
    organization_id: OrganizationId,
    name: Type.Optional(OrganizationName),
    invitation_mode: Type.Optional(InvitationMode),
    domain_whitelist: Type.Optional(DomainWhitelist),
    company: Type.Optional(Company),
  }),
  output: OrganizationWithCompany,
  errors: ['not_found'],
  example: { organization_id: 'my', company: { industry: 'Coffee', company_size: '1-10' } },
  source: 'authorization/global-accounts-api#Organizations',
  async handler(call) {
    const { caller, input, services } = call;
    needOwn(caller, input.organization_id);
    await services.accounts.organizations.update(managerOf(call), {
      name: input.name,
      invitationMode: input.invitation_mode,
      domainWhitelist: input.domain_whitelist,
      company: input.company,
    });
    return ownOrganization(services, caller);
  },
});
