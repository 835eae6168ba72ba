import type { OpenidLogin, OpenidStore, SigningKey } from '../../domain/openid/openid_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { OpenidTables } from '../tables/openid.ts';

type LoginRow = OpenidTables['openid_logins'];

const loginRow = statement<{ key: number }, LoginRow>((db, p) =>
  db.selectFrom('openid_logins').selectAll().where('family_key', '=', p.key),
);

/** Signing keys and logins, on one read or one unit of work. */
export function createOpenidStore(session: Session): OpenidStore {
  return {
    async signingKeys() {
      const rows = await session.query((db) =>
        db.selectFrom('signing_keys').selectAll().orderBy('generation'),
      );
      return rows.map(toSigningKey);
    },
    async addSigningKey(key) {
      const added = await session.execute((db) =>
        db
          .insertInto('signing_keys')
          .values({
            generation: key.generation,
            key_id: key.keyId,
            public_jwk: key.publicJwk,
            sealed_private_jwk: key.sealedPrivateJwk,
            published_at: key.publishedAt,
            signs_from: key.signsFrom,
          })
          .onConflict((conflict) => conflict.column('generation').doNothing()),
      );
      return added === 1;
    },
    forgetSigningKeys: (before) =>
      session.execute((db) => db.deleteFrom('signing_keys').where('generation', '<', before)),

    async addLogin(login) {
      await session.execute((db) =>
        db.insertInto('openid_logins').values({
          family_key: login.familyKey,
          nonce: login.nonce,
          auth_time: login.authTime,
          amr: login.amr.join(' '),
          session_id: login.sessionId,
          expires_at: login.expiresAt,
        }),
      );
    },
    async login(familyKey) {
      const row = await session.first(loginRow, { key: familyKey });
      return row && toLogin(row);
    },
    purgeLogins: (expiredBefore, limit) =>
      session.execute((db) =>
        db
          .deleteFrom('openid_logins')
          .where('family_key', 'in', (eb) =>
            eb
              .selectFrom('openid_logins')
              .select('family_key')
              .where('expires_at', '<', expiredBefore)
              .orderBy('expires_at')
              .limit(limit),
          ),
      ),
  };
}

function toSigningKey(row: OpenidTables['signing_keys']): SigningKey {
  return {
    generation: row.generation,
    keyId: row.key_id,
    publicJwk: row.public_jwk,
    sealedPrivateJwk: row.sealed_private_jwk,
    publishedAt: row.published_at,
    signsFrom: row.signs_from,
  };
}

function toLogin(row: LoginRow): OpenidLogin {
  return {
    familyKey: row.family_key,
    nonce: row.nonce,
    authTime: row.auth_time,
    amr: row.amr.split(' ') as OpenidLogin['amr'],
    sessionId: row.session_id,
    expiresAt: row.expires_at,
  };
}
