import type { Family, GrantStore } from '../../domain/grants/grant_store.ts';
import type { AccessToken, RefreshToken } from '../../domain/grants/records.ts';
import { equalBytes } from '../../kernel/keyring.ts';
import type { Session } from '../engine/database.ts';
import { tokensHeld } from './grant_holders.ts';
import { toAccessToken, toPersonalAccessToken, toRefreshToken } from './grant_rows.ts';

type FamilyQueries = Pick<
  GrantStore,
  | 'familyTokens'
  | 'revokeRefreshBranch'
  | 'revokeAccessToken'
  | 'personalAccessTokenByKey'
  | 'personalAccessTokenBySecret'
>;

/** Successors that are followed at most: a family that rotates each hour for months is not read as a whole. */
const STEPS = 25;

/**
 * The tables of tokens have no index by family, which every issued token would have to pay for. A family is found by
 * what leads to its members: the first by the moment at which the code was used up, since keys are ordered by time;
 * the next ones by the successor that each rotated token names; the living ones by their holder's list.
 */
export function familyQueries(session: Session): FamilyQueries {
  async function accessRows(
    familyKey: number,
    keys: readonly number[],
    around?: { from: number; to: number },
  ): Promise<AccessToken[]> {
    const rows = await session.query((db) =>
      db
        .selectFrom('access_tokens')
        .selectAll()
        .where((eb) =>
          eb.or([
            ...(keys.length > 0 ? [eb('token_key', 'in', [...keys])] : []),
            ...(around
              ? [eb.and([eb('token_key', '>=', around.from), eb('token_key', '<', around.to)])]
              : []),
          ]),
        )
        .where('family_key', '=', familyKey)
        .orderBy('token_key'),
    );
    return rows.map(toAccessToken);
  }

  async function refreshRows(
    familyKey: number,
    keys: readonly number[],
    around?: { from: number; to: number },
  ): Promise<RefreshToken[]> {
    const rows = await session.query((db) =>
      db
        .selectFrom('refresh_tokens')
        .selectAll()
        .where((eb) =>
          eb.or([
            ...(keys.length > 0 ? [eb('token_key', 'in', [...keys])] : []),
            ...(around
              ? [eb.and([eb('token_key', '>=', around.from), eb('token_key', '<', around.to)])]
              : []),
          ]),
        )
        .where('family_key', '=', familyKey)
        .orderBy('token_key'),
    );
    return rows.map(toRefreshToken);
  }

  const refreshOf = async ({ familyKey }: Family, keys: readonly number[]) =>
    keys.length === 0 ? [] : refreshRows(familyKey, keys);

  return {
    async familyTokens(family, { around, access: knownAccess, refresh: knownRefresh }) {
      const { familyKey, clientId, accountId } = family;
      const held =
        accountId === null ? { access: [], refresh: [] } : await tokensHeld(session, { clientId, accountId });
      const refresh = new Map<number, RefreshToken>();
      const keep = (rows: readonly RefreshToken[]) => {
        for (const row of rows) refresh.set(row.key, row);
      };
      keep(await refreshRows(familyKey, [...new Set([...held.refresh, ...knownRefresh])], around));
      let complete = false;
      for (let step = 0; step < STEPS && !complete; step++) {
        const next = [...refresh.values()]
          .map(({ successorKey }) => successorKey)
          .filter((key) => key !== null && !refresh.has(key));
        const rows = await refreshOf(family, next as number[]);
        keep(rows);
        complete = rows.length === 0;
      }
      const accessKeys = new Set([...held.access, ...knownAccess]);
      for (const { successorAccessKey } of refresh.values())
        if (successorAccessKey !== null) accessKeys.add(successorAccessKey);
      const access = await accessRows(familyKey, [...accessKeys], around);
      return { access, refresh: [...refresh.values()].sort((a, b) => a.key - b.key), complete };
    },

    async revokeRefreshBranch(family, key, reason, now) {
      const { clientId, accountId } = family;
      const branch = new Map<number, RefreshToken>();
      let next = [key];
      while (next.length > 0) {
        await session.execute((db) =>
          db
            .updateTable('refresh_tokens')
            .set({ revoked_at: now, revoked_reason: reason })
            .where('token_key', 'in', next)
            .where('revoked_at', 'is', null),
        );
        // Whoever rotates one holds its row: the update waited for that, so that the successor is seen now.
        const rows = await refreshOf(family, next);
        for (const row of rows) branch.set(row.key, row);
        next = rows.flatMap(({ successorKey }) =>
          successorKey === null || branch.has(successorKey) ? [] : [successorKey],
        );
      }
      const held = accountId === null ? [] : (await tokensHeld(session, { clientId, accountId })).access;
      const accessKeys = [
        ...held,
        ...[...branch.values()].flatMap(({ successorAccessKey }) => successorAccessKey ?? []),
      ];
      if (accessKeys.length === 0) return;
      await session.execute((db) =>
        db
          .updateTable('access_tokens')
          .set({ revoked_at: now, revoked_reason: reason })
          .where('token_key', 'in', accessKeys)
          .where('refresh_key', 'in', [...branch.keys(), key])
          .where('revoked_at', 'is', null),
      );
    },

    async revokeAccessToken(key, reason, now) {
      const changed = await session.execute((db) =>
        db
          .updateTable('access_tokens')
          .set({ revoked_at: now, revoked_reason: reason })
          .where('token_key', '=', key)
          .where('revoked_at', 'is', null),
      );
      return changed === 1;
    },

    async personalAccessTokenByKey(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('personal_access_tokens').selectAll().where('token_key', '=', key),
      );
      return row && toPersonalAccessToken(row);
    },

    async personalAccessTokenBySecret(licenseId, accountId, secretHash) {
      const rows = await session.query((db) =>
        db
          .selectFrom('personal_access_tokens')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('license_id', '=', licenseId),
      );
      return rows.map(toPersonalAccessToken).find((token) => equalBytes(token.secretHash, secretHash));
    },
  };
}
