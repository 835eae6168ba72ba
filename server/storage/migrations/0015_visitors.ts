import type { Migration } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Bans, more of customers' profiles, and what the chat widget of an organization is made of. */
export const visitors: Migration = {
  name: '0015_visitors',
  steps: (dialect) => [
    (db) => db.schema.alterTable('customers').addColumn('address', dialect.text),
    (db) => db.schema.alterTable('customers').addColumn('channels', dialect.text),
    createTable(dialect, 'customer_bans', {
      columns: {
        license_id: 'integer',
        customer_id: 'text',
        ban_key: 'integer',
        ip: 'text?',
        agent_id: 'text',
        thread_id: 'text?',
        created_at: 'integer',
        expires_at: 'integer',
      },
      key: ['license_id', 'customer_id'],
    }),
    createIndex('customer_bans', ['expires_at']),
    createTable(dialect, 'widget_documents', {
      columns: {
        license_id: 'integer',
        group_id: 'integer',
        kind: 'text',
        content: 'text',
        updated_at: 'integer',
      },
      key: ['license_id', 'group_id', 'kind'],
    }),
    createTable(dialect, 'goals', {
      columns: {
        license_id: 'integer',
        goal_id: 'integer',
        name: 'text',
        active: 'integer',
        group_id: 'integer?',
        rule: 'text',
        created_at: 'integer',
        deleted_at: 'integer?',
      },
      key: ['license_id', 'goal_id'],
    }),
    createTable(dialect, 'goal_achievements', {
      columns: {
        license_id: 'integer',
        customer_id: 'text',
        goal_id: 'integer',
        page_url: 'text',
        achieved_at: 'integer',
      },
      key: ['license_id', 'customer_id', 'goal_id'],
    }),
    createTable(dialect, 'greetings', {
      columns: {
        license_id: 'integer',
        greeting_id: 'integer',
        type: 'text',
        active: 'integer',
        active_from: 'integer?',
        active_until: 'integer?',
        name: 'text',
        group_id: 'integer',
        rules: 'text',
        properties: 'text',
        rich_message: 'text?',
        created_at: 'integer',
        deleted_at: 'integer?',
      },
      key: ['license_id', 'greeting_id'],
    }),
    createTable(dialect, 'shown_greetings', {
      columns: {
        license_id: 'integer',
        unique_id: 'text',
        customer_id: 'text',
        greeting_id: 'integer',
        agent_id: 'text?',
        shown_at: 'integer',
        accepted_at: 'integer?',
        canceled_at: 'integer?',
        clicks: 'text',
      },
      key: ['license_id', 'unique_id'],
    }),
    createIndex('shown_greetings', ['shown_at']),
    createTable(dialect, 'customer_email_verifications', {
      columns: {
        verification_key: 'integer',
        license_id: 'integer',
        customer_id: 'text',
        email: 'text',
        secret_hash: 'bytes',
        callback_uri: 'text',
        created_at: 'integer',
        expires_at: 'integer',
        consumed_at: 'integer?',
      },
      key: ['verification_key'],
    }),
    createIndex('customer_email_verifications', ['license_id', 'customer_id', 'verification_key']),
    createIndex('customer_email_verifications', ['expires_at']),
  ],
};
