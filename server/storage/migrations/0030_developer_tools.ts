import type { Migration } from './migration.ts';
import { createTable } from './table_builder.ts';

/** From where a client secret was used last, and how far an organization got with its first app. */
export const developerTools: Migration = {
  name: '0030_developer_tools',
  steps: (dialect) => [
    (db) => db.schema.alterTable('client_secrets').addColumn('last_used_from', dialect.text),
    (db) => db.schema.alterTable('client_secrets').addColumn('last_used_by', dialect.text),
    createTable(dialect, 'first_steps', {
      columns: { license_id: 'integer', step: 'text', reached_at: 'integer' },
      key: ['license_id', 'step'],
    }),
  ],
};
