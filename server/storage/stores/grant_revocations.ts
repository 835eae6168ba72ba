import { sql } from 'kysely';
import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { purgeCustomerBrowsers } from './grant_customer_browsers.ts';

type RevocationQueries = Pick<
  GrantStore,
  | 'withdrawGrant'
  | 'revokeMember'
  | 'revokeFamily'
  | 'revokeClient'
  | 'revokeBotTokens'
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

/** A lock of PostgreSQL's on a name, which ends with the unit of work. */
const holding = (name: string) => sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`;

export function revocationQueries(session: Session): RevocationQueries {
  async function revoke(
    table: 'access_tokens' | 'refresh_tokens',
    column: 'token_key' | 'family_key' | 'client_id',
    value: number | string,
    reason: string,
    now: number,
  ): Promise<number> {
    return session.execute((db) =>
      db
        .updateTable(table)
        .set({ revoked_at: now, revoked_reason: reason })
        .where(column, '=', value)
        .where('revoked_at', 'is', null),
    );
  }

  /**
   * Codes first, then refresh tokens until none is left, then access tokens. Who issues a token holds the row
   * of the code or refresh token that it comes from; waiting for that row is what makes the new token visible
   * to the next statement (PostgreSQL, READ COMMITTED).
   */
  async function revokeLine(
    column: 'family_key' | 'client_id',
    value: number | string,
    reason: string,
    now: number,
  ): Promise<void> {
    await revokeCodes(column, value, reason, now);
    while ((await revoke('refresh_tokens', column, value, reason, now)) > 0);
    await revoke('access_tokens', column, value, reason, now);
  }

  /** In the same order, all that came from a grant. */
  async function revokeTokensOf(
    grant: { license_id: number; account_id: string; client_id: string },
    reason: string,
    now: number,
  ): Promise<void> {
    const kill = (table: 'authorization_codes' | 'access_tokens' | 'refresh_tokens') =>
      session.execute((db) =>
        db
          .updateTable(table)
          .set({ revoked_at: now, revoked_reason: reason })
          .where('account_id', '=', grant.account_id)
          .where('client_id', '=', grant.client_id)
          .where('license_id', '=', grant.license_id)
          .where('revoked_at', 'is', null),
      );
    await kill('authorization_codes');
    while ((await kill('refresh_tokens')) > 0);
    await kill('access_tokens');
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
      await revokeTokensOf(grant, 'grant_withdrawn', now);
      return true;
    },
    async revokeMember(licenseId, accountId, reason, now) {
      const grants = await session.query((db) =>
        db
          .deleteFrom('grants')
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .returningAll(),
      );
      for (const grant of grants) await revokeTokensOf(grant, reason, now);
      await session.execute((db) =>
        db
          .updateTable('personal_access_tokens')
          .set({ revoked_at: now })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('revoked_at', 'is', null),
      );
    },
    revokeFamily: (familyKey, reason, now) => revokeLine('family_key', familyKey, reason, now),
    async revokeClient(clientId, reason, now) {
      await revokeLine('client_id', clientId, reason, now);
      await session.execute((db) =>
        db
          .updateTable('customer_tokens')
          .set({ revoked_at: now })
          .where('client_id', '=', clientId)
          .where('revoked_at', 'is', null),
      );
      await session.execute((db) => db.deleteFrom('identity_transfers').where('client_id', '=', clientId));
      await session.execute((db) => db.deleteFrom('grants').where('client_id', '=', clientId));
    },
    async revokeBotTokens({ id, clientId }, secretKey, reason, now) {
      await session.execute((db) => {
        const update = db
          .updateTable('access_tokens')
          .set({ revoked_at: now, revoked_reason: reason })
          .where('client_id', '=', clientId)
          .where('account_id', '=', id)
          .where('revoked_at', 'is', null);
        return secretKey === undefined ? update : update.where('bot_secret_key', '=', secretKey);
      });
    },
    async evictOldest(accountId, clientId, keep, now) {
      const parameters = { accountId, clientId, keep, now };
      // Two that issue at once would each count without the other's token: one waits until the other is done.
      if (session.dialect.name === 'postgres')
        await session.query((db) => db.selectNoFrom(holding(`tokens ${clientId} ${accountId}`).as('held')));
      const access = (await session.all(surplusAccess, parameters)).map((row) => row.token_key);
      const refresh = (await session.all(surplusRefresh, parameters)).map((row) => row.token_key);
      for (const key of access) await revoke('access_tokens', 'token_key', key, 'evicted_by_cap', now);
      for (const key of refresh) await revoke('refresh_tokens', 'token_key', key, 'evicted_by_cap', now);
      return { access, refresh };
    },
    async purge(tokensDeadSince, requestsDeadSince, limit, pushedDeadSince = requestsDeadSince) {
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
        ['access_tokens', 'token_key', 'expires_at', tokensDeadSince],
        ['refresh_tokens', 'token_key', 'idle_expires_at', tokensDeadSince],
        ['customer_tokens', 'token_key', 'expires_at', tokensDeadSince],
        ['identity_transfers', 'transfer_key', 'expires_at', requestsDeadSince],
      ] as const;
      let deleted = await purgeCustomerBrowsers(session, tokensDeadSince, limit);
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
