import type { Membership } from '../../domain/identity/records.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { ConsoleCaller } from '../registry/caller.ts';
import type { Services } from '../services.ts';

/** @throws GatehouseError `authorization` when the caller left the organization in this very moment */
export async function ownMembership(services: Services, caller: ConsoleCaller): Promise<Membership> {
  const member = await services.identity.member(caller.organization.licenseId, caller.accountId);
  if (member && member.membership.suspendedAt === null) return member.membership;
  throw new GatehouseError('authorization', 'You are not a member of this organization any more.');
}
