import type { Throttle } from '../identity/throttling.ts';
import type { AuthenticatedClient } from './client_authentication.ts';

/**
 * Counts one request that is kept for a client. Without a secret anybody can speak in an app's name: such a
 * request counts for its address alone, so that nobody can use up what an app has. A server that proved
 * itself may start many from one address, and counts for itself alone.
 * @throws GatehouseError `too_many_requests`, with the seconds to wait
 */
export async function countStart(
  throttle: Throttle,
  what: 'push' | 'device_start',
  { known, policy }: AuthenticatedClient,
  from: string,
): Promise<void> {
  if (policy.confidential) await throttle.attempt(`${what}_client`, known.client.clientId);
  else await throttle.attempt(`${what}_address`, from);
}
