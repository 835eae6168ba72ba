import type { ArchiveIndexVerbs, ArchiveStore } from '../../domain/archives/archive_store.ts';
import type { Session } from '../engine/database.ts';
import { statement } from '../engine/statement.ts';
import { idOf, keyOf, knownKey, type ThreadRow, toThread } from '../stores/chat_rows.ts';
import { listStatement, lockingStatement } from '../stores/chat_statements.ts';
import { estimateOnPostgres, findOnPostgres, putOnPostgres } from './postgres_terms.ts';
import { estimateOnSqlite, findOnSqlite, putOnSqlite } from './sqlite_terms.ts';
import { type KeyRange, prefixed } from './term_query.ts';

const threadsByKey = listStatement<number, { licenseId: number }, ThreadRow>((db, p, keys) =>
  db.selectFrom('threads').selectAll().where('thread_key', 'in', keys).where('license_id', '=', p.licenseId),
);

const marked = (order: 'asc' | 'desc') =>
  statement<{ licenseId: number; limit: number }, { thread_key: number }>((db, p) =>
    db
      .selectFrom('threads')
      .select('thread_key')
      .where('license_id', '=', p.licenseId)
      .where('indexed', '=', 0)
      .orderBy('thread_key', order)
      .limit(p.limit),
  );
const oldestMarked = marked('asc');
const newestMarked = marked('desc');

const lockMarked = lockingStatement<{ licenseId: number; key: number }, ThreadRow>((db, p) =>
  db
    .selectFrom('threads')
    .selectAll()
    .where('thread_key', '=', p.key)
    .where('license_id', '=', p.licenseId)
    .where('indexed', '=', 0),
);

const unmark = statement<{ licenseId: number; key: number }, unknown>((db, p) =>
  db
    .updateTable('threads')
    .set({ indexed: 1 })
    .where('thread_key', '=', p.key)
    .where('license_id', '=', p.licenseId),
);

const nextMarkedLicense = statement<{ after: number }, { license_id: number }>((db, p) =>
  db
    .selectFrom('threads')
    .select('license_id')
    .where('indexed', '=', 0)
    .where('license_id', '>', p.after)
    .orderBy('license_id')
    .limit(1),
);

/** Organizations with threads that are to be indexed: one seek each. */
export async function changedArchives(session: Session, limit: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < limit) {
    const row = await session.first(nextMarkedLicense, { after: found.at(-1) ?? -1 });
    if (!row) break;
    found.push(row.license_id);
  }
  return found;
}

export function createArchiveStore(session: Session, licenseId: number): ArchiveStore {
  const engine =
    session.dialect.name === 'sqlite'
      ? { find: findOnSqlite, estimate: estimateOnSqlite }
      : { find: findOnPostgres, estimate: estimateOnPostgres };
  return {
    async find(question, { order, after, limit }) {
      const range: KeyRange = keyRange(question);
      const place = after === undefined ? undefined : Number.parseInt(after, 36);
      if (place !== undefined && order === 'asc') range.from = Math.max(range.from, place + 1);
      if (place !== undefined && order === 'desc') range.to = Math.min(range.to, place - 1);
      if (range.from > range.to) return { ids: [], end: undefined };
      const found = await engine.find(session, licenseId, question.clauses, { ...range, order, limit });
      return { ids: found.keys.map(idOf), end: found.end === undefined ? undefined : idOf(found.end) };
    },
    estimate: (question, limit) =>
      engine.estimate(session, licenseId, question.clauses, { ...keyRange(question), order: 'desc', limit }),
    async archivedThreads(ids) {
      const keys = ids.map(keyOf).filter((key) => key !== undefined);
      const rows = await threadsByKey(session, { licenseId }, keys);
      const byId = new Map(rows.map((row) => [idOf(row.thread_key), row]));
      return ids.flatMap((id) => {
        const row = byId.get(id);
        return row ? [{ thread: toThread(row), indexed: row.indexed === 1 }] : [];
      });
    },
    async unindexed(limit, order) {
      const rows = await session.all(order === 'asc' ? oldestMarked : newestMarked, { licenseId, limit });
      return rows.map((row) => idOf(row.thread_key));
    },
  };
}

export function createArchiveIndex(session: Session, licenseId: number): ArchiveIndexVerbs {
  const put = session.dialect.name === 'sqlite' ? putOnSqlite : putOnPostgres;
  return {
    async lockUnindexed(threadId) {
      const row = await session.first(lockMarked(session), { licenseId, key: knownKey(threadId) });
      return row && toThread(row);
    },
    async index(threadId, terms) {
      const key = knownKey(threadId);
      await put(
        session,
        licenseId,
        key,
        terms.map((term) => prefixed(licenseId, term)),
      );
      await session.run(unmark, { licenseId, key });
    },
  };
}

function keyRange({ from, to }: { from: string | undefined; to: string | undefined }): KeyRange {
  return {
    from: from === undefined ? 0 : Number.parseInt(from, 36),
    to: to === undefined ? Number.MAX_SAFE_INTEGER : Number.parseInt(to, 36),
  };
}
