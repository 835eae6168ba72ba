import { sql } from 'kysely';
import type { Clause } from '../../domain/archives/archive_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { expression, extrapolated, type FoundKeys, type TermRange } from './term_query.ts';

/** Rows that are looked at one after the other before the index is asked. */
const WINDOW = 1_000;
/** Threads that the index may find: a page is sorted out of so many. */
const FEW = 5_000;
/** Windows for one page, where the index finds more than that, and the newest are others. */
const WINDOWS = 8;

const SIGNS = { and: ' & ', or: ' | ', not: ' & !', quote: "'" };

interface Window {
  seen: number;
  /** The farthest key that was looked at; null when nothing was. */
  last: number | null;
  keys: number[];
}

interface Parameters {
  licenseId: number;
  question: string;
  from: number;
  to: number;
  window: number;
  limit: number;
}

/** Looks at threads in their order: the cheapest way to a page of something common. */
const look = (order: 'asc' | 'desc') => {
  const [direction, farthest] = [sql.raw(order), sql.raw(order === 'asc' ? 'max' : 'min')];
  return statement<Parameters, { seen: number; last: number | null; keys: string }>((db, p) => ({
    compile: () =>
      sql<{ seen: number; last: number | null; keys: string }>`
        with w as materialized (
          select thread_key, terms from archive_terms
          where license_id = ${p.licenseId} and thread_key between ${p.from} and ${p.to}
          order by thread_key ${direction} limit ${p.window}
        )
        select (select count(*) from w) as seen, (select ${farthest}(thread_key) from w) as last,
          (select coalesce(json_agg(thread_key), '[]')::text from (
            select thread_key from w where terms @@ ${p.question}::tsquery
            order by thread_key ${direction} limit ${p.limit}) as m) as keys`.compile(db),
  }));
};
const looks = { asc: look('asc'), desc: look('desc') };

/** Asks the index for all that meet the question, up to a bound: the cheapest way to something rare. */
const pick = (order: 'asc' | 'desc') =>
  statement<Omit<Parameters, 'licenseId' | 'window'> & { most: number }, { key: number; found: number }>(
    (db, p) => ({
      compile: () =>
        sql<{ key: number; found: number }>`
        select thread_key as key, count(*) over () as found from (
          select thread_key from archive_terms
          where terms @@ ${p.question}::tsquery and thread_key between ${p.from} and ${p.to}
          limit ${p.most}) as m
        order by thread_key ${sql.raw(order)} limit ${p.limit}`.compile(db),
    }),
  );
const picks = { asc: pick('asc'), desc: pick('desc') };

const put = statement<{ licenseId: number; key: number; terms: string }, unknown>((db, p) => ({
  compile: () =>
    sql`insert into archive_terms (license_id, thread_key, terms)
      values (${p.licenseId}, ${p.key}, array_to_tsvector(string_to_array(${p.terms}, ' ')))
      on conflict (license_id, thread_key) do update set terms = excluded.terms`.compile(db),
}));

async function lookAt(
  session: Session,
  licenseId: number,
  question: string,
  range: TermRange,
): Promise<Window> {
  const { order, ...bounds } = range;
  const row = await session.first(looks[order], { licenseId, question, ...bounds, window: WINDOW });
  return {
    seen: Number(row?.seen ?? 0),
    last: row?.last ?? null,
    keys: JSON.parse(row?.keys ?? '[]') as number[],
  };
}

/** What lies beyond a key, in an order. */
function beyond(range: TermRange, key: number): TermRange {
  return range.order === 'asc' ? { ...range, from: key + 1 } : { ...range, to: key - 1 };
}

/**
 * Looks at the newest first: what is common is among them. What is rare the index finds. Between the two, where
 * something was common long ago, it looks on for a bounded while and leaves the rest to the next page.
 */
export async function findOnPostgres(
  session: Session,
  licenseId: number,
  clauses: readonly Clause[],
  range: TermRange,
): Promise<FoundKeys> {
  const question = expression(licenseId, clauses, SIGNS);
  const wanted = range.limit + 1;
  const first = await lookAt(session, licenseId, question, { ...range, limit: wanted });
  if (first.seen < WINDOW || first.keys.length >= wanted) return cut(first.keys, range.limit);
  const picked = await session.all(picks[range.order], {
    question,
    from: range.from,
    to: range.to,
    most: FEW + 1,
    limit: wanted,
  });
  if (Number(picked[0]?.found ?? 0) <= FEW)
    return cut(
      picked.map((row) => row.key),
      range.limit,
    );
  const keys = [...first.keys];
  let last = first.last;
  for (let windows = 1; windows < WINDOWS && last !== null; windows++) {
    const next = await lookAt(session, licenseId, question, {
      ...beyond(range, last),
      limit: wanted - keys.length,
    });
    keys.push(...next.keys);
    if (next.seen < WINDOW || keys.length >= wanted) return cut(keys, range.limit);
    last = next.last;
  }
  return { keys, end: last ?? undefined };
}

function cut(keys: number[], limit: number): FoundKeys {
  const page = keys.slice(0, limit);
  return { keys: page, end: keys.length > limit ? page.at(-1) : undefined };
}

export async function estimateOnPostgres(
  session: Session,
  licenseId: number,
  clauses: readonly Clause[],
  range: TermRange,
): Promise<number> {
  const question = expression(licenseId, clauses, SIGNS);
  const first = await lookAt(session, licenseId, question, range);
  if (first.seen < WINDOW || first.last === null) return first.keys.length;
  // Rare among the newest: what the index finds is the whole of it, or near the bound.
  if (first.keys.length * 100 < WINDOW) {
    const { from, to } = range;
    const [row] = await session.all(picks.desc, { question, from, to, most: FEW, limit: 1 });
    return Number(row?.found ?? 0);
  }
  const [oldest] = (await lookEnd(session, licenseId, { ...range, order: 'asc' })) ?? [];
  const [newest] = (await lookEnd(session, licenseId, { ...range, order: 'desc' })) ?? [];
  if (oldest === undefined || newest === undefined) return first.keys.length;
  return extrapolated(first.keys.length, { newest, oldest: first.last }, oldest);
}

const end = (order: 'asc' | 'desc') =>
  statement<{ licenseId: number; from: number; to: number }, { key: number }>((db, p) => ({
    compile: () =>
      sql<{ key: number }>`
        select thread_key as key from archive_terms
        where license_id = ${p.licenseId} and thread_key between ${p.from} and ${p.to}
        order by thread_key ${sql.raw(order)} limit 1`.compile(db),
  }));
const ends = { asc: end('asc'), desc: end('desc') };

async function lookEnd(
  session: Session,
  licenseId: number,
  { order, from, to }: TermRange,
): Promise<number[]> {
  return (await session.all(ends[order], { licenseId, from, to })).map((row) => row.key);
}

export async function putOnPostgres(
  session: Session,
  licenseId: number,
  key: number,
  terms: string[],
): Promise<void> {
  await session.run(put, { licenseId, key, terms: terms.join(' ') });
}
