import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { PeopleDirectory } from '../chats/people.ts';
import type { Audit } from '../identity/audit.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { OutgoingRequests } from '../outgoing.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';

/** What the parts of the customer service work with. */
export interface CustomerDeps {
  settings: Pick<ServerSettings, 'plan'>;
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  people: PeopleDirectory;
  audit: Audit;
  throttle: Throttle;
  outgoing: OutgoingRequests;
  /** Microseconds that something remembered is believed. */
  maxAge(): number;
}

/** The same words for a customer that does not exist and for one of another organization. */
export function customerNotFound(): GatehouseError {
  return new GatehouseError('not_found', 'There is no customer with this id.');
}

/** The customer of a token is gone. */
export function customerGone(): GatehouseError {
  return new GatehouseError(
    'authentication',
    'The customer of this token no longer exists. Get a new token.',
  );
}
