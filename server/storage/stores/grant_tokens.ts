import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { toAccessToken, toRefreshToken } from './grant_rows.ts';

type AccessRow = GrantTables['access_tokens'];
type RefreshRow = GrantTables['refresh_tokens'];
type TokenQueries = Pick<
  GrantStore,
  'accessToken' | 'refreshToken' | 'rotateRefreshToken' | 'extendRefreshToken'
>;

const accessRow = statement<{ key: number }, AccessRow>((db, p) =>
  db.selectFrom('access_tokens').selectAll().where('token_key', '=', p.key),
);

const refreshRow = statement<{ key: number }, RefreshRow>((db, p) =>
  db.selectFrom('refresh_tokens').selectAll().where('token_key', '=', p.key),
);

const rotate = statement<{ key: number; refreshKey: number; accessKey: number; now: number }, unknown>(
  (db, p) =>
    db
      .updateTable('refresh_tokens')
      .set({ rotated_at: p.now, successor_key: p.refreshKey, successor_access_key: p.accessKey })
      .where('token_key', '=', p.key)
      .where('rotated_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('idle_expires_at', '>', p.now)
      .where('absolute_expires_at', '>', p.now),
);

const extend = statement<{ key: number; idleExpiresAt: number; now: number }, unknown>((db, p) =>
  db
    .updateTable('refresh_tokens')
    .set({ idle_expires_at: p.idleExpiresAt })
    .where('token_key', '=', p.key)
    .where('rotated_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', p.now)
    .where('absolute_expires_at', '>', p.now),
);

export function tokenQueries(session: Session): TokenQueries {
  return {
    async accessToken(key) {
      const row = await session.first(accessRow, { key });
      return row && toAccessToken(row);
    },
    async refreshToken(key) {
      const row = await session.first(refreshRow, { key });
      return row && toRefreshToken(row);
    },
    rotateRefreshToken: async (key, successor, now) =>
      (await session.run(rotate, { key, ...successor, now })) === 1,
    extendRefreshToken: async (key, idleExpiresAt, now) =>
      (await session.run(extend, { key, idleExpiresAt, now })) === 1,
  };
}
