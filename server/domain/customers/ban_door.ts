import type { Clock, Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { networkOf } from '../../kernel/ip_address.ts';
import { rememberByOrganization } from '../remembered_by_organization.ts';
import type { Storage } from '../storage.ts';
import { type Ban, MOST_BANS } from './ban.ts';

/** Keeps the banned out of the Customer Chat API. Costs no query as long as nobody is banned or let in. */
export interface BanDoor {
  /** @throws GatehouseError `customer_banned` */
  check(licenseId: number, who: { customerId: string; ip: string | null }): Promise<void>;
  forget(licenseId: number): void;
  forgetAll(): void;
}

interface Ends {
  customers: ReadonlyMap<string, Micros>;
  networks: ReadonlyMap<string, Micros>;
}

export function banDoor(deps: { storage: Storage; clock: Clock; maxAge(): Micros }): BanDoor {
  const { storage, clock } = deps;
  const ends = rememberByOrganization<Ends>(
    async (licenseId) =>
      endsOf(await storage.read.visitors(licenseId).bansInForce(clock.now(), { limit: MOST_BANS })),
    deps,
  );
  return {
    forget: ends.forget,
    forgetAll: ends.forgetAll,
    async check(licenseId, { customerId, ip }) {
      const { customers, networks } = await ends.get(licenseId);
      if (customers.size === 0) return;
      const end = Math.max(
        customers.get(customerId) ?? 0,
        ip === null ? 0 : (networks.get(networkOf(ip)) ?? 0),
      );
      if (end > clock.now())
        throw new GatehouseError(
          'customer_banned',
          'You were banned from the chat of this organization, and cannot use it for now.',
        );
    },
  };
}

function endsOf(bans: readonly Ban[]): Ends {
  const customers = new Map<string, Micros>();
  const networks = new Map<string, Micros>();
  for (const { customerId, ip, expiresAt } of bans) {
    customers.set(customerId, expiresAt);
    if (ip === null) continue;
    const network = networkOf(ip);
    networks.set(network, Math.max(expiresAt, networks.get(network) ?? 0));
  }
  return { customers, networks };
}
