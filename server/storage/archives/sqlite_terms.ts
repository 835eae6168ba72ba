import { sql } from 'kysely';
import type { Clause } from '../../domain/archives/archive_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { expression, extrapolated, type FoundKeys, type TermRange } from './term_query.ts';

interface Parameters {
  question: string;
  from: number;
  to: number;
  limit: number;
}

/** FTS5 reads its lists of rows in the order of their keys, from either end, and stops at the limit. */
const search = (order: 'asc' | 'desc') =>
  statement<Parameters, { key: number }>((db, p) => ({
    compile: () =>
      sql<{ key: number }>`
        select rowid as key from archive_terms
        where archive_terms match ${p.question} and rowid between ${p.from} and ${p.to}
        order by rowid ${sql.raw(order)} limit ${p.limit}`.compile(db),
  }));
const searches = { asc: search('asc'), desc: search('desc') };

const put = statement<{ key: number; terms: string }, unknown>((db, p) => ({
  compile: () =>
    sql`insert or replace into archive_terms (rowid, terms) values (${p.key}, ${p.terms})`.compile(db),
}));

const SIGNS = { and: ' AND ', or: ' OR ', not: ' NOT ', quote: '"' };

async function keysOf(session: Session, question: string, range: TermRange): Promise<number[]> {
  const { from, to, limit, order } = range;
  return (await session.all(searches[order], { question, from, to, limit })).map((row) => row.key);
}

export async function findOnSqlite(
  session: Session,
  licenseId: number,
  clauses: readonly Clause[],
  range: TermRange,
): Promise<FoundKeys> {
  const keys = await keysOf(session, expression(licenseId, clauses, SIGNS), {
    ...range,
    limit: range.limit + 1,
  });
  const more = keys.length > range.limit;
  if (more) keys.pop();
  return { keys, end: more ? keys.at(-1) : undefined };
}

export async function estimateOnSqlite(
  session: Session,
  licenseId: number,
  clauses: readonly Clause[],
  range: TermRange,
): Promise<number> {
  const question = expression(licenseId, clauses, SIGNS);
  const keys = await keysOf(session, question, range);
  const [newest, oldest] = [keys[0], keys.at(-1)];
  if (keys.length < range.limit || newest === undefined || oldest === undefined) return keys.length;
  const [first = oldest] = await keysOf(session, question, { ...range, order: 'asc', limit: 1 });
  return extrapolated(keys.length, { newest, oldest }, first);
}

export async function putOnSqlite(
  session: Session,
  _licenseId: number,
  key: number,
  terms: string[],
): Promise<void> {
  await session.run(put, { key, terms: terms.join(' ') });
}
