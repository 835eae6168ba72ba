import { sql } from 'kysely';
import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Invitations; and what lists of people need: names in the spelling that is sorted, memberships with a version. */
export const people: Migration = {
  name: '0008_people',
  steps: (dialect) => [
    createTable(dialect, 'invitations', {
      columns: {
        invitation_key: 'integer',
        id: 'text',
        license_id: 'integer',
        secret_hash: 'bytes',
        email: 'text',
        email_key: 'text',
        account_role: 'text',
        chat_role: 'text',
        invited_by: 'text',
        created_at: 'integer',
        sent_at: 'integer',
        expires_at: 'integer',
        ended_at: 'integer?',
        outcome: 'text?',
      },
      key: ['invitation_key'],
      unique: [['id']],
    }),
    // One open invitation per e-mail and organization, whoever invites at the same moment.
    createIndex('invitations', ['license_id', 'email_key'], { onlyWhereNull: 'ended_at', unique: true }),
    createIndex('invitations', ['license_id', 'invitation_key'], { onlyWhereNull: 'ended_at' }),
    createIndex('invitations', ['expires_at']),
    (db) =>
      db.schema
        .alterTable('memberships')
        .addColumn('version', dialect.integer, (column) => column.notNull().defaultTo(1)),
    (db) =>
      db.schema
        .alterTable('accounts')
        .addColumn('name_key', dialect.text, (column) => column.notNull().defaultTo('')),
    (db) => db.updateTable('accounts').set({ name_key: sql<string>`lower(name)` }),
  ],
};
