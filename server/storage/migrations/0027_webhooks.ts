import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Webhooks of apps, where they are switched off, and what is on its way to them. */
export const webhooks: Migration = {
  name: '0027_webhooks',
  steps: (dialect) => [
    createTable(dialect, 'webhooks', {
      columns: {
        webhook_key: 'integer',
        id: 'text',
        license_id: 'integer',
        client_id: 'text',
        type: 'text',
        action: 'text',
        url: 'text',
        description: 'text',
        secret: 'text',
        additional_data: 'text',
        filters: 'text',
        created_at: 'integer',
      },
      key: ['webhook_key'],
      unique: [['id']],
    }),
    createIndex('webhooks', ['client_id', 'webhook_key']),
    createTable(dialect, 'webhook_switches', {
      columns: { license_id: 'integer', client_id: 'text', disabled_at: 'integer' },
      key: ['license_id', 'client_id'],
    }),
    createTable(dialect, 'webhook_deliveries', {
      columns: {
        delivery_key: 'integer',
        license_id: 'integer',
        webhook_id: 'text',
        client_id: 'text',
        action: 'text',
        body: 'text',
        state: 'text',
        attempts: 'integer',
        next_attempt_at: 'integer',
        created_at: 'integer',
        done_at: 'integer?',
        last_status: 'integer?',
        last_error: 'text?',
      },
      key: ['delivery_key'],
    }),
    createIndex('webhook_deliveries', ['license_id', 'next_attempt_at'], { onlyWhereNull: 'done_at' }),
    createIndex('webhook_deliveries', ['license_id', 'delivery_key']),
    createIndex('webhook_deliveries', ['webhook_id']),
    createIndex('webhook_deliveries', ['done_at']),
    // Whom a greeting was shown already.
    createIndex('shown_greetings', ['license_id', 'customer_id', 'shown_at']),
  ],
};
