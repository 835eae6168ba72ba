import type { Clock } from '../../kernel/clock.ts';
import type { Audit } from '../identity/audit.ts';
import type { Storage } from '../storage.ts';
import type { PropertyCatalogue } from './property_catalogue.ts';

/** What the parts of the property service work with. */
export interface PropertyDeps {
  storage: Storage;
  clock: Clock;
  catalogue: PropertyCatalogue;
  audit: Audit;
  /** Does the organization own the app? */
  ownsClient(licenseId: number, clientId: string): Promise<boolean>;
  hasGroup(licenseId: number, groupId: number): Promise<boolean>;
}
