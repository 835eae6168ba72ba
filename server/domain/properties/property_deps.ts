import type { Clock, Micros } from '../../kernel/clock.ts';
import type { Audit } from '../identity/audit.ts';
import type { Storage } from '../storage.ts';
import type { PropertyCatalogue } from './property_catalogue.ts';

/** What the parts of the property service work with. */
export interface PropertyDeps {
  storage: Storage;
  clock: Clock;
  catalogue: PropertyCatalogue;
  audit: Audit;
  /** How long what was read is believed, asked each time. */
  maxAge(): Micros;
  /** Does the organization own the app? */
  ownsClient(licenseId: number, clientId: string): Promise<boolean>;
  /** The ids of its groups. */
  groupsOf(licenseId: number): Promise<number[]>;
}
