import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { toCode } from './grant_rows.ts';

type CodeRow = GrantTables['authorization_codes'];
type CodeQueries = Pick<GrantStore, 'addCode' | 'code' | 'consumeCode'>;

const insertCode = statement<CodeRow, unknown>((db, p) =>
  db.insertInto('authorization_codes').values({
    family_key: p.family_key,
    secret_hash: p.secret_hash,
    grant_key: p.grant_key,
    license_id: p.license_id,
    account_id: p.account_id,
    client_id: p.client_id,
    scopes: p.scopes,
    resources: p.resources,
    redirect_uri: p.redirect_uri,
    code_challenge: p.code_challenge,
    code_challenge_method: p.code_challenge_method,
    created_at: p.created_at,
    expires_at: p.expires_at,
    consumed_at: p.consumed_at,
  }),
);

const codeRow = statement<{ key: number }, CodeRow>((db, p) =>
  db.selectFrom('authorization_codes').selectAll().where('family_key', '=', p.key),
);

const consume = statement<{ key: number; now: number }, unknown>((db, p) =>
  db
    .updateTable('authorization_codes')
    .set({ consumed_at: p.now })
    .where('family_key', '=', p.key)
    .where('consumed_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', p.now),
);

export function codeQueries(session: Session): CodeQueries {
  return {
    async addCode(code) {
      await session.run(insertCode, {
        family_key: code.familyKey,
        secret_hash: code.secretHash,
        grant_key: code.grantKey,
        license_id: code.licenseId,
        account_id: code.accountId,
        client_id: code.clientId,
        scopes: code.scopes,
        resources: code.resources,
        redirect_uri: code.redirectUri,
        code_challenge: code.codeChallenge,
        code_challenge_method: code.codeChallengeMethod,
        created_at: code.createdAt,
        expires_at: code.expiresAt,
        consumed_at: code.consumedAt,
        revoked_at: code.revokedAt,
        revoked_reason: code.revokedReason,
      });
    },
    async code(key) {
      const row = await session.first(codeRow, { key });
      return row && toCode(row);
    },
    consumeCode: async (key, now) => (await session.run(consume, { key, now })) === 1,
  };
}
