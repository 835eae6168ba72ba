import { sql } from 'kysely';
import type { Migration, MigrationStep } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Customers, chats, threads, events, and the lists that List Chats reads. */
export const chats: Migration = {
  name: '0002_chats',
  steps: (dialect) => [
    createTable(dialect, 'customers', {
      columns: {
        customer_key: 'integer',
        license_id: 'integer',
        id: 'text',
        name: 'text?',
        email: 'text?',
        email_verified: 'integer',
        avatar: 'text?',
        phone_number: 'text?',
        session_fields: 'text',
        created_at: 'integer',
        visits_count: 'integer',
        page_views_count: 'integer',
        greetings_shown_count: 'integer',
        greetings_accepted_count: 'integer',
        tickets_count: 'integer',
        last_visit: 'text?',
        chat_key: 'integer?',
      },
      key: ['customer_key'],
      unique: [['license_id', 'id']],
    }),
    createTable(dialect, 'chats', {
      columns: {
        chat_key: 'integer',
        license_id: 'integer',
        custom_id: 'text?',
        created_at: 'integer',
        customer_key: 'integer?',
        customer_id: 'text?',
        continuous: 'integer',
        active: 'integer',
        access: 'text',
        properties: 'text',
        users: 'text',
        followers: 'text',
        last_events: 'text',
        last_thread_key: 'integer?',
        last_thread_created_at: 'integer?',
        threads_count: 'integer',
        agent_last_event_at: 'integer?',
        customer_last_event_at: 'integer?',
        list_state: 'integer',
        listed_at: 'integer',
        list_keys: 'text',
      },
      key: ['chat_key'],
    }),
    (db) =>
      db.schema
        .createIndex('chats_by_license_id_custom_id')
        .on('chats')
        .columns(['license_id', 'custom_id'])
        .unique()
        .where(sql.ref('custom_id'), 'is not', null),
    createTable(dialect, 'threads', {
      columns: {
        thread_key: 'integer',
        license_id: 'integer',
        chat_key: 'integer',
        created_at: 'integer',
        closed_at: 'integer?',
        active: 'integer',
        user_ids: 'text',
        access: 'text',
        properties: 'text',
        tags: 'text',
        events_count: 'integer',
        last_event_at: 'integer',
        previous_thread_key: 'integer?',
        next_thread_key: 'integer?',
        visit: 'text?',
        queued_at: 'integer?',
      },
      key: ['thread_key'],
    }),
    createIndex('threads', ['chat_key', 'created_at', 'thread_key']),
    oneActiveThread,
    createTable(dialect, 'events', {
      columns: {
        thread_key: 'integer',
        number: 'integer',
        license_id: 'integer',
        type: 'text',
        author_id: 'text?',
        visibility: 'text',
        custom_id: 'text?',
        created_at: 'integer',
        content: 'text',
        properties: 'text?',
        deleted_at: 'integer?',
      },
      key: ['thread_key', 'number'],
    }),
    (db) =>
      db.schema
        .createIndex('events_by_custom_id')
        .on('events')
        .columns(['license_id', 'author_id', 'custom_id', 'thread_key', 'number'])
        .where(sql.ref('custom_id'), 'is not', null),
    createTable(dialect, 'chat_listings', {
      columns: {
        license_id: 'integer',
        list: 'text',
        state: 'integer',
        listed_at: 'integer',
        chat_key: 'integer',
      },
      key: ['license_id', 'list', 'state', 'listed_at', 'chat_key'],
    }),
    createTable(dialect, 'chat_list_sizes', {
      columns: { license_id: 'integer', list: 'text', state: 'integer', shard: 'integer', size: 'integer' },
      key: ['license_id', 'list', 'state', 'shard'],
    }),
    createTable(dialect, 'agent_assignments', {
      columns: { license_id: 'integer', agent_id: 'text', assigned_at: 'integer' },
      key: ['license_id', 'agent_id'],
    }),
  ],
};

/** The database itself refuses a second open thread of a chat, whatever the code above it does. */
const oneActiveThread: MigrationStep = (db) =>
  db.schema
    .createIndex('threads_one_active')
    .on('threads')
    .column('chat_key')
    .unique()
    .where(sql.ref('active'), '=', sql.lit(1));
