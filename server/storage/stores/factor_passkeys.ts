import type { FactorStore, Passkey } from '../../domain/identity/factor_store.ts';
import type { Session } from '../engine/database.ts';
import type { FactorTables } from '../tables/factors.ts';

type PasskeyQueries = Pick<
  FactorStore,
  | 'addPasskey'
  | 'passkey'
  | 'passkeysOf'
  | 'usePasskey'
  | 'renamePasskey'
  | 'removePasskey'
  | 'addChallenge'
  | 'challenge'
  | 'takeChallenge'
>;

export function passkeyQueries(session: Session): PasskeyQueries {
  return {
    async addPasskey(passkey) {
      const added = await session.execute((db) =>
        db
          .insertInto('passkeys')
          .values({
            passkey_key: passkey.key,
            credential_id: passkey.credentialId,
            account_id: passkey.accountId,
            public_key: passkey.publicKey,
            counter: passkey.counter,
            transports: JSON.stringify(passkey.transports),
            synced: passkey.synced ? 1 : 0,
            name: passkey.name,
            created_at: passkey.createdAt,
            last_used_at: passkey.lastUsedAt,
          })
          .onConflict((conflict) => conflict.column('credential_id').doNothing()),
      );
      return added === 1;
    },
    async passkey(credentialId) {
      const [row] = await session.query((db) =>
        db.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId),
      );
      return row && toPasskey(row);
    },
    async passkeysOf(accountId) {
      const rows = await session.query((db) =>
        db.selectFrom('passkeys').selectAll().where('account_id', '=', accountId).orderBy('passkey_key'),
      );
      return rows.map(toPasskey);
    },
    async usePasskey(key, counter, now) {
      const used = await session.execute((db) =>
        db
          .updateTable('passkeys')
          .set({ counter, last_used_at: now })
          .where('passkey_key', '=', key)
          .where((eb) => (counter === 0 ? eb('counter', '=', 0) : eb('counter', '<', counter))),
      );
      return used === 1;
    },
    async renamePasskey(accountId, key, name) {
      const renamed = await session.execute((db) =>
        db
          .updateTable('passkeys')
          .set({ name })
          .where('passkey_key', '=', key)
          .where('account_id', '=', accountId),
      );
      return renamed === 1;
    },
    async removePasskey(accountId, key) {
      const removed = await session.execute((db) =>
        db.deleteFrom('passkeys').where('passkey_key', '=', key).where('account_id', '=', accountId),
      );
      return removed === 1;
    },

    async addChallenge(challenge) {
      await session.execute((db) =>
        db.insertInto('passkey_challenges').values({
          challenge_key: challenge.key,
          secret_hash: challenge.secretHash,
          browser_hash: challenge.browserHash,
          purpose: challenge.purpose,
          account_id: challenge.accountId,
          expires_at: challenge.expiresAt,
        }),
      );
    },
    async challenge(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('passkey_challenges').selectAll().where('challenge_key', '=', key),
      );
      return (
        row && {
          key: row.challenge_key,
          secretHash: row.secret_hash,
          browserHash: row.browser_hash,
          purpose: row.purpose,
          accountId: row.account_id,
          expiresAt: row.expires_at,
        }
      );
    },
    async takeChallenge(key, now) {
      const taken = await session.execute((db) =>
        db.deleteFrom('passkey_challenges').where('challenge_key', '=', key).where('expires_at', '>', now),
      );
      return taken === 1;
    },
  };
}

function toPasskey(row: FactorTables['passkeys']): Passkey {
  return {
    key: row.passkey_key,
    credentialId: row.credential_id,
    accountId: row.account_id,
    publicKey: row.public_key,
    counter: row.counter,
    transports: JSON.parse(row.transports) as string[],
    synced: row.synced === 1,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
