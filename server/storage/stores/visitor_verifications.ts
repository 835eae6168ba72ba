import type {
  EmailVerification,
  EmailVerificationStore,
} from '../../domain/customers/email_verification_store.ts';
import type { Session } from '../engine/database.ts';
import type { VisitorTables } from '../tables/visitors.ts';

const TABLE = 'customer_email_verifications';

export function verificationVerbs(session: Session, licenseId: number): EmailVerificationStore {
  return {
    async addEmailVerification(verification) {
      await session.execute((db) =>
        db
          .updateTable(TABLE)
          .set({ expires_at: verification.expiresAt })
          .where('license_id', '=', licenseId)
          .where('customer_id', '=', verification.customerId)
          .where('email', '=', verification.email)
          .where('consumed_at', 'is', null)
          .where('expires_at', '>', verification.createdAt),
      );
      await session.execute((db) =>
        db.insertInto(TABLE).values({
          verification_key: verification.key,
          license_id: licenseId,
          customer_id: verification.customerId,
          email: verification.email,
          secret_hash: verification.secretHash,
          callback_uri: verification.callbackUri,
          created_at: verification.createdAt,
          expires_at: verification.expiresAt,
          consumed_at: null,
        }),
      );
    },
    async emailVerification(key) {
      const [row] = await session.query((db) =>
        db
          .selectFrom(TABLE)
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('verification_key', '=', key),
      );
      return row && toVerification(row);
    },
    async consumeEmailVerification(key, now) {
      const changed = await session.execute((db) =>
        db
          .updateTable(TABLE)
          .set({ consumed_at: now })
          .where('license_id', '=', licenseId)
          .where('verification_key', '=', key)
          .where('consumed_at', 'is', null)
          .where('expires_at', '>', now),
      );
      return changed === 1;
    },
    async consumeEmailVerificationsOf(customerId, email, now) {
      const rows = await session.query((db) =>
        db
          .updateTable(TABLE)
          .set({ consumed_at: now })
          .where('license_id', '=', licenseId)
          .where('customer_id', '=', customerId)
          .where('email', '=', email)
          .where('consumed_at', 'is', null)
          .where('expires_at', '>', now)
          .returningAll(),
      );
      return rows.map(toVerification).sort((one, other) => other.key - one.key);
    },
    async clearEmailVerifications(expiredBefore) {
      await session.execute((db) =>
        db.deleteFrom(TABLE).where('license_id', '=', licenseId).where('expires_at', '<', expiredBefore),
      );
    },
  };
}

function toVerification(row: VisitorTables['customer_email_verifications']): EmailVerification {
  return {
    key: row.verification_key,
    customerId: row.customer_id,
    email: row.email,
    secretHash: row.secret_hash,
    callbackUri: row.callback_uri,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    consumedAt: row.consumed_at,
  };
}
