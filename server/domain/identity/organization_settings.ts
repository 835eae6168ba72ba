import { GatehouseError } from '../../kernel/errors.ts';
import type { Storage } from '../storage.ts';
import type { Audit } from './audit.ts';
import type { Actor, OrganizationSettings } from './records.ts';

/** Who changes the settings; that they may is checked before. */
interface SettingsEditor {
  licenseId: number;
  accountId: string;
  actor: Actor;
}

export interface OrganizationSettingsService {
  /** @throws GatehouseError `not_found` */
  read(licenseId: number): Promise<OrganizationSettings>;
  /** What is left out stays as it is. @throws GatehouseError `conflict` when somebody else saved meanwhile */
  update(
    editor: SettingsEditor,
    change: { version: number; forceStrict?: boolean | undefined },
  ): Promise<OrganizationSettings>;
}

/** @param deps.onChanged caches forget what they knew: the settings decide what every app may do */
export function organizationSettings(deps: {
  storage: Storage;
  audit: Audit;
  onChanged(): void;
}): OrganizationSettingsService {
  const { storage } = deps;

  async function need(
    stores: Pick<Storage['read'], 'identity'>,
    licenseId: number,
  ): Promise<OrganizationSettings> {
    const settings = await stores.identity.organizationSettings(licenseId);
    if (!settings) throw new GatehouseError('not_found', 'This organization does not exist any more.');
    return settings;
  }

  return {
    read: (licenseId) => need(storage.read, licenseId),

    async update({ licenseId, accountId, actor }, { version, forceStrict }) {
      const after = await storage.write(async (stores) => {
        const before = await need(stores, licenseId);
        const next = { version, forceStrict: forceStrict ?? before.forceStrict };
        if (!(await stores.identity.updateOrganizationSettings(licenseId, next)))
          throw new GatehouseError(
            'conflict',
            'Somebody else changed these settings meanwhile. Look at the present state before you save yours.',
            { data: { current_version: before.version } },
          );
        if (next.forceStrict !== before.forceStrict)
          await deps.audit(
            stores,
            actor,
            next.forceStrict ? 'organization.strict_forced' : 'organization.strict_released',
            { licenseId, accountId },
          );
        return need(stores, licenseId);
      });
      deps.onChanged();
      return after;
    },
  };
}
