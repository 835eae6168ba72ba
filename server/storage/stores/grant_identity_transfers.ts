import type { CustomerGrantStore } from '../../domain/grants/customer_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { CustomerIdentityTables } from '../tables/customer_identities.ts';

type TransferRow = CustomerIdentityTables['identity_transfers'];
type TransferQueries = Pick<
  CustomerGrantStore,
  'addIdentityTransfer' | 'identityTransfer' | 'consumeIdentityTransfer'
>;

const transferRow = statement<{ key: number }, TransferRow>((db, p) =>
  db.selectFrom('identity_transfers').selectAll().where('transfer_key', '=', p.key),
);

const consume = statement<{ key: number; now: number }, unknown>((db, p) =>
  db
    .updateTable('identity_transfers')
    .set({ consumed_at: p.now })
    .where('transfer_key', '=', p.key)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', p.now),
);

export function identityTransferQueries(session: Session): TransferQueries {
  return {
    async addIdentityTransfer(transfer) {
      await session.execute((db) =>
        db.insertInto('identity_transfers').values({
          transfer_key: transfer.key,
          secret_hash: transfer.secretHash,
          license_id: transfer.licenseId,
          customer_id: transfer.customerId,
          client_id: transfer.clientId,
          code_challenge: transfer.codeChallenge,
          code_challenge_method: transfer.codeChallengeMethod,
          created_at: transfer.createdAt,
          expires_at: transfer.expiresAt,
          consumed_at: transfer.consumedAt,
        }),
      );
    },
    async identityTransfer(key) {
      const row = await session.first(transferRow, { key });
      if (!row) return undefined;
      const method = row.code_challenge_method;
      return {
        key: row.transfer_key,
        secretHash: row.secret_hash,
        licenseId: row.license_id,
        customerId: row.customer_id,
        clientId: row.client_id,
        codeChallenge: row.code_challenge,
        codeChallengeMethod: method === 'S256' || method === 'plain' ? method : null,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        consumedAt: row.consumed_at,
      };
    },
    consumeIdentityTransfer: async (key, now) => (await session.run(consume, { key, now })) === 1,
  };
}
