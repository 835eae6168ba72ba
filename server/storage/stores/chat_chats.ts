import { sql } from 'kysely';
import type { ChatStore, ChatWithContext } from '../../domain/chats/chat_store.ts';
import type { Session } from '../engine/database.ts';
import { type QueryBuilder, statement } from '../engine/statement.ts';
import { enterLists, moveInLists } from './chat_listings.ts';
import {
  type ChatRow,
  type CustomerRow,
  chatChanges,
  idOf,
  keyOf,
  knownKey,
  type ThreadRow,
  toChat,
  toCustomer,
  toThread,
} from './chat_rows.ts';
import { moveSeats } from './chat_seats.ts';
import { inserting, listStatement, lockingStatement } from './chat_statements.ts';

type Changes = ReturnType<typeof chatChanges>;

/** A chat row beside the rows of its last thread (t_) and its customer (u_), read in one go. */
type JoinedRow = ChatRow & Prefixed<'t_', ThreadRow> & Prefixed<'u_', CustomerRow>;
type Prefixed<P extends string, Row> = {
  [Column in keyof Row & string as `${P}${Column}`]: Row[Column] | null;
};

const threadColumns = [
  'thread_key',
  'license_id',
  'chat_key',
  'created_at',
  'closed_at',
  'active',
  'user_ids',
  'access',
  'properties',
  'tags',
  'events_count',
  'last_event_at',
  'previous_thread_key',
  'next_thread_key',
  'visit',
  'queued_at',
  'queues_duration',
  'summary',
] as const satisfies (keyof ThreadRow)[];

const customerColumns = [
  'customer_key',
  'license_id',
  'id',
  'name',
  'email',
  'email_verified',
  'avatar',
  'phone_number',
  'address',
  'channels',
  'session_fields',
  'created_at',
  'visits_count',
  'page_views_count',
  'greetings_shown_count',
  'greetings_accepted_count',
  'tickets_count',
  'last_visit',
  'chat_key',
] as const satisfies (keyof CustomerRow)[];

function joined(db: QueryBuilder) {
  return db
    .selectFrom('chats as c')
    .leftJoin('threads as t', 't.thread_key', 'c.last_thread_key')
    .leftJoin('customers as u', 'u.customer_key', 'c.customer_key')
    .selectAll('c')
    .select(threadColumns.map((column) => `t.${column} as t_${column}` as const))
    .select(customerColumns.map((column) => `u.${column} as u_${column}` as const));
}

const chatsByKey = listStatement<number, { licenseId: number }, JoinedRow>((db, p, keys) =>
  joined(db).where('c.chat_key', 'in', keys).where('c.license_id', '=', p.licenseId).$castTo<JoinedRow>(),
);

const lockedChat = lockingStatement<{ licenseId: number; key: number }, ChatRow>((db, p) =>
  db.selectFrom('chats').selectAll().where('chat_key', '=', p.key).where('license_id', '=', p.licenseId),
);

const chatByCustomId = statement<{ licenseId: number; customId: string }, ChatRow>((db, p) =>
  db
    .selectFrom('chats')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .where('custom_id', '=', p.customId),
);

const insertChat = statement<
  Changes & Pick<ChatRow, 'chat_key' | 'license_id' | 'custom_id' | 'created_at' | 'customer_id'>,
  unknown
>((db, p) =>
  db.insertInto('chats').values({
    chat_key: p.chat_key,
    license_id: p.license_id,
    custom_id: p.custom_id,
    created_at: p.created_at,
    customer_id: p.customer_id,
    customer_key: customerKey(p.license_id, p.customer_id),
    ...changes(p),
  }),
);

const updateChat = statement<Changes & { key: number; licenseId: number }, unknown>((db, p) =>
  db.updateTable('chats').set(changes(p)).where('chat_key', '=', p.key).where('license_id', '=', p.licenseId),
);

const setCustomer = statement<{ key: number; licenseId: number; customerId: string | null }, unknown>(
  (db, p) =>
    db
      .updateTable('chats')
      .set({ customer_id: p.customerId, customer_key: customerKey(p.licenseId, p.customerId) })
      .where('chat_key', '=', p.key)
      .where('license_id', '=', p.licenseId),
);

function customerKey(licenseId: number, customerId: string | null) {
  return sql<
    number | null
  >`(select customer_key from customers where license_id = ${licenseId} and id = ${customerId})`;
}

function changes(p: Changes): Changes {
  return {
    continuous: p.continuous,
    active: p.active,
    access: p.access,
    properties: p.properties,
    users: p.users,
    followers: p.followers,
    last_events: p.last_events,
    last_thread_key: p.last_thread_key,
    last_thread_created_at: p.last_thread_created_at,
    threads_count: p.threads_count,
    agent_last_event_at: p.agent_last_event_at,
    customer_last_event_at: p.customer_last_event_at,
    list_state: p.list_state,
    listed_at: p.listed_at,
    list_keys: p.list_keys,
  };
}

function withContext(row: JoinedRow): ChatWithContext {
  return {
    chat: toChat(row),
    lastThread: row.t_thread_key === null ? undefined : toThread(part<ThreadRow>(row, 't_', threadColumns)),
    customer:
      row.u_customer_key === null ? undefined : toCustomer(part<CustomerRow>(row, 'u_', customerColumns)),
  };
}

function part<Row>(row: JoinedRow, prefix: string, columns: readonly string[]): Row {
  const source = row as unknown as Record<string, unknown>;
  return Object.fromEntries(columns.map((column) => [column, source[prefix + column]])) as Row;
}

export type ChatVerbs = Pick<
  ChatStore,
  'chat' | 'chats' | 'lockChat' | 'chatByCustomId' | 'insertChat' | 'saveChat'
>;

export function chatVerbs(session: Session, licenseId: number): ChatVerbs {
  return {
    async chat(id) {
      const key = keyOf(id);
      const [row] = key === undefined ? [] : await chatsByKey(session, { licenseId }, [key]);
      return row && withContext(row);
    },
    async chats(ids) {
      const keys = ids.map(keyOf).filter((key) => key !== undefined);
      const rows = await chatsByKey(session, { licenseId }, keys);
      const byId = new Map(rows.map((row) => [idOf(row.chat_key), row]));
      return ids.flatMap((id) => {
        const row = byId.get(id);
        return row ? [withContext(row)] : [];
      });
    },
    async lockChat(id) {
      const key = keyOf(id);
      const row =
        key === undefined ? undefined : await session.first(lockedChat(session), { licenseId, key });
      return row && toChat(row);
    },
    async chatByCustomId(customId) {
      const row = await session.first(chatByCustomId, { licenseId, customId });
      return row && toChat(row);
    },
    async insertChat(chat) {
      const row = {
        chat_key: knownKey(chat.id),
        license_id: licenseId,
        custom_id: chat.customId,
        created_at: chat.createdAt,
        customer_id: chat.customerId,
        ...chatChanges(chat),
      };
      await inserting(session.run(insertChat, row));
      await enterLists(session, licenseId, row.chat_key, chat.listing);
      await moveSeats(session, licenseId, chat, undefined);
    },
    async saveChat(chat, before) {
      const key = knownKey(chat.id);
      await session.run(updateChat, { ...chatChanges(chat), key, licenseId });
      if (chat.customerId !== before.customerId)
        await session.run(setCustomer, { key, licenseId, customerId: chat.customerId });
      await moveInLists(session, licenseId, key, before.listing, chat.listing);
      await moveSeats(session, licenseId, chat, before);
    },
  };
}
