import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Agents without a person, and whose secret a bot's token was got by. */
export const bots: Migration = {
  name: '0006_bots',
  steps: (dialect) => [
    createTable(dialect, 'bots', {
      columns: {
        license_id: 'integer',
        bot_key: 'integer',
        id: 'text',
        name: 'text',
        avatar_url: 'text?',
        job_title: 'text?',
        owner_client_id: 'text',
        identity_of: 'text?',
        group_ids: 'text',
        created_by: 'text?',
        created_at: 'integer',
        updated_at: 'integer',
        last_used_at: 'integer?',
        removed_at: 'integer?',
      },
      key: ['license_id', 'bot_key'],
      unique: [['id'], ['identity_of']],
    }),
    createIndex('bots', ['owner_client_id']),
    (db) => db.schema.alterTable('access_tokens').addColumn('bot_secret_key', dialect.integer),
  ],
};
