import type { FactorStore } from '../../domain/identity/factor_store.ts';
import type { Session } from '../engine/database.ts';
import type { FactorTables } from '../tables/factors.ts';
import { passkeyQueries } from './factor_passkeys.ts';

/** Second factors and passkeys, on one read or one unit of work. */
export function createFactorStore(session: Session): FactorStore {
  return { ...passkeyQueries(session), ...codeQueries(session), ...attemptQueries(session) };
}

function codeQueries(
  session: Session,
): Pick<
  FactorStore,
  | 'totp'
  | 'addTotp'
  | 'useTotpStep'
  | 'removeTotp'
  | 'replaceRecoveryCodes'
  | 'recoveryCodes'
  | 'useRecoveryCode'
  | 'removeRecoveryCodes'
> {
  return {
    async totp(accountId) {
      const [row] = await session.query((db) =>
        db.selectFrom('totp_factors').selectAll().where('account_id', '=', accountId),
      );
      return (
        row && {
          accountId: row.account_id,
          sealedSecret: row.sealed_secret,
          lastUsedStep: row.last_used_step,
          createdAt: row.created_at,
        }
      );
    },
    async addTotp(totp) {
      const added = await session.execute((db) =>
        db
          .insertInto('totp_factors')
          .values({
            account_id: totp.accountId,
            sealed_secret: totp.sealedSecret,
            last_used_step: totp.lastUsedStep,
            created_at: totp.createdAt,
          })
          .onConflict((conflict) => conflict.column('account_id').doNothing()),
      );
      return added === 1;
    },
    async useTotpStep(accountId, step) {
      const used = await session.execute((db) =>
        db
          .updateTable('totp_factors')
          .set({ last_used_step: step })
          .where('account_id', '=', accountId)
          .where('last_used_step', '<', step),
      );
      return used === 1;
    },
    async removeTotp(accountId) {
      const removed = await session.execute((db) =>
        db.deleteFrom('totp_factors').where('account_id', '=', accountId),
      );
      return removed === 1;
    },

    async replaceRecoveryCodes(accountId, codes) {
      // Place by place: of two who replace them at once, the later one's are all that is left.
      for (const { slot, hash } of codes)
        await session.execute((db) =>
          db
            .insertInto('recovery_codes')
            .values({ account_id: accountId, slot, code_hash: hash, used_at: null })
            .onConflict((conflict) =>
              conflict.columns(['account_id', 'slot']).doUpdateSet({ code_hash: hash, used_at: null }),
            ),
        );
    },
    async recoveryCodes(accountId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('recovery_codes')
          .select(['slot', 'code_hash'])
          .where('account_id', '=', accountId)
          .where('used_at', 'is', null)
          .orderBy('slot'),
      );
      return rows.map((row) => ({ slot: row.slot, hash: row.code_hash }));
    },
    async useRecoveryCode(accountId, code, now) {
      const used = await session.execute((db) =>
        db
          .updateTable('recovery_codes')
          .set({ used_at: now })
          .where('account_id', '=', accountId)
          .where('slot', '=', code.slot)
          .where('code_hash', '=', code.hash)
          .where('used_at', 'is', null),
      );
      return used === 1;
    },
    async removeRecoveryCodes(accountId) {
      await session.execute((db) => db.deleteFrom('recovery_codes').where('account_id', '=', accountId));
    },
  };
}

function attemptQueries(
  session: Session,
): Pick<FactorStore, 'addSignInAttempt' | 'signInAttempt' | 'takeSignInAttempt'> {
  return {
    async addSignInAttempt(attempt) {
      await session.execute((db) =>
        db.insertInto('sign_in_attempts').values({
          attempt_key: attempt.key,
          secret_hash: attempt.secretHash,
          browser_hash: attempt.browserHash,
          account_id: attempt.accountId,
          password_mark: attempt.passwordMark,
          remember: attempt.remember ? 1 : 0,
          expires_at: attempt.expiresAt,
          first_factor: attempt.firstFactor,
        }),
      );
    },
    async signInAttempt(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('sign_in_attempts').selectAll().where('attempt_key', '=', key),
      );
      return row && toAttempt(row);
    },
    async takeSignInAttempt(key, now) {
      const taken = await session.execute((db) =>
        db.deleteFrom('sign_in_attempts').where('attempt_key', '=', key).where('expires_at', '>', now),
      );
      return taken === 1;
    },
  };
}

function toAttempt(row: FactorTables['sign_in_attempts']) {
  return {
    key: row.attempt_key,
    secretHash: row.secret_hash,
    browserHash: row.browser_hash,
    accountId: row.account_id,
    passwordMark: row.password_mark,
    remember: row.remember === 1,
    expiresAt: row.expires_at,
    firstFactor: row.first_factor === 'fed' ? ('fed' as const) : ('pwd' as const),
  };
}
