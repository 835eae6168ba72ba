import type { Migration } from './migration.ts';

/** What an invited agent will be, and how often a group was changed. */
export const agents: Migration = {
  name: '0023_agents',
  steps: (dialect) => [
    (db) => db.schema.alterTable('invitations').addColumn('agent', dialect.text),
    (db) =>
      db.schema
        .alterTable('groups')
        .addColumn('version', dialect.integer, (column) => column.notNull().defaultTo(1)),
  ],
};
