import { sql } from 'kysely';
import type { ListState } from '../../domain/chats/chat.ts';
import type { ChatStore } from '../../domain/chats/chat_store.ts';
import { isCounted } from '../../domain/chats/listing.ts';
import type { Position, SortOrder } from '../../domain/chats/page_cursor.ts';
import type { Session } from '../engine/database.ts';
import { type QueryBuilder, statement } from '../engine/statement.ts';
import { type Entry, type List, mergeLists } from './chat_list_merge.ts';
import { idOf, knownKey } from './chat_rows.ts';
import { listStatement } from './chat_statements.ts';

interface StretchParameters {
  licenseId: number;
  list: string;
  state: number;
  at: number;
  key: number;
  limit: number;
}

/** A stretch of one list in one state: one seek into the table's own order, then row after row. */
function stretch(db: QueryBuilder, p: StretchParameters, order: SortOrder, placed: boolean) {
  const rows = db
    .selectFrom('chat_listings')
    .select(['listed_at', 'chat_key'])
    .where('license_id', '=', p.licenseId)
    .where('list', '=', p.list)
    .where('state', '=', p.state)
    .orderBy('listed_at', order)
    .orderBy('chat_key', order)
    .limit(p.limit);
  if (!placed) return rows;
  return order === 'asc'
    ? rows.where(sql<boolean>`(listed_at, chat_key) > (${p.at}, ${p.key})`)
    : rows.where(sql<boolean>`(listed_at, chat_key) < (${p.at}, ${p.key})`);
}

type StretchRow = { listed_at: number; chat_key: number };

const stretches = {
  asc: {
    first: statement<StretchParameters, StretchRow>((db, p) => stretch(db, p, 'asc', false)),
    placed: statement<StretchParameters, StretchRow>((db, p) => stretch(db, p, 'asc', true)),
  },
  desc: {
    first: statement<StretchParameters, StretchRow>((db, p) => stretch(db, p, 'desc', false)),
    placed: statement<StretchParameters, StretchRow>((db, p) => stretch(db, p, 'desc', true)),
  },
};

const keysOfChats = listStatement<number, { licenseId: number }, { chat_key: number; list_keys: string }>(
  (db, p, keys) =>
    db
      .selectFrom('chats')
      .select(['chat_key', 'list_keys'])
      .where('chat_key', 'in', keys)
      .where('license_id', '=', p.licenseId),
);

type SizeParameters = { licenseId: number; state0: number; state1: number; state2: number };

const keptSizes = listStatement<string, SizeParameters, { list: string; size: number }>((db, p, lists) =>
  db
    .selectFrom('chat_list_sizes')
    .select('list')
    .select((eb) => eb.fn.sum<number>('size').as('size'))
    .where('license_id', '=', p.licenseId)
    .where('list', 'in', lists)
    .where('state', 'in', [p.state0, p.state1, p.state2])
    .groupBy('list'),
);

const countedSize = statement<
  Pick<StretchParameters, 'licenseId' | 'list' | 'state' | 'limit'>,
  { count: number }
>((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('chat_listings')
        .select('chat_key')
        .where('license_id', '=', p.licenseId)
        .where('list', '=', p.list)
        .where('state', '=', p.state)
        .limit(p.limit)
        .as('counted'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
);

/** At least so far each of many lists is counted. */
const LEAST_COUNTED = 20;
/** PostgreSQL: more stretches than this are asked for in one query rather than one each. */
const APART = 1;

/** A stretch to read: the list, from where, how many. */
interface Wanted {
  list: List;
  after: Entry | undefined;
  limit: number;
}

async function readStretches(
  session: Session,
  licenseId: number,
  order: SortOrder,
  wanted: Wanted[],
): Promise<Entry[][]> {
  if (session.dialect.name === 'postgres' && wanted.length > APART)
    return readTogether(session, licenseId, order, wanted);
  const { first, placed } = stretches[order];
  return Promise.all(
    wanted.map(async (one) => {
      const rows = await session.all(one.after ? placed : first, parametersOf(licenseId, one));
      return rows.map(toEntry);
    }),
  );
}

function parametersOf(licenseId: number, { list, after, limit }: Wanted): StretchParameters {
  return { licenseId, list: list.key, state: list.state, at: after?.at ?? 0, key: after?.key ?? 0, limit };
}

function toEntry(row: StretchRow): Entry {
  return { at: row.listed_at, key: row.chat_key };
}

/** What PostgreSQL reads as a table, one row for each stretch. */
interface TogetherRow {
  place: number;
  list: string;
  state: number;
  at: number;
  key: number;
  most: number;
}

/** Many stretches in one round trip: `stretch`, for each row of a table that travels as JSON. */
function togetherStatement(order: SortOrder) {
  const beyond = sql.raw(order === 'asc' ? '>' : '<');
  const direction = sql.raw(order);
  return statement<{ licenseId: number; stretches: string }, StretchRow & { place: number }>((db, p) => ({
    compile: () =>
      sql<StretchRow & { place: number }>`
        select s.place, l.listed_at, l.chat_key
        from json_to_recordset(${p.stretches}::json)
          as s(place integer, list text, state bigint, at bigint, key bigint, most bigint)
        cross join lateral (
          select c.listed_at, c.chat_key
          from chat_listings as c
          where c.license_id = ${p.licenseId} and c.list = s.list and c.state = s.state
            and (c.listed_at, c.chat_key) ${beyond} (s.at, s.key)
          order by c.listed_at ${direction}, c.chat_key ${direction}
          limit s.most
        ) as l`.compile(db),
  }));
}

const together = { asc: togetherStatement('asc'), desc: togetherStatement('desc') };

async function readTogether(
  session: Session,
  licenseId: number,
  order: SortOrder,
  wanted: Wanted[],
): Promise<Entry[][]> {
  const start = order === 'asc' ? { at: -1, key: -1 } : { at: Number.MAX_SAFE_INTEGER, key: 0 };
  const table = wanted.map(
    ({ list, after = start, limit }, place): TogetherRow => ({
      place,
      list: list.key,
      state: list.state,
      at: after.at,
      key: after.key,
      most: limit,
    }),
  );
  const rows = await session.all(together[order], { licenseId, stretches: JSON.stringify(table) });
  const result: Entry[][] = wanted.map(() => []);
  for (const row of rows) result[row.place]?.push(toEntry(row));
  // A join promises no order.
  const sign = order === 'asc' ? 1 : -1;
  for (const entries of result) entries.sort((a, b) => sign * (a.at - b.at || a.key - b.key));
  return result;
}

export type ListVerbs = Pick<ChatStore, 'list' | 'listKeys' | 'sizes'>;

export function listVerbs(session: Session, licenseId: number): ListVerbs {
  return {
    async list(keys, states, { order, after, limit }) {
      const lists = keys.flatMap((key) => states.map((state: ListState) => ({ key, state })));
      const from = after && { at: after.at, key: Number.parseInt(after.id, 36) };
      const entries = await mergeLists(lists, { order, after: from, limit }, (wanted) =>
        readStretches(session, licenseId, order, wanted),
      );
      return entries.map(({ at, key }): Position => ({ at, id: idOf(key) }));
    },
    async listKeys(ids) {
      const rows = await keysOfChats(session, { licenseId }, ids.map(knownKey));
      return new Map(
        rows.map((row) => [idOf(row.chat_key), new Set(JSON.parse(row.list_keys) as string[])] as const),
      );
    },
    async sizes(keys, states, limit) {
      const result = new Map<string, number>();
      const [state0 = 0, state1 = state0, state2 = state0] = states;
      const kept = keys.filter(isCounted);
      for (const row of await keptSizes(session, { licenseId, state0, state1, state2 }, kept))
        result.set(row.list, Number(row.size));
      const others = keys.filter((key) => !isCounted(key));
      const each = Math.max(LEAST_COUNTED, Math.ceil(limit / Math.max(1, others.length)));
      await Promise.all(
        others.flatMap((list) =>
          states.map(async (state) => {
            const row = await session.first(countedSize, { licenseId, list, state, limit: each });
            result.set(list, (result.get(list) ?? 0) + (row?.count ?? 0));
          }),
        ),
      );
      return result;
    },
  };
}
