import type { Migration } from './migration.ts';
import { createTable } from './table_builder.ts';

/** What is set of agents beyond their membership, and the language of groups. */
export const team: Migration = {
  name: '0019_team',
  steps: (dialect) => [
    createTable(dialect, 'agent_settings', {
      columns: {
        license_id: 'integer',
        account_id: 'text',
        login_status: 'text',
        job_title: 'text?',
        mobile: 'text?',
        notifications: 'text',
        email_subscriptions: 'text',
        work_scheduler: 'text?',
        awaiting_approval: 'integer',
        asked_unsuspension_at: 'integer?',
      },
      key: ['license_id', 'account_id'],
    }),
    (db) =>
      db.schema
        .alterTable('groups')
        .addColumn('language_code', dialect.text, (column) => column.notNull().defaultTo('en')),
    (db) =>
      db.schema
        .alterTable('organizations')
        .addColumn('last_group_id', dialect.integer, (column) => column.notNull().defaultTo(0)),
    (db) => db.schema.alterTable('accounts').addColumn('last_logout_at', dialect.integer),
  ],
};
