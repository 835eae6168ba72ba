import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Properties that apps define, their values with organizations and groups; summaries of closed threads. */
export const properties: Migration = {
  name: '0014_properties',
  steps: (dialect) => [
    createTable(dialect, 'property_definitions', {
      columns: {
        namespace: 'text',
        name: 'text',
        license_id: 'integer',
        type: 'text',
        access: 'text',
        description: 'text?',
        domain: 'text?',
        value_range: 'text?',
        default_value: 'text?',
        public_access: 'text?',
        created_at: 'integer',
      },
      key: ['namespace', 'name'],
    }),
    createIndex('property_definitions', ['license_id']),
    createTable(dialect, 'property_values', {
      columns: {
        license_id: 'integer',
        group_id: 'integer',
        namespace: 'text',
        name: 'text',
        value: 'text',
        updated_at: 'integer',
      },
      key: ['license_id', 'group_id', 'namespace', 'name'],
    }),
    (db) => db.schema.alterTable('threads').addColumn('summary', dialect.text),
  ],
};
