import { sql } from 'kysely';
import type { ChatEvent } from '../../domain/chats/chat.ts';
import type { ChatStore, ThreadRange } from '../../domain/chats/chat_store.ts';
import type { EventStore } from '../../domain/chats/event_store.ts';
import type { Session } from '../engine/database.ts';
import { type Statement, statement } from '../engine/statement.ts';
import {
  type EventRow,
  fromEvent,
  fromThread,
  keyOf,
  knownKey,
  type ThreadRow,
  threadChanges,
  toEvent,
  toThread,
} from './chat_rows.ts';
import { inserting, listStatement } from './chat_statements.ts';

type Changes = ReturnType<typeof threadChanges>;

const threadByKey = statement<{ licenseId: number; key: number }, ThreadRow>((db, p) =>
  db.selectFrom('threads').selectAll().where('thread_key', '=', p.key).where('license_id', '=', p.licenseId),
);

const insertThread = statement<ThreadRow, unknown>((db, p) =>
  db.insertInto('threads').values({
    thread_key: p.thread_key,
    license_id: p.license_id,
    chat_key: p.chat_key,
    created_at: p.created_at,
    previous_thread_key: p.previous_thread_key,
    visit: p.visit,
    ...changes(p),
  }),
);

const updateThread = statement<Changes & { key: number; licenseId: number }, unknown>((db, p) =>
  db
    .updateTable('threads')
    .set(changes(p))
    .where('thread_key', '=', p.key)
    .where('license_id', '=', p.licenseId),
);

function changes(p: Changes): Changes {
  return {
    closed_at: p.closed_at,
    active: p.active,
    user_ids: p.user_ids,
    access: p.access,
    properties: p.properties,
    tags: p.tags,
    events_count: p.events_count,
    last_event_at: p.last_event_at,
    next_thread_key: p.next_thread_key,
    queued_at: p.queued_at,
    indexed: p.indexed,
    queues_duration: p.queues_duration,
    summary: p.summary,
  };
}

interface RangeParameters {
  licenseId: number;
  chatKey: number;
  from: number;
  to: number;
  at: number;
  key: number;
  limit: number;
}

function rangeStatement(order: 'asc' | 'desc', placed: boolean): Statement<RangeParameters, ThreadRow> {
  return statement<RangeParameters, ThreadRow>((db, p) => {
    const range = db
      .selectFrom('threads')
      .selectAll()
      .where('chat_key', '=', p.chatKey)
      .where('license_id', '=', p.licenseId)
      .where('created_at', '>=', p.from)
      .where('created_at', '<=', p.to)
      .orderBy('created_at', order)
      .orderBy('thread_key', order)
      .limit(p.limit);
    if (!placed) return range;
    return order === 'asc'
      ? range.where(sql<boolean>`(created_at, thread_key) > (${p.at}, ${p.key})`)
      : range.where(sql<boolean>`(created_at, thread_key) < (${p.at}, ${p.key})`);
  });
}

const ranges = {
  asc: { first: rangeStatement('asc', false), placed: rangeStatement('asc', true) },
  desc: { first: rangeStatement('desc', false), placed: rangeStatement('desc', true) },
};

const countRange = statement<
  Pick<RangeParameters, 'licenseId' | 'chatKey' | 'from' | 'to' | 'limit'>,
  { count: number }
>((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('threads')
        .select('thread_key')
        .where('chat_key', '=', p.chatKey)
        .where('license_id', '=', p.licenseId)
        .where('created_at', '>=', p.from)
        .where('created_at', '<=', p.to)
        .limit(p.limit)
        .as('counted'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
);

/** An event that changes changes what its thread is found by. */
const markThread = statement<{ licenseId: number; key: number }, unknown>((db, p) =>
  db
    .updateTable('threads')
    .set({ indexed: 0 })
    .where('thread_key', '=', p.key)
    .where('license_id', '=', p.licenseId)
    .where('indexed', '=', 1),
);

const insertEvent = statement<EventRow, unknown>((db, p) =>
  db.insertInto('events').values({
    thread_key: p.thread_key,
    number: p.number,
    license_id: p.license_id,
    type: p.type,
    author_id: p.author_id,
    visibility: p.visibility,
    custom_id: p.custom_id,
    created_at: p.created_at,
    content: p.content,
    properties: p.properties,
    deleted_at: p.deleted_at,
  }),
);

const eventByNumber = statement<{ licenseId: number; threadKey: number; number: number }, EventRow>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('thread_key', '=', p.threadKey)
    .where('number', '=', p.number)
    .where('license_id', '=', p.licenseId),
);

const updateEvent = statement<EventRow, unknown>((db, p) =>
  db
    .updateTable('events')
    .set({ content: p.content, properties: p.properties, deleted_at: p.deleted_at })
    .where('thread_key', '=', p.thread_key)
    .where('number', '=', p.number)
    .where('license_id', '=', p.license_id),
);

const eventsByThread = listStatement<number, { licenseId: number }, EventRow>((db, p, keys) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('thread_key', 'in', keys)
    .where('license_id', '=', p.licenseId)
    .orderBy('thread_key')
    .orderBy('number'),
);

/** A repeat is one of the latest; an app that gives one custom id to everything must not cost a scan. */
const REPEATS = 5;

const eventsInThread = statement<
  { licenseId: number; authorId: string; customId: string; threadKey: number },
  EventRow
>((db, p) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('license_id', '=', p.licenseId)
    .where('author_id', '=', p.authorId)
    .where('custom_id', '=', p.customId)
    .where('thread_key', '=', p.threadKey)
    .orderBy('number', 'desc')
    .limit(REPEATS),
);

const eventsAnywhere = statement<{ licenseId: number; authorId: string; customId: string }, EventRow>(
  (db, p) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('license_id', '=', p.licenseId)
      .where('author_id', '=', p.authorId)
      .where('custom_id', '=', p.customId)
      .orderBy('thread_key', 'desc')
      .orderBy('number', 'desc')
      .limit(REPEATS),
);

export type ThreadVerbs = Pick<
  ChatStore,
  | 'thread'
  | 'insertThread'
  | 'saveThread'
  | 'threads'
  | 'countThreads'
  | 'insertEvents'
  | 'events'
  | 'eventsByCustomId'
  | keyof EventStore
>;

export function threadVerbs(session: Session, licenseId: number): ThreadVerbs {
  return {
    async thread(id) {
      const key = keyOf(id);
      const row = key === undefined ? undefined : await session.first(threadByKey, { licenseId, key });
      return row && toThread(row);
    },
    async insertThread(thread) {
      await inserting(session.run(insertThread, fromThread(thread, licenseId)));
    },
    async saveThread(thread) {
      await session.run(updateThread, { ...threadChanges(thread), key: knownKey(thread.id), licenseId });
    },
    async threads(chatId, range: ThreadRange) {
      const { first, placed } = ranges[range.order];
      const rows = await session.all(range.after ? placed : first, {
        licenseId,
        chatKey: knownKey(chatId),
        ...times(range),
        at: range.after?.at ?? 0,
        key: range.after ? Number.parseInt(range.after.id, 36) : 0,
        limit: range.limit,
      });
      return rows.map(toThread);
    },
    async countThreads(chatId, range) {
      const parameters = { licenseId, chatKey: knownKey(chatId), ...times(range), limit: range.limit };
      return (await session.first(countRange, parameters))?.count ?? 0;
    },
    async insertEvents(events) {
      for (const event of events) await inserting(session.run(insertEvent, fromEvent(event, licenseId)));
    },
    async event(threadId, number) {
      const threadKey = keyOf(threadId);
      if (threadKey === undefined) return undefined;
      const row = await session.first(eventByNumber, { licenseId, threadKey, number });
      return row && toEvent(row);
    },
    async saveEvent(event) {
      await session.run(updateEvent, fromEvent(event, licenseId));
      await session.run(markThread, { licenseId, key: knownKey(event.threadId) });
    },
    async events(threadIds) {
      const rows = await eventsByThread(session, { licenseId }, threadIds.map(knownKey));
      const byThread = new Map<string, ChatEvent[]>(threadIds.map((id) => [id, []]));
      for (const event of rows.map(toEvent)) byThread.get(event.threadId)?.push(event);
      return byThread;
    },
    async eventsByCustomId(authorId, customId, threadId) {
      const rows =
        threadId === undefined
          ? await session.all(eventsAnywhere, { licenseId, authorId, customId })
          : await session.all(eventsInThread, {
              licenseId,
              authorId,
              customId,
              threadKey: knownKey(threadId),
            });
      return rows.map(toEvent);
    },
  };
}

function times({ from, to }: { from: number | undefined; to: number | undefined }) {
  return { from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER };
}
