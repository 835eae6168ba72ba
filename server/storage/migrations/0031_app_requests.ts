import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** How many requests each app sends: one row for those of an hour that are alike. */
export const appRequests: Migration = {
  name: '0031_app_requests',
  steps: (dialect) => [
    createTable(dialect, 'app_requests', {
      columns: {
        count_key: 'integer',
        license_id: 'integer',
        client_id: 'text',
        hour: 'integer',
        method: 'text',
        status: 'integer',
        bucket: 'integer',
        requests: 'integer',
      },
      key: ['count_key'],
      unique: [['client_id', 'hour', 'method', 'status', 'bucket']],
    }),
    createIndex('app_requests', ['hour']),
  ],
};
