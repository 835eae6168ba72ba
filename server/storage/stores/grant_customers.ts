import type { CustomerGrantStore } from '../../domain/grants/customer_store.ts';
import type { CustomerToken } from '../../domain/grants/records.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { customerBrowserQueries } from './grant_customer_browsers.ts';
import { identityTransferQueries } from './grant_identity_transfers.ts';

type TokenRow = GrantTables['customer_tokens'];
type TokenQueries = Pick<
  CustomerGrantStore,
  | 'addCustomerToken'
  | 'customerToken'
  | 'revokeCustomerToken'
  | 'revokeCustomerFamily'
  | 'isInstalled'
  | 'registeredRedirectUris'
>;

const insertToken = statement<Omit<TokenRow, 'revoked_at'>, unknown>((db, p) =>
  db.insertInto('customer_tokens').values({
    token_key: p.token_key,
    secret_hash: p.secret_hash,
    license_id: p.license_id,
    customer_id: p.customer_id,
    client_id: p.client_id,
    family_key: p.family_key,
    created_at: p.created_at,
    expires_at: p.expires_at,
  }),
);

const tokenRow = statement<{ key: number }, TokenRow>((db, p) =>
  db.selectFrom('customer_tokens').selectAll().where('token_key', '=', p.key),
);

/** All that customers are authorized by. */
export function customerGrantQueries(session: Session): CustomerGrantStore {
  return {
    ...tokenQueries(session),
    ...customerBrowserQueries(session),
    ...identityTransferQueries(session),
  };
}

function tokenQueries(session: Session): TokenQueries {
  return {
    async addCustomerToken(token) {
      await session.run(insertToken, {
        token_key: token.key,
        secret_hash: token.secretHash,
        license_id: token.licenseId,
        customer_id: token.customerId,
        client_id: token.clientId,
        family_key: token.familyKey,
        created_at: token.createdAt,
        expires_at: token.expiresAt,
      });
    },
    async customerToken(key) {
      const row = await session.first(tokenRow, { key });
      return row && toCustomerToken(row);
    },
    revokeCustomerToken: (key, now) => revoke('token_key', key, now),
    revokeCustomerFamily: (familyKey, now) => revoke('family_key', familyKey, now),
    async isInstalled(appId, licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('installations')
          .select('app_id')
          .where('app_id', '=', appId)
          .where('license_id', '=', licenseId),
      );
      return rows.length > 0;
    },
    async registeredRedirectUris() {
      const rows = await session.query((db) => db.selectFrom('clients').select('redirect_uris').distinct());
      return rows.flatMap((row) => JSON.parse(row.redirect_uris) as string[]);
    },
  };

  async function revoke(column: 'token_key' | 'family_key', key: number, now: number): Promise<void> {
    await session.execute((db) =>
      db
        .updateTable('customer_tokens')
        .set({ revoked_at: now })
        .where(column, '=', key)
        .where('revoked_at', 'is', null),
    );
  }
}

function toCustomerToken(row: TokenRow): CustomerToken {
  return {
    key: row.token_key,
    secretHash: row.secret_hash,
    licenseId: row.license_id,
    customerId: row.customer_id,
    clientId: row.client_id,
    familyKey: row.family_key,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
