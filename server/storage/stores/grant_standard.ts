import type { DeviceRequest, PushedRequest, StandardGrantStore } from '../../domain/grants/standard_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { StandardTables } from '../tables/standard.ts';

type DeviceRow = StandardTables['device_requests'];

const deviceRow = statement<{ key: number }, DeviceRow>((db, p) =>
  db.selectFrom('device_requests').selectAll().where('device_key', '=', p.key),
);

/** Pushed requests and devices, on one read or one unit of work. */
export function standardGrantQueries(session: Session): StandardGrantStore {
  return {
    async addPushedRequest(request) {
      await session.execute((db) =>
        db.insertInto('pushed_requests').values({
          request_key: request.key,
          secret_hash: request.secretHash,
          client_id: request.clientId,
          parameters: request.parameters,
          created_at: request.createdAt,
          expires_at: request.expiresAt,
        }),
      );
    },
    async pushedRequest(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('pushed_requests').selectAll().where('request_key', '=', key),
      );
      return row && toPushedRequest(row);
    },
    async takePushedRequest(key, now) {
      const taken = await session.execute((db) =>
        db.deleteFrom('pushed_requests').where('request_key', '=', key).where('expires_at', '>', now),
      );
      return taken === 1;
    },

    async addDeviceRequest(request) {
      const added = await session.execute((db) =>
        db
          .insertInto('device_requests')
          .values({
            device_key: request.key,
            secret_hash: request.secretHash,
            user_code_hash: request.userCodeHash,
            client_id: request.clientId,
            scopes: request.scopes,
            resources: request.resources,
            created_at: request.createdAt,
            expires_at: request.expiresAt,
            interval_seconds: request.intervalSeconds,
          })
          .onConflict((conflict) => conflict.column('user_code_hash').doNothing()),
      );
      return added === 1;
    },
    async deviceRequest(key) {
      const row = await session.first(deviceRow, { key });
      return row && toDeviceRequest(row);
    },
    async deviceRequestByUserCode(userCodeHash) {
      const [row] = await session.query((db) =>
        db.selectFrom('device_requests').selectAll().where('user_code_hash', '=', userCodeHash),
      );
      return row && toDeviceRequest(row);
    },
    async allowDeviceRequest(key, grant, now) {
      const decided = await session.execute((db) =>
        db
          .updateTable('device_requests')
          .set({
            decision: 'allowed',
            decided_at: now,
            license_id: grant.licenseId,
            account_id: grant.accountId,
            grant_key: grant.grantKey,
            granted_scopes: grant.scopes,
          })
          .where('device_key', '=', key)
          .where('decision', 'is', null)
          .where('expires_at', '>', now),
      );
      return decided === 1;
    },
    async denyDeviceRequest(key, now) {
      const decided = await session.execute((db) =>
        db
          .updateTable('device_requests')
          .set({ decision: 'denied', decided_at: now })
          .where('device_key', '=', key)
          .where('decision', 'is', null)
          .where('expires_at', '>', now),
      );
      return decided === 1;
    },
    async markDevicePolled(key, intervalSeconds, now) {
      await session.execute((db) =>
        db
          .updateTable('device_requests')
          .set({ last_polled_at: now, interval_seconds: intervalSeconds })
          .where('device_key', '=', key),
      );
    },
    async consumeDeviceRequest(key, now) {
      const consumed = await session.execute((db) =>
        db
          .updateTable('device_requests')
          .set({ consumed_at: now })
          .where('device_key', '=', key)
          .where('decision', '=', 'allowed')
          .where('consumed_at', 'is', null)
          .where('expires_at', '>', now),
      );
      return consumed === 1;
    },
  };
}

function toPushedRequest(row: StandardTables['pushed_requests']): PushedRequest {
  return {
    key: row.request_key,
    secretHash: row.secret_hash,
    clientId: row.client_id,
    parameters: row.parameters,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

function toDeviceRequest(row: DeviceRow): DeviceRequest {
  const { license_id: licenseId, account_id: accountId, grant_key: grantKey, granted_scopes: granted } = row;
  const allowed = licenseId !== null && accountId !== null && grantKey !== null && granted !== null;
  return {
    key: row.device_key,
    secretHash: row.secret_hash,
    userCodeHash: row.user_code_hash,
    clientId: row.client_id,
    scopes: row.scopes,
    resources: row.resources,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    intervalSeconds: row.interval_seconds,
    lastPolledAt: row.last_polled_at,
    decision: row.decision,
    grant: allowed ? { licenseId, accountId, grantKey, scopes: granted } : null,
    consumedAt: row.consumed_at,
  };
}
