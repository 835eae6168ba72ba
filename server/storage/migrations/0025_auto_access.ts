import type { Migration } from './migration.ts';
import { createTable } from './table_builder.ts';

/** Which groups a chat is for, by where its customer is; the rules in their order. */
export const autoAccess: Migration = {
  name: '0025_auto_access',
  steps: (dialect) => [
    createTable(dialect, 'auto_accesses', {
      columns: {
        license_id: 'integer',
        position: 'integer',
        id: 'text',
        description: 'text',
        group_ids: 'text',
        conditions: 'text',
      },
      key: ['license_id', 'position'],
      unique: [['license_id', 'id']],
    }),
  ],
};
