import type { Micros } from '../../kernel/clock.ts';
import type { Stores } from '../storage.ts';
import type { AppDetails, Client } from './records.ts';

/** Building blocks that do something in each organization that installs their app. */
export type InstalledBlock = 'bot_templates' | 'properties' | 'webhooks';

/** Where an app is installed, or was. */
export interface InstallationSite {
  client: Client;
  /** Of the organization that installs. */
  licenseId: number;
  /** Null where nobody does it, such as the server itself. */
  accountId: string | null;
  now: Micros;
}

/**
 * What a block of an app brings into an organization. Each is a part of the unit of work that installs or uninstalls:
 * all of them or none.
 */
export interface InstallationEffect {
  block: InstalledBlock;
  bring(stores: Stores, site: InstallationSite): Promise<void>;
  takeBack(stores: Stores, site: InstallationSite): Promise<void>;
  /** What an installation brings, by name, for the page that asks whether to install. */
  names(stores: Stores, client: Client): Promise<string[]>;
}

/** All blocks together; an app without an Authorization block has none of them. */
export interface InstallationEffects {
  installed(stores: Stores, details: AppDetails, by: Omit<InstallationSite, 'client'>): Promise<void>;
  uninstalled(stores: Stores, details: AppDetails, by: Omit<InstallationSite, 'client'>): Promise<void>;
  /** Blocks that bring nothing are left out. */
  contents(stores: Stores, client: Client): Promise<{ block: InstalledBlock; names: string[] }[]>;
}

export function installationEffects(effects: readonly InstallationEffect[]): InstallationEffects {
  return {
    async installed(stores, { client }, by) {
      if (client) for (const effect of effects) await effect.bring(stores, { ...by, client });
    },
    async uninstalled(stores, { client }, by) {
      // What came last goes first, since it may stand on what came before.
      if (client) for (const effect of effects.toReversed()) await effect.takeBack(stores, { ...by, client });
    },
    async contents(stores, client) {
      const all = await Promise.all(
        effects.map(async (effect) => ({ block: effect.block, names: await effect.names(stores, client) })),
      );
      return all.filter(({ names }) => names.length > 0);
    },
  };
}
