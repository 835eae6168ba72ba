import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Audit } from '../identity/audit.ts';
import { cleanLine, companyProblem } from '../identity/profile_rules.ts';
import type { Organization } from '../identity/records.ts';
import type { Manager } from '../people/member_changes.ts';
import type { Storage, Stores } from '../storage.ts';
import { type Company, type InvitationMode, type OrganizationProfile, UNSET_PROFILE } from './records.ts';

export interface OrganizationChange {
  name?: string | undefined;
  invitationMode?: InvitationMode | undefined;
  domainWhitelist?: boolean | undefined;
  /** What is named replaces what was there; the rest stays. */
  company?: Company | undefined;
}

export interface OrganizationProfiles {
  read(licenseId: number): Promise<OrganizationProfile>;
  /** @throws GatehouseError `validation`, `not_found` */
  update(manager: Manager, change: OrganizationChange): Promise<Organization>;
  /** Part of another unit of work. */
  set(stores: Stores, licenseId: number, change: OrganizationChange): Promise<void>;
}

export function organizationProfiles(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
}): OrganizationProfiles {
  const { storage, clock } = deps;

  async function set(stores: Stores, licenseId: number, change: OrganizationChange): Promise<void> {
    const before = (await stores.accounts.profile(licenseId)) ?? UNSET_PROFILE;
    await stores.accounts.putProfile(licenseId, {
      invitationMode: change.invitationMode ?? before.invitationMode,
      domainWhitelist: change.domainWhitelist ?? before.domainWhitelist,
      company: { ...before.company, ...change.company },
      updatedAt: clock.now(),
    });
  }

  return {
    read: async (licenseId) => (await storage.read.accounts.profile(licenseId)) ?? UNSET_PROFILE,
    set,
    async update({ licenseId, accountId, actor }, change) {
      const name = change.name === undefined ? undefined : cleanLine(change.name);
      const problem = name === undefined ? undefined : companyProblem(name);
      if (problem)
        throw new GatehouseError('validation', `\`name\`: ${problem.message}`, {
          fields: [{ field: 'name', message: problem.message }],
        });
      return storage.write(async (stores) => {
        // Two who change it at once go one after the other, so that neither takes the other's fields back.
        await stores.people.lockOrganization(licenseId);
        if (name !== undefined) await stores.accounts.renameOrganization(licenseId, name);
        await set(stores, licenseId, change);
        const after = await stores.identity.organization(licenseId);
        if (!after) throw new GatehouseError('not_found', 'This organization does not exist any more.');
        const changed = Object.entries(change).filter(([, value]) => value !== undefined);
        await deps.audit(stores, actor, 'organization.updated', {
          licenseId,
          accountId,
          detail: { changed: changed.map(([field]) => field) },
        });
        return after;
      });
    },
  };
}
