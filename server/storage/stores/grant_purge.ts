import type { GrantStore } from '../../domain/grants/grant_store.ts';
import { firstKeyAt } from '../../kernel/identifiers.ts';
import type { Session } from '../engine/database.ts';
import { purgeCustomerBrowsers } from './grant_customer_browsers.ts';

type PurgeQueries = Pick<GrantStore, 'purge'>;

/** Tokens that one round looks at: most of those that it meets may live. */
const LOOKED_AT = 2_000;

export function purgeQueries(session: Session): PurgeQueries {
  /**
   * The tables of tokens have no index by expiry, which every issued token would have to pay for. They are walked in
   * their own order, from where the last round ended, round and round; what is younger than the bound cannot have
   * been dead for so long.
   * @returns rows deleted, and where to go on
   */
  async function purgeTokens(
    table: 'access_tokens' | 'refresh_tokens',
    expiry: 'expires_at' | 'idle_expires_at',
    deadSince: number,
    limit: number,
    from: number,
  ): Promise<{ deleted: number; next: number }> {
    const rows = await session.query((db) =>
      db
        // The tables differ only in the name of this column.
        .selectFrom(table as 'access_tokens')
        .select(['token_key', `${expiry as 'expires_at'} as expiry`])
        .where('token_key', '>', from)
        .where('token_key', '<', firstKeyAt(deadSince))
        .orderBy('token_key')
        .limit(LOOKED_AT),
    );
    const dead = rows.filter((row) => row.expiry < deadSince).map((row) => row.token_key);
    const doomed = dead.slice(0, limit);
    const isAtEnd = rows.length < LOOKED_AT && doomed.length === dead.length;
    const last = doomed.length < dead.length ? doomed.at(-1) : rows.at(-1)?.token_key;
    const deleted =
      doomed.length === 0
        ? 0
        : await session.execute((db) => db.deleteFrom(table).where('token_key', 'in', doomed));
    return { deleted, next: isAtEnd ? 0 : (last ?? 0) };
  }

  return {
    async purge(
      tokensDeadSince,
      requestsDeadSince,
      limit,
      pushedDeadSince = requestsDeadSince,
      walk = { access: 0, refresh: 0 },
    ) {
      const tables = [
        ['authorization_requests', 'request_key', 'expires_at', requestsDeadSince],
        ['pushed_requests', 'request_key', 'expires_at', pushedDeadSince],
        ['device_requests', 'device_key', 'expires_at', requestsDeadSince],
        ['sessions', 'session_key', 'expires_at', requestsDeadSince],
        ['one_time_tokens', 'token_key', 'expires_at', requestsDeadSince],
        ['passkey_challenges', 'challenge_key', 'expires_at', requestsDeadSince],
        ['sign_in_attempts', 'attempt_key', 'expires_at', requestsDeadSince],
        // Ended ones stay as long as dead tokens, so that a late click is told what became of its link.
        ['invitations', 'invitation_key', 'expires_at', tokensDeadSince],
        ['throttles', 'name', 'window_ends_at', requestsDeadSince],
        ['authorization_codes', 'family_key', 'expires_at', tokensDeadSince],
        ['customer_tokens', 'token_key', 'expires_at', tokensDeadSince],
        ['identity_transfers', 'transfer_key', 'expires_at', requestsDeadSince],
      ] as const;
      let deleted = await purgeCustomerBrowsers(session, tokensDeadSince, limit);
      for (const [table, key, expiry, deadSince] of tables)
        deleted += await session.execute((db) =>
          db
            // The tables differ only in the names of these two columns; all are integers.
            .deleteFrom(table as 'customer_tokens')
            .where(key as 'token_key', 'in', (eb) =>
              eb
                .selectFrom(table as 'customer_tokens')
                .select(key as 'token_key')
                .where(expiry as 'expires_at', '<', deadSince)
                .orderBy(expiry as 'expires_at')
                .limit(limit),
            ),
        );
      const access = await purgeTokens('access_tokens', 'expires_at', tokensDeadSince, limit, walk.access);
      const refresh = await purgeTokens(
        'refresh_tokens',
        'idle_expires_at',
        tokensDeadSince,
        limit,
        walk.refresh,
      );
      walk.access = access.next;
      walk.refresh = refresh.next;
      return deleted + access.deleted + refresh.deleted;
    },
  };
}
