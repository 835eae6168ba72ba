import type { Stores } from '../storage.ts';
import {
  type Account,
  type Actor,
  type AuthenticationMethod,
  NO_ORGANIZATION,
  type Session,
} from './records.ts';
import type { SessionService } from './sessions.ts';

/** The session that a browser came with. */
export interface PreviousSession {
  accountId: string;
  sessionKey: number;
}

/**
 * Begins a session for somebody who has proven who they are, in the organization that they chose or joined first, or in none:
 * who belongs nowhere can still look after the account and accept an invitation. The session that the browser came
 * with ends, so that nobody can have planted it.
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
    /** The organization by whose identity provider they came. */
    licenseId?: number;
  },
): Promise<{ cookie: string; session: Session }> {
  const { account, remember, amr, previous, actor } = begun;
  const own = await stores.identity.organizationsOf(account.id);
  const chosen = await stores.accounts.defaultLicenseId(account.id);
  const first = own.find(({ organization }) => organization.licenseId === chosen) ?? own[0];
  if (previous) await stores.identity.endSession(previous.accountId, previous.sessionKey);
  const licenseId = begun.licenseId ?? first?.organization.licenseId ?? NO_ORGANIZATION;
  return sessions.begin(stores, { accountId: account.id, licenseId, remember, actor, amr });
}
