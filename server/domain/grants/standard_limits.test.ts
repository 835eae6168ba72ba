import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthenticatedClient } from './client_authentication.ts';
import { countStart } from './standard_limits.ts';

const client = (confidential: boolean) =>
  ({ known: { client: { clientId: 'c1' } }, policy: { confidential } }) as unknown as AuthenticatedClient;

test('who has a secret counts for itself, and who has none for its address', async () => {
  const counted: string[] = [];
  const throttle = {
    attempt: async (name: string, subject: string) => void counted.push(`${name} ${subject}`),
    check: async () => {},
    clear: async () => {},
  };
  await countStart(throttle, 'push', client(true), '192.0.2.1');
  await countStart(throttle, 'push', client(false), '192.0.2.1');
  await countStart(throttle, 'device_start', client(false), '192.0.2.1');
  assert.deepEqual(counted, ['push_client c1', 'push_address 192.0.2.1', 'device_start_address 192.0.2.1']);
});
