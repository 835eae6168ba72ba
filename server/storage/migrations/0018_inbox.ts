import type { Migration } from './migration.ts';

/** Whose inbox a session last opened, so that the audit log tells of it once and not every few minutes. */
export const inbox: Migration = {
  name: '0018_inbox',
  steps: (dialect) => [
    (db) => db.schema.alterTable('sessions').addColumn('inbox_license_id', dialect.integer),
  ],
};
