import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';

type RevocationQueries = Pick<
  GrantStore,
  | 'withdrawGrant'
  | 'revokeAccessToken'
  | 'revokeRefreshToken'
  | 'revokeFamily'
  | 'revokeClient'
  | 'evictOldest'
  | 'purge'
>;

/** A generous bound: a family, client or account rarely has more than the cap of live tokens. */
type LiveParameters = { accountId: string; clientId: string; now: number; keep: number };

// Live tokens of a client and account past the newest `keep`. The index ends with the key, so that the scan is in order.
const surplusAccess = statement<LiveParameters, { token_key: number }>((db, p) =>
  db
    .selectFrom('access_tokens')
    .select('token_key')
    .where('account_id', '=', p.accountId)
    .where('client_id', '=', p.clientId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p.now)
    .orderBy('token_key', 'desc')
    .limit(1000)
    .offset(p.keep),
);

const surplusRefresh = statement<LiveParameters, { token_key: number }>((db, p) =>
  db
    .selectFrom('refresh_tokens')
    .select('token_key')
    .where('account_id', '=', p.accountId)
    .where('client_id', '=', p.clientId)
    .where('revoked_at', 'is', null)
    .where('rotated_at', 'is', null)
    .where('idle_expires_at', '>', p.now)
    .orderBy('token_key', 'desc')
    .limit(1000)
    .offset(p.keep),
);

export function revocationQueries(session: Session): RevocationQueries {
  async function revoke(
    table: 'access_tokens' | 'refresh_tokens',
    column: 'token_key' | 'family_key' | 'client_id',
    value: number | string,
    reason: string,
    now: number,
  ): Promise<void> {
    await session.execute((db) =>
      db
        .updateTable(table)
        .set({ revoked_at: now, revoked_reason: reason })
        .where(column, '=', value)
        .where('revoked_at', 'is', null),
    );
  }

  async function revokeCodes(
    column: 'family_key' | 'client_id',
    value: number | string,
    reason: string,
    now: number,
  ): Promise<void> {
    await session.execute((db) =>
      db
        .updateTable('authorization_codes')
        .set({ revoked_at: now, revoked_reason: reason })
        .where(column, '=', value)
        .where('revoked_at', 'is', null),
    );
  }

  return {
    async withdrawGrant(accountId, grantId, now) {
      const [grant] = await session.query((db) =>
        db.deleteFrom('grants').where('id', '=', grantId).where('account_id', '=', accountId).returningAll(),
      );
      if (!grant) return false;
      for (const table of ['authorization_codes', 'access_tokens', 'refresh_tokens'] as const)
        await session.execute((db) =>
          db
            .updateTable(table)
            .set({ revoked_at: now, revoked_reason: 'grant_withdrawn' })
            .where('account_id', '=', accountId)
            .where('client_id', '=', grant.client_id)
            .where('license_id', '=', grant.license_id)
            .where('revoked_at', 'is', null),
        );
      return true;
    },
    revokeAccessToken: (key, reason, now) => revoke('access_tokens', 'token_key', key, reason, now),
    revokeRefreshToken: (key, reason, now) => revoke('refresh_tokens', 'token_key', key, reason, now),
    async revokeFamily(familyKey, reason, now) {
      await revokeCodes('family_key', familyKey, reason, now);
      await revoke('access_tokens', 'family_key', familyKey, reason, now);
      await revoke('refresh_tokens', 'family_key', familyKey, reason, now);
    },
    async revokeClient(clientId, reason, now) {
      await revokeCodes('client_id', clientId, reason, now);
      await revoke('access_tokens', 'client_id', clientId, reason, now);
      await revoke('refresh_tokens', 'client_id', clientId, reason, now);
      await session.execute((db) =>
        db
          .updateTable('customer_tokens')
          .set({ revoked_at: now })
          .where('client_id', '=', clientId)
          .where('revoked_at', 'is', null),
      );
      await session.execute((db) => db.deleteFrom('grants').where('client_id', '=', clientId));
    },
    async evictOldest(accountId, clientId, keep, now) {
      const parameters = { accountId, clientId, keep, now };
      const access = (await session.all(surplusAccess, parameters)).map((row) => row.token_key);
      const refresh = (await session.all(surplusRefresh, parameters)).map((row) => row.token_key);
      for (const key of access) await revoke('access_tokens', 'token_key', key, 'evicted_by_cap', now);
      for (const key of refresh) await revoke('refresh_tokens', 'token_key', key, 'evicted_by_cap', now);
      return { access, refresh };
    },
    async purge(tokensDeadSince, requestsDeadSince, limit) {
      const tables = [
        ['authorization_requests', 'request_key', 'expires_at', requestsDeadSince],
        ['sessions', 'session_key', 'expires_at', requestsDeadSince],
        ['one_time_tokens', 'token_key', 'expires_at', requestsDeadSince],
        ['throttles', 'name', 'window_ends_at', requestsDeadSince],
        ['authorization_codes', 'family_key', 'expires_at', tokensDeadSince],
        ['access_tokens', 'token_key', 'expires_at', tokensDeadSince],
        ['refresh_tokens', 'token_key', 'idle_expires_at', tokensDeadSince],
        ['customer_tokens', 'token_key', 'expires_at', tokensDeadSince],
      ] as const;
      let deleted = 0;
      for (const [table, key, expiry, deadSince] of tables)
        deleted += await session.execute((db) =>
          db
            // The tables differ only in the names of these two columns; all are integers.
            .deleteFrom(table as 'access_tokens')
            .where(key as 'token_key', 'in', (eb) =>
              eb
                .selectFrom(table as 'access_tokens')
                .select(key as 'token_key')
                .where(expiry as 'expires_at', '<', deadSince)
                .orderBy(expiry as 'expires_at')
                .limit(limit),
            ),
        );
      return deleted;
    },
  };
}
