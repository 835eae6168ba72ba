import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Customers' cookies, their identities by group, and identity transfers. */
export const customerIdentities: Migration = {
  name: '0003_customer_identities',
  steps: (dialect) => [
    createTable(dialect, 'customer_browsers', {
      columns: {
        browser_key: 'integer',
        id: 'text',
        secret_hash: 'bytes',
        previous_hash: 'bytes?',
        rotated_at: 'integer',
        confirmed_at: 'integer?',
        created_at: 'integer',
        expires_at: 'integer',
      },
      key: ['browser_key'],
    }),
    createIndex('customer_browsers', ['expires_at']),
    createTable(dialect, 'browser_customers', {
      columns: { browser_key: 'integer', license_id: 'integer', customer_id: 'text' },
      key: ['browser_key', 'license_id'],
    }),
    createTable(dialect, 'customer_groups', {
      columns: {
        license_id: 'integer',
        customer_id: 'text',
        group_id: 'integer',
        group_customer_id: 'text',
      },
      key: ['license_id', 'customer_id', 'group_id'],
      unique: [['license_id', 'group_customer_id']],
    }),
    createTable(dialect, 'identity_transfers', {
      columns: {
        transfer_key: 'integer',
        secret_hash: 'bytes',
        license_id: 'integer',
        customer_id: 'text',
        client_id: 'text',
        code_challenge: 'text?',
        code_challenge_method: 'text?',
        created_at: 'integer',
        expires_at: 'integer',
        consumed_at: 'integer?',
      },
      key: ['transfer_key'],
    }),
    createIndex('identity_transfers', ['expires_at']),
    (db) => db.schema.alterTable('customer_tokens').addColumn('family_key', dialect.integer),
    createIndex('customer_tokens', ['family_key']),
  ],
};
