import Type, { type Static } from 'typebox';
import type { OrganizationProfile } from '../../domain/accounts/records.ts';
import type { Organization as OrganizationRecord } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';
import { Product } from './account.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

/** What the company says of itself; it is shown to nobody but the organization’s own people. */
export const Company = Type.Object({
  phone: text(20),
  website: text(255),
  name: text(255),
  industry: text(255),
  company_size: text(255),
  audience: Type.Optional(
    Type.Array(Type.Enum(['B2B', 'B2C', 'Internal use']), { maxItems: 3, uniqueItems: true }),
  ),
  street: text(255),
  city: text(255),
  state: text(255),
  zipcode: text(20),
  country: text(255),
  logo: text(65_535),
  tagline: text(65_535),
  twitter: text(255),
  instagram: text(255),
  linkedin: text(255),
  facebook: text(255),
});

export const OrganizationName = Type.String({ minLength: 1, maxLength: 127 });
export const InvitationMode = Type.Enum(['lax', 'strict'], {
  description: '`lax`: members may propose people; `strict`: owners and administrators alone.',
});
export const DomainWhitelist = Type.Boolean({
  description: 'Only e-mails of the organization’s domains come in.',
});

const ORGANIZATION = {
  organization_id: Type.String(),
  name: Type.String(),
  invitation_mode: InvitationMode,
  domain_whitelist: DomainWhitelist,
  products: Type.Array(Type.Object({ product: Product, created_at: Type.String() })),
  updated_at: Type.String(),
  created_at: Type.String(),
};
export const Organization = Type.Object(ORGANIZATION);
export const OrganizationWithCompany = Type.Object({ ...ORGANIZATION, company: Company });
type OrganizationWithCompany = Static<typeof OrganizationWithCompany>;

export function presentOrganization(
  organization: OrganizationRecord,
  { invitationMode, domainWhitelist, company, updatedAt }: OrganizationProfile,
): OrganizationWithCompany {
  const createdAt = formatTimestamp(organization.createdAt);
  return {
    organization_id: organization.id,
    name: organization.name,
    invitation_mode: invitationMode,
    domain_whitelist: domainWhitelist,
    products: [
      { product: 'Accounts', created_at: createdAt },
      { product: 'LiveChat', created_at: createdAt },
    ],
    updated_at: updatedAt === null ? createdAt : formatTimestamp(updatedAt),
    created_at: createdAt,
    company: company as OrganizationWithCompany['company'],
  };
}

/** The organization that the credential is for: it opens no other of the person's. */
export async function ownOrganization(
  services: Services,
  { organization: { licenseId } }: AgentCaller,
): Promise<OrganizationWithCompany> {
  const [found, profile] = await Promise.all([
    services.identity.organization(licenseId),
    services.accounts.organizations.read(licenseId),
  ]);
  if (!found) throw new GatehouseError('not_found', 'This organization does not exist any more.');
  return presentOrganization(found, profile);
}

/** @throws GatehouseError `not_found`, the same for one that is somebody else's and for none */
export function needOwn({ organization }: AgentCaller, id: string): void {
  if (id === 'my' || id.toLowerCase() === organization.id) return;
  throw new GatehouseError('not_found', 'This credential opens no organization with this id. Try `my`.', {
    data: { resource_name: 'organization', resource_id: id },
  });
}
