import { GatehouseError } from '../../kernel/errors.ts';
import type { Stores } from '../storage.ts';
import type { Account, Actor, AuthenticationMethod, Session } from './records.ts';
import type { SessionService } from './sessions.ts';

/** The session that a browser came with. */
export interface PreviousSession {
  accountId: string;
  sessionKey: number;
}

/**
 * Begins a session for somebody who has proven who they are, in the organization they joined first. The one the
 * browser came with ends, so that nobody can have planted it.
 * @throws GatehouseError `authentication` where the account belongs nowhere any more
 */
export async function beginSession(
  stores: Stores,
  sessions: SessionService,
  begun: {
    account: Account;
    remember: boolean;
    amr: readonly AuthenticationMethod[];
    previous: PreviousSession | undefined;
    actor: Actor;
  },
): Promise<{ cookie: string; session: Session }> {
  const { account, remember, amr, previous, actor } = begun;
  const [first] = await stores.identity.organizationsOf(account.id);
  if (!first)
    throw new GatehouseError('authentication', 'This account does not belong to an organization any more.');
  if (previous) await stores.identity.endSession(previous.accountId, previous.sessionKey);
  const { licenseId } = first.organization;
  return sessions.begin(stores, { accountId: account.id, licenseId, remember, actor, amr });
}
