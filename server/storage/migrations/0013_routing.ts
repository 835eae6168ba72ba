import { sql } from 'kysely';
import type { Dialect } from '../engine/dialect.ts';
import type { Migration, MigrationStep } from './migration.ts';
import { createIndex, createTable } from './table_builder.ts';

/** Who sits in which open chat, who waits, and when an open chat is looked at again. */
export const routing: Migration = {
  name: '0013_routing',
  steps: (dialect) => [
    createTable(dialect, 'chat_seats', {
      columns: { license_id: 'integer', agent_id: 'text', chat_key: 'integer', counted: 'integer' },
      key: ['license_id', 'agent_id', 'chat_key'],
    }),
    createTable(dialect, 'chat_queue', {
      columns: {
        license_id: 'integer',
        queued_at: 'integer',
        chat_key: 'integer',
        group_ids: 'text',
        agent_ids: 'text?',
        without_ids: 'text?',
        bots: 'integer',
      },
      key: ['license_id', 'queued_at', 'chat_key'],
    }),
    createIndex('chat_queue', ['chat_key'], { unique: true }),
    createTable(dialect, 'chat_timers', {
      columns: { license_id: 'integer', chat_key: 'integer', due_at: 'integer' },
      key: ['license_id', 'chat_key'],
    }),
    createIndex('chat_timers', ['due_at']),
    createTable(dialect, 'routing_desks', {
      columns: { license_id: 'integer', chat_seconds: 'integer' },
      key: ['license_id'],
    }),
    (db) => db.schema.alterTable('agent_assignments').addColumn('status', dialect.text),
    (db) => db.schema.alterTable('agent_assignments').addColumn('chat_limit', dialect.integer),
    (db) =>
      db.schema
        .alterTable('threads')
        .addColumn('queues_duration', dialect.integer, (column) => column.notNull().defaultTo(0)),
    seatsOfOpenChats(dialect),
  ],
};

/** Chats that are open already keep their agents busy, too. */
function seatsOfOpenChats(dialect: Dialect): MigrationStep {
  const seats =
    dialect.name === 'sqlite'
      ? sql`
          insert into chat_seats (license_id, agent_id, chat_key, counted)
          select c.license_id, json_extract(u.value, '$.id'), c.chat_key,
            case when c.customer_id is not null and json_extract(u.value, '$.visibility') = 'all' then 1 else 0 end
          from chats c, json_each(c.users) u
          where c.active = 1 and json_extract(u.value, '$.type') = 'agent' and json_extract(u.value, '$.present') = 1`
      : sql`
          insert into chat_seats (license_id, agent_id, chat_key, counted)
          select c.license_id, u.value->>'id', c.chat_key,
            case when c.customer_id is not null and u.value->>'visibility' = 'all' then 1 else 0 end
          from chats c cross join lateral jsonb_array_elements(c.users::jsonb) as u(value)
          where c.active = 1 and u.value->>'type' = 'agent' and u.value->>'present' = 'true'`;
  return (db) => ({ compile: () => seats.compile(db) });
}
