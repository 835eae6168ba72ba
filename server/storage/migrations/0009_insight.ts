import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** What owners look into: how compatibly their apps still work, what was refused to them, and their settings. */
export const insight: Migration = {
  name: '0009_insight',
  steps: (dialect) => [
    (db) =>
      db.schema
        .alterTable('organizations')
        .addColumn('settings_version', dialect.integer, (column) => column.notNull().defaultTo(1)),
    createTable(dialect, 'compatibility_uses', {
      columns: {
        use_key: 'integer',
        license_id: 'integer',
        client_id: 'text',
        feature: 'text',
        day: 'integer',
        uses: 'integer',
        last_used_at: 'integer',
      },
      key: ['use_key'],
      unique: [['client_id', 'feature', 'day']],
    }),
    createIndex('compatibility_uses', ['license_id', 'day']),
    createIndex('compatibility_uses', ['day']),
    createTable(dialect, 'refused_requests', {
      columns: {
        refusal_key: 'integer',
        license_id: 'integer',
        client_id: 'text',
        request_id: 'text',
        endpoint: 'text',
        error: 'text',
        reason: 'text',
        detail: 'text',
        created_at: 'integer',
      },
      key: ['refusal_key'],
    }),
    createIndex('refused_requests', ['client_id', 'refusal_key']),
    createIndex('refused_requests', ['license_id', 'request_id']),
  ],
};
