import { days, type Micros, seconds } from '../../kernel/clock.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import type { ClientPolicy } from '../../oauth/client_profile.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import type { Session } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import type { OpenidLogin } from './openid_store.ts';

/** A code or device code lives a little before its first refresh token does. */
const SLACK = days(1);

/**
 * Writes down the login behind a family of tokens, where its scopes ask for ID tokens; part of the unit of work
 * that begins the family.
 */
export async function recordLogin(
  stores: Stores,
  family: { familyKey: number; scopes: ScopeSet; policy: ClientPolicy },
  login: Omit<OpenidLogin, 'familyKey' | 'expiresAt'>,
  now: Micros,
): Promise<void> {
  if (!family.scopes.has('openid')) return;
  await stores.openid.addLogin({
    familyKey: family.familyKey,
    ...login,
    expiresAt: now + seconds(family.policy.refreshAbsoluteSeconds) + SLACK,
  });
}

/** Names a browser's session to apps (`sid`), without telling how many sessions there are. */
export function sessionIds(keyring: Keyring): (session: Pick<Session, 'key'>) => string {
  const key = keyring.derive('openid session');
  return (session) => mac(key, String(session.key)).subarray(0, 16).toString('base64url');
}
