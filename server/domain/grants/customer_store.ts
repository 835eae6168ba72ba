import type { Micros } from '../../kernel/clock.ts';
import type { CustomerBrowser, IdentityTransfer } from './customer_records.ts';
import type { CustomerToken } from './records.ts';

/** The customers' part of the grant store: their tokens, browsers, groups and transfers. */
export interface CustomerGrantStore {
  addCustomerToken(token: CustomerToken): Promise<void>;
  customerToken(key: number): Promise<CustomerToken | undefined>;
  revokeCustomerToken(key: number, now: Micros): Promise<void>;
  /** Kills every token that came from one browser or from one transfer. */
  revokeCustomerFamily(familyKey: number, now: Micros): Promise<void>;

  addCustomerBrowser(browser: CustomerBrowser): Promise<void>;
  customerBrowser(key: number): Promise<CustomerBrowser | undefined>;
  /** Puts a successor in the place of the presented secret. @returns true for exactly one caller */
  rotateCustomerBrowser(
    key: number,
    change: { presented: Uint8Array; successor: Uint8Array; expiresAt: Micros; now: Micros },
  ): Promise<boolean>;
  /** Notes a use without a new secret. @param confirmed whether it was the present secret that came */
  touchCustomerBrowser(
    key: number,
    use: { confirmed: boolean; expiresAt: Micros; now: Micros },
  ): Promise<void>;
  /** Its cookies are good for nothing from now on. */
  endCustomerBrowser(key: number, now: Micros): Promise<void>;

  /**
   * Who the browser is in an organization. Where it is nobody yet, it becomes the candidate.
   * @returns the id of the one customer that all callers agree on
   */
  customerOfBrowser(browserKey: number, licenseId: number, candidate: string): Promise<string>;
  /** Who a customer is in a group; the same answer as above. */
  customerInGroup(licenseId: number, customerId: string, groupId: number, candidate: string): Promise<string>;
  /** Whose identity in a group this customer is; undefined when it is nobody's. */
  customerBehindGroup(licenseId: number, groupCustomerId: string): Promise<string | undefined>;

  addIdentityTransfer(transfer: IdentityTransfer): Promise<void>;
  identityTransfer(key: number): Promise<IdentityTransfer | undefined>;
  /** Uses it up. @returns true for exactly one caller, and never for an expired one */
  consumeIdentityTransfer(key: number, now: Micros): Promise<boolean>;

  /** Is the app installed in an organization? */
  isInstalled(appId: string, licenseId: number): Promise<boolean>;
  /** The redirect URIs of all clients: whose pages may call with cookies. */
  registeredRedirectUris(): Promise<string[]>;
}
