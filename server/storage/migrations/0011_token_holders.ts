import { sql } from 'kysely';
import type { Migration, MigrationStep } from './migration.ts';
import { createTable } from './table_builder.ts';

/**
 * The live tokens of a client and account become one row, so that issuing a pair changes one page that is not the
 * newest of its table, where it changed one of each of two indexes. Tokens are found by their keys alone from here
 * on: revocation goes by the holder's row, and the purge walks the tables in their order.
 */
export const tokenHolders: Migration = {
  name: '0011_token_holders',
  steps: (dialect) => [
    createTable(dialect, 'token_holders', {
      columns: { client_id: 'text', account_id: 'text', access_keys: 'text', refresh_keys: 'text' },
      key: ['client_id', 'account_id'],
    }),
    gatherLive,
    ...[
      'access_tokens_by_family_key',
      'access_tokens_by_expires_at',
      'access_tokens_live',
      'refresh_tokens_by_family_key',
      'refresh_tokens_by_idle_expires_at',
      'refresh_tokens_live',
    ].map(
      (index): MigrationStep =>
        (db) =>
          db.schema.dropIndex(index),
    ),
  ],
};

/** Both engines have `string_agg`. Those that expired are gathered too: the next token of the holder drops them. */
const gatherLive: MigrationStep = (db) => ({
  compile: () =>
    sql`
      insert into token_holders (client_id, account_id, access_keys, refresh_keys)
      select client_id, account_id,
        ',' || coalesce(string_agg(case when kind = 'a' then cast(token_key as text) || ',' end, ''), ''),
        ',' || coalesce(string_agg(case when kind = 'r' then cast(token_key as text) || ',' end, ''), '')
      from (
        select client_id, account_id, token_key, 'a' as kind from access_tokens where revoked_at is null
        union all
        select client_id, account_id, token_key, 'r' as kind from refresh_tokens
        where revoked_at is null and rotated_at is null
      ) as living
      group by client_id, account_id`.compile(db),
});
