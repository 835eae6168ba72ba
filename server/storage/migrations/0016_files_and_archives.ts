import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Uploaded files. */
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
  ],
};
