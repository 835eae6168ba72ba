import type { Clock, Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Stores } from '../storage.ts';
import type { Account } from './records.ts';

/**
 * The address at which an account's password is chosen anew, once. Those that were made before end with it.
 * @param validFor microseconds
 */
export async function passwordLink(
  deps: { clock: Clock; identifiers: Identifiers; tokens: OpaqueTokens; settings: ServerSettings },
  stores: Stores,
  account: Account,
  validFor: Micros,
): Promise<string> {
  const now = deps.clock.now();
  const key = deps.identifiers.key();
  const minted = deps.tokens.mint('one_time', key);
  await stores.identity.voidOneTimeTokens(account.id, 'reset_password', now);
  await stores.identity.addOneTimeToken({
    key,
    secretHash: minted.secretHash,
    kind: 'reset_password',
    accountId: account.id,
    email: account.email,
    createdAt: now,
    expiresAt: now + validFor,
  });
  return `${deps.settings.publicUrl}/reset-password?token=${minted.text}`;
}
