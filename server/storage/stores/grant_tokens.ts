import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { toAccessToken, toRefreshToken } from './grant_rows.ts';

type AccessRow = GrantTables['access_tokens'];
type RefreshRow = GrantTables['refresh_tokens'];
type TokenQueries = Pick<
  GrantStore,
  | 'addAccessToken'
  | 'accessToken'
  | 'addRefreshToken'
  | 'refreshToken'
  | 'rotateRefreshToken'
  | 'extendRefreshToken'
>;

const insertAccess = statement<Omit<AccessRow, 'revoked_at' | 'revoked_reason'>, unknown>((db, p) =>
  db.insertInto('access_tokens').values({
    token_key: p.token_key,
    secret_hash: p.secret_hash,
    family_key: p.family_key,
    refresh_key: p.refresh_key,
    license_id: p.license_id,
    account_id: p.account_id,
    client_id: p.client_id,
    scopes: p.scopes,
    resources: p.resources,
    bot_secret_key: p.bot_secret_key,
    created_at: p.created_at,
    expires_at: p.expires_at,
  }),
);

const accessRow = statement<{ key: number }, AccessRow>((db, p) =>
  db.selectFrom('access_tokens').selectAll().where('token_key', '=', p.key),
);

const insertRefresh = statement<
  Pick<
    RefreshRow,
    | 'token_key'
    | 'secret_hash'
    | 'family_key'
    | 'license_id'
    | 'account_id'
    | 'client_id'
    | 'scopes'
    | 'resources'
    | 'created_at'
    | 'idle_expires_at'
    | 'absolute_expires_at'
  >,
  unknown
>((db, p) =>
  db.insertInto('refresh_tokens').values({
    token_key: p.token_key,
    secret_hash: p.secret_hash,
    family_key: p.family_key,
    license_id: p.license_id,
    account_id: p.account_id,
    client_id: p.client_id,
    scopes: p.scopes,
    resources: p.resources,
    created_at: p.created_at,
    idle_expires_at: p.idle_expires_at,
    absolute_expires_at: p.absolute_expires_at,
  }),
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
    async addAccessToken(token) {
      await session.run(insertAccess, {
        token_key: token.key,
        secret_hash: token.secretHash,
        family_key: token.familyKey,
        refresh_key: token.refreshKey,
        license_id: token.licenseId,
        account_id: token.accountId,
        client_id: token.clientId,
        scopes: token.scopes,
        resources: token.resources,
        bot_secret_key: token.botSecretKey,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
      });
    },
    async accessToken(key) {
      const row = await session.first(accessRow, { key });
      return row && toAccessToken(row);
    },
    async addRefreshToken(token) {
      await session.run(insertRefresh, {
        token_key: token.key,
        secret_hash: token.secretHash,
        family_key: token.familyKey,
        license_id: token.licenseId,
        account_id: token.accountId,
        client_id: token.clientId,
        scopes: token.scopes,
        resources: token.resources,
        created_at: token.createdAt,
        idle_expires_at: token.idleExpiresAt,
        absolute_expires_at: token.absoluteExpiresAt,
      });
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
