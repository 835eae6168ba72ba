import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { type Holder, keysIn, tokensHeld } from './grant_holders.ts';

type RevocationQueries = Pick<
  GrantStore,
  'withdrawGrant' | 'revokeMember' | 'revokeFamily' | 'revokeClient' | 'revokeBotTokens'
>;

type IssuedTable = 'authorization_codes' | 'access_tokens' | 'refresh_tokens';
type IssuedColumn = 'family_key' | 'license_id' | 'bot_secret_key' | 'client_id' | 'account_id';
type Of = Partial<Record<IssuedColumn, number | string>>;

/** Rows that one statement names at most. */
const CHUNK = 500;

export function revocationQueries(session: Session): RevocationQueries {
  /** @param keys only these, where it is known which may be concerned */
  async function revoke(
    table: IssuedTable,
    keys: readonly number[] | undefined,
    of: Of,
    reason: string,
    now: number,
  ): Promise<number> {
    let changed = 0;
    const count = keys ? keys.length : 1;
    for (let from = 0; from < count; from += CHUNK)
      changed += await session.execute((db) => {
        let update = db
          // The tables have these columns in common; each caller names those that its table has.
          .updateTable(table as 'access_tokens')
          .set({ revoked_at: now, revoked_reason: reason })
          .where('revoked_at', 'is', null);
        if (keys) update = update.where('token_key', 'in', keys.slice(from, from + CHUNK));
        for (const [column, value] of Object.entries(of))
          update = update.where(column as 'family_key', '=', value as number);
        return update;
      });
    return changed;
  }

  /**
   * Refresh tokens until none is left, then access tokens. Who issues a token holds the row of the code or refresh
   * token that it comes from; waiting for that row is what makes the new token visible to the next statement
   * (PostgreSQL, READ COMMITTED), and the holder's list is read anew each time. Codes have to be dead before.
   * @returns how many tokens it met
   */
  async function revokeHeld(holder: Holder, of: Of, reason: string, now: number): Promise<number> {
    let changed = 0;
    for (;;) {
      const { refresh } = await tokensHeld(session, holder);
      const round = await revoke('refresh_tokens', refresh, of, reason, now);
      if (round === 0) break;
      changed += round;
    }
    const { access } = await tokensHeld(session, holder);
    return changed + (await revoke('access_tokens', access, of, reason, now));
  }

  async function revokeGrant(
    grant: { license_id: number; account_id: string; client_id: string },
    reason: string,
    now: number,
  ): Promise<void> {
    const { license_id, account_id, client_id } = grant;
    await revoke('authorization_codes', undefined, { client_id, account_id, license_id }, reason, now);
    await revokeHeld({ clientId: client_id, accountId: account_id }, { license_id }, reason, now);
  }

  /** The holders of a client, some at a time. */
  async function holdersOf(clientId: string, after: string) {
    const rows = await session.query((db) =>
      db
        .selectFrom('token_holders')
        .selectAll()
        .where('client_id', '=', clientId)
        .where('account_id', '>', after)
        .orderBy('account_id')
        .limit(CHUNK),
    );
    return rows;
  }

  /** @returns how many tokens it met */
  async function revokeAllOf(
    clientId: string,
    table: 'access_tokens' | 'refresh_tokens',
    reason: string,
    now: number,
  ): Promise<number> {
    const list = table === 'access_tokens' ? 'access_keys' : 'refresh_keys';
    let changed = 0;
    let holders = await holdersOf(clientId, '');
    while (holders.length > 0) {
      const keys = holders.flatMap((holder) => keysIn(holder[list]));
      changed += await revoke(table, keys, {}, reason, now);
      holders = await holdersOf(clientId, holders.at(-1)?.account_id ?? '');
    }
    return changed;
  }

  return {
    async withdrawGrant(accountId, grantId, now) {
      const [grant] = await session.query((db) =>
        db.deleteFrom('grants').where('id', '=', grantId).where('account_id', '=', accountId).returningAll(),
      );
      if (!grant) return false;
      await revokeGrant(grant, 'grant_withdrawn', now);
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
      for (const grant of grants) await revokeGrant(grant, reason, now);
      await session.execute((db) =>
        db
          .updateTable('personal_access_tokens')
          .set({ revoked_at: now })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('revoked_at', 'is', null),
      );
    },
    async revokeFamily({ familyKey, clientId, accountId }, reason, now) {
      const family = { family_key: familyKey };
      await session.execute((db) => db.deleteFrom('session_families').where('family_key', '=', familyKey));
      const codes = await revoke('authorization_codes', undefined, family, reason, now);
      const tokens = accountId === null ? 0 : await revokeHeld({ clientId, accountId }, family, reason, now);
      return codes + tokens > 0;
    },
    async revokeClient(clientId, reason, now) {
      await revoke('authorization_codes', undefined, { client_id: clientId }, reason, now);
      while ((await revokeAllOf(clientId, 'refresh_tokens', reason, now)) > 0);
      await revokeAllOf(clientId, 'access_tokens', reason, now);
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
    async revokeBotTokens({ id, clientId, licenseId }, secretKey, reason, now) {
      const { access } = await tokensHeld(session, { clientId, accountId: id });
      const of = {
        ...(secretKey === undefined ? {} : { bot_secret_key: secretKey }),
        ...(licenseId === undefined ? {} : { license_id: licenseId }),
      };
      await revoke('access_tokens', access, of, reason, now);
    },
  };
}
