import Type, { type Static } from 'typebox';
import { GatehouseError } from '../../kernel/errors.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AgentCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';

export const Organization = Type.Object({
  organization_id: Type.String(),
  name: Type.String(),
  invitation_mode: Type.Literal('strict', { description: 'Owners and administrators decide who comes in.' }),
  domain_whitelist: Type.Literal(false),
  products: Type.Array(Type.Object({ product: Type.Literal('LiveChat'), created_at: Type.String() })),
  created_at: Type.String(),
});
type Organization = Static<typeof Organization>;

/** The organization that the credential is for: it opens no other of the person's. */
export async function ownOrganization(services: Services, caller: AgentCaller): Promise<Organization> {
  const found = await services.identity.organization(caller.organization.licenseId);
  if (!found) throw new GatehouseError('not_found', 'This organization does not exist any more.');
  const createdAt = formatTimestamp(found.createdAt);
  return {
    organization_id: found.id,
    name: found.name,
    invitation_mode: 'strict',
    domain_whitelist: false,
    products: [{ product: 'LiveChat', created_at: createdAt }],
    created_at: createdAt,
  };
}
