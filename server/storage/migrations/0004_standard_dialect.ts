import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Requests that apps push before the browser comes, devices that wait for a person, and what a token is for. */
export const standardDialect: Migration = {
  name: '0004_standard_dialect',
  steps: (dialect) => [
    createTable(dialect, 'pushed_requests', {
      columns: {
        request_key: 'integer',
        secret_hash: 'bytes',
        client_id: 'text',
        parameters: 'text',
        created_at: 'integer',
        expires_at: 'integer',
      },
      key: ['request_key'],
    }),
    createIndex('pushed_requests', ['expires_at']),
    createTable(dialect, 'device_requests', {
      columns: {
        device_key: 'integer',
        secret_hash: 'bytes',
        user_code_hash: 'bytes',
        client_id: 'text',
        scopes: 'text',
        resources: 'text?',
        created_at: 'integer',
        expires_at: 'integer',
        interval_seconds: 'integer',
        last_polled_at: 'integer?',
        decision: 'text?',
        decided_at: 'integer?',
        license_id: 'integer?',
        account_id: 'text?',
        grant_key: 'integer?',
        granted_scopes: 'text?',
        consumed_at: 'integer?',
      },
      key: ['device_key'],
      unique: [['user_code_hash']],
    }),
    createIndex('device_requests', ['expires_at']),
    (db) => db.schema.alterTable('authorization_codes').addColumn('resources', dialect.text),
    (db) => db.schema.alterTable('access_tokens').addColumn('resources', dialect.text),
    (db) => db.schema.alterTable('refresh_tokens').addColumn('resources', dialect.text),
  ],
};
