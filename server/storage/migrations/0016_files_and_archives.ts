import { sql } from 'kysely';
import type { Dialect } from '../engine/dialect.ts';
import type { Migration, MigrationStep } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Uploaded files, and the index of the archives. */
export const filesAndArchives: Migration = {
  name: '0016_files_and_archives',
  steps: (dialect) => [
    createTable(dialect, 'files', {
      columns: {
        license_id: 'integer',
        file_key: 'integer',
        secret: 'text',
        name: 'text',
        content_type: 'text',
        size: 'integer',
        width: 'integer?',
        height: 'integer?',
        uploaded_by: 'text',
        created_at: 'integer',
        state: 'text',
        used_at: 'integer?',
      },
      key: ['license_id', 'file_key'],
    }),
    // For the purge: the few that no event has named.
    createIndex('files', ['created_at'], { onlyWhereNull: 'used_at' }),
    createTable(dialect, 'file_usage', {
      columns: { license_id: 'integer', bytes: 'integer' },
      key: ['license_id'],
    }),
    // A thread that changes is marked, in the write that is made anyway; the few that are marked have an index of
    // their own. Threads of before are marked, and so are indexed in the background.
    (db) =>
      db.schema
        .alterTable('threads')
        .addColumn('indexed', dialect.integer, (column) => column.notNull().defaultTo(0)),
    (db) =>
      db.schema
        .createIndex('threads_unindexed')
        .on('threads')
        .columns(['license_id', 'thread_key'])
        .where(sql.ref('indexed'), '=', sql.lit(0)),
    ...(dialect.name === 'sqlite' ? sqliteTerms : postgresTerms(dialect)),
  ],
};

const raw =
  (text: string): MigrationStep =>
  (db) => ({ compile: () => sql.raw(text).compile(db) });

/** Terms hold their organization, so that a list of threads is never another's. Which thread has them is all that is kept. */
const sqliteTerms: MigrationStep[] = [
  raw(
    `create virtual table archive_terms using fts5(terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`,
  ),
];

function postgresTerms({ integer }: Dialect): MigrationStep[] {
  return [
    (db) =>
      db.schema
        .createTable('archive_terms')
        .addColumn('license_id', integer, (column) => column.notNull())
        .addColumn('thread_key', integer, (column) => column.notNull())
        .addColumn('terms', sql`tsvector`, (column) => column.notNull())
        .addPrimaryKeyConstraint('archive_terms_pk', ['license_id', 'thread_key']),
    raw('create index archive_terms_by_terms on archive_terms using gin (terms)'),
  ];
}
