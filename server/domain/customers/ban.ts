import { days, type Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { addressKind, normalAddress } from '../../kernel/ip_address.ts';
import type { Customer } from '../chats/customer.ts';

/** A customer who is kept out for a time, and with them the address they were last seen at. */
export interface Ban {
  /** Grows with time. */
  key: number;
  customerId: string;
  /** Null where no address of the customer's own is known. */
  ip: string | null;
  /** Who banned them: the id of an agent. */
  agentId: string;
  /** The thread that was open. */
  threadId: string | null;
  createdAt: Micros;
  expiresAt: Micros;
}

/** Bans of an organization that are in force at one time. */
export const MOST_BANS = 400;
const LONGEST_DAYS = 3650;

/** Storage port. */
export interface BanStore {
  /** Takes the place of an earlier ban of the same customer. */
  setBan(ban: Ban): Promise<void>;
  /** In force at a time, the newest first. @param before only those with a smaller key */
  bansInForce(now: Micros, page: { before?: number | undefined; limit: number }): Promise<Ban[]>;
  countBansInForce(now: Micros): Promise<number>;
  banOf(customerId: string): Promise<Ban | undefined>;
  /** Deletes those that were over before a time. */
  clearBans(expiredBefore: Micros): Promise<void>;
  /** @returns the bans that are lifted */
  liftBans(whose: { customerId: string } | { ip: string }): Promise<Ban[]>;
}

/** @throws GatehouseError `validation` */
export function banEnd(length: number, now: Micros): Micros {
  if (Number.isInteger(length) && length >= 1 && length <= LONGEST_DAYS) return now + days(length);
  const message = `is ${length}; it should be a whole number of days from 1 to ${LONGEST_DAYS}.`;
  throw new GatehouseError('validation', `ban.days: ${message}`, {
    fields: [{ field: 'ban.days', message }],
  });
}

/**
 * The address that a customer's ban covers, too. Not one that would keep others out: that of the app's server
 * which made the customer, or that of this machine, as which a proxy on it calls.
 */
export function bannedAddress({ lastVisit }: Pick<Customer, 'lastVisit'>): string | null {
  if (!lastVisit?.ip || lastVisit.ofApp) return null;
  return addressKind(lastVisit.ip) === 'loopback' ? null : normalAddress(lastVisit.ip);
}
