import type { Migration, MigrationStep } from './migration.ts';

/**
 * The index that finds an account's surplus tokens answers alone, without a look at each row; and refresh
 * tokens that were rotated away are left out of it, which an app that refreshes all day makes by the thousand.
 */
export const liveTokens: Migration = {
  name: '0010_live_tokens',
  steps: () => [
    (db) => db.schema.dropIndex('access_tokens_by_client_id_account_id_token_key'),
    liveIndex('access_tokens', 'expires_at', ['revoked_at']),
    (db) => db.schema.dropIndex('refresh_tokens_by_client_id_account_id_token_key'),
    liveIndex('refresh_tokens', 'idle_expires_at', ['revoked_at', 'rotated_at']),
  ],
};

function liveIndex(table: string, expiry: string, unlessSet: readonly string[]): MigrationStep {
  return (db) => {
    let index = db.schema
      .createIndex(`${table}_live`)
      .on(table)
      .columns(['client_id', 'account_id', 'token_key', expiry]);
    for (const column of unlessSet) index = index.where(column, 'is', null);
    return index;
  };
}
