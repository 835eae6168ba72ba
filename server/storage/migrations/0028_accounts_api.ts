import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/**
 * What the Global Accounts API sets: of accounts and of organizations, pictures of people in an organization, who
 * waits to be let in, and which tokens came out of which session.
 */
export const accountsApi: Migration = {
  name: '0028_accounts_api',
  steps: (dialect) => [
    (db) => db.schema.alterTable('accounts').addColumn('updated_at', dialect.integer),
    (db) => db.schema.alterTable('accounts').addColumn('default_license_id', dialect.integer),
    (db) => db.schema.alterTable('accounts').addColumn('default_product', dialect.text),
    (db) => db.schema.alterTable('accounts').addColumn('first_session_at', dialect.integer),
    // Until now nobody had an account who had not logged in with it, but for those of a seed.
    (db) => db.updateTable('accounts').set((eb) => ({ first_session_at: eb.ref('created_at') })),
    createTable(dialect, 'organization_profiles', {
      columns: {
        license_id: 'integer',
        invitation_mode: 'text',
        domain_whitelist: 'integer',
        company: 'text',
        updated_at: 'integer',
      },
      key: ['license_id'],
    }),
    createTable(dialect, 'member_pictures', {
      columns: {
        license_id: 'integer',
        account_id: 'text',
        id: 'text',
        url: 'text?',
        media_type: 'text?',
        bytes: 'bytes?',
        created_at: 'integer',
      },
      key: ['license_id', 'account_id'],
      unique: [['id']],
    }),
    createTable(dialect, 'session_families', {
      columns: {
        family_key: 'integer',
        session_key: 'integer',
        license_id: 'integer',
        account_id: 'text',
        client_id: 'text',
        expires_at: 'integer',
      },
      key: ['family_key'],
    }),
    createIndex('session_families', ['account_id', 'session_key']),
    createIndex('session_families', ['expires_at']),
    (db) => db.schema.alterTable('invitations').addColumn('name', dialect.text),
    (db) => db.schema.alterTable('invitations').addColumn('account_id', dialect.text),
    (db) =>
      db.schema
        .alterTable('invitations')
        .addColumn('awaiting_approval', dialect.integer, (column) => column.notNull().defaultTo(0)),
  ],
};
