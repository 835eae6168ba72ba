import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** How far an app is on its way to the public. */
export const appReviews: Migration = {
  name: '0032_app_reviews',
  steps: (dialect) => [
    createTable(dialect, 'app_reviews', {
      columns: {
        app_id: 'text',
        license_id: 'integer',
        state: 'text',
        note: 'text',
        changed_by: 'text?',
        changed_at: 'integer?',
      },
      key: ['app_id'],
    }),
    createIndex('apps', ['visibility', 'app_key']),
  ],
};
