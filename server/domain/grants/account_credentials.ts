import type { Micros } from '../../kernel/clock.ts';
import type { Stores } from '../storage.ts';

/** What acts for an account without its password: apps' grants with all their tokens, personal access tokens. */
export interface AccountCredentials {
  /** Part of the unit of work that makes them untrustworthy. */
  revokeAll(stores: Stores, accountId: string, now: Micros): Promise<void>;
  /** Once that is committed: caches forget. */
  revoked(): void;
}

export function accountCredentials(forgetAll: () => void): AccountCredentials {
  return {
    async revokeAll({ grants }, accountId, now) {
      for (const { grant } of await grants.grantsOf(accountId))
        await grants.withdrawGrant(accountId, grant.id, now);
      for (const token of await grants.personalAccessTokens(accountId))
        await grants.revokePersonalAccessToken(accountId, token.id, now);
    },
    revoked: forgetAll,
  };
}
