import type { GrantStore } from '../../domain/grants/grant_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import type { GrantTables } from '../tables/grants.ts';
import { toPersonalAccessToken } from './grant_rows.ts';

type CredentialQueries = Pick<
  GrantStore,
  | 'addPersonalAccessToken'
  | 'personalAccessTokens'
  | 'revokePersonalAccessToken'
  | 'markPersonalAccessTokenUsed'
>;

const personalRows = statement<{ accountId: string }, GrantTables['personal_access_tokens']>((db, p) =>
  db
    .selectFrom('personal_access_tokens')
    .selectAll()
    .where('account_id', '=', p.accountId)
    .where('revoked_at', 'is', null)
    .orderBy('token_key', 'desc'),
);

/** Personal access tokens. */
export function credentialQueries(session: Session): CredentialQueries {
  return {
    async addPersonalAccessToken(token) {
      await session.execute((db) =>
        db.insertInto('personal_access_tokens').values({
          token_key: token.key,
          id: token.id,
          license_id: token.licenseId,
          account_id: token.accountId,
          name: token.name,
          secret_hash: token.secretHash,
          scopes: token.scopes,
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          last_used_at: token.lastUsedAt,
          last_used_from: token.lastUsedFrom,
          revoked_at: token.revokedAt,
        }),
      );
    },
    personalAccessTokens: async (accountId) =>
      (await session.all(personalRows, { accountId })).map(toPersonalAccessToken),
    async revokePersonalAccessToken(accountId, id, now) {
      const revoked = await session.execute((db) =>
        db
          .updateTable('personal_access_tokens')
          .set({ revoked_at: now })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .where('revoked_at', 'is', null),
      );
      return revoked === 1;
    },
    async markPersonalAccessTokenUsed(key, from, now) {
      await session.execute((db) =>
        db
          .updateTable('personal_access_tokens')
          .set({ last_used_at: now, last_used_from: from })
          .where('token_key', '=', key),
      );
    },
  };
}
