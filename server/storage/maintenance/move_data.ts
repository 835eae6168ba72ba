import { createHash, type Hash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Session } from '../engine/database.ts';
import type { SqlValue } from '../engine/statement.ts';
import { type Table, tablesOf } from './tables.ts';

/** Rows that are read and written at once. */
const BATCH = 250;
/** Written by the target's own migrations. */
const LEDGER = 'migrations';

export interface MovedTable {
  name: string;
  rows: number;
  /** SHA-256 over all rows in the order of their key, the same on both sides. */
  digest: string;
}

/** A move that cannot be done, or did not come out right; nothing of it is left in the target. */
export class MoveError extends Error {}

type Row = Record<string, SqlValue>;

/**
 * Copies every table into an empty database, reads each back, and compares rows and digests: in one transaction
 * of the target, so that a run that breaks off leaves nothing there, and can be made again.
 * Keys are values of ours on both sides; there are no sequences to set.
 * @param source must not be written meanwhile; both must be up to date
 * @throws MoveError
 */
export async function moveData(
  source: Database,
  target: Database,
  moved: (table: MovedTable) => void,
): Promise<MovedTable[]> {
  const tables = await sameTables(source, target);
  for (const { name } of tables)
    if ((await batchAfter(target.read, { name, columns: ['*'], key: [] }, undefined, 1)).length > 0)
      throw new MoveError(
        `The target has rows in ${name} already. Name an empty database, or an empty schema of it (?schema=…).`,
      );
  return target.write(async (session) => {
    const done: MovedTable[] = [];
    for (const table of tables) {
      const result = await moveTable(source.read, session, table);
      moved(result);
      done.push(result);
    }
    await session.execute((db) => db.updateTable('threads').set({ indexed: 0 }));
    return done;
  });
}

async function sameTables(source: Database, target: Database): Promise<Table[]> {
  const [here, there] = [await tablesOf(source.read), await tablesOf(target.read)];
  if (JSON.stringify(here) !== JSON.stringify(there))
    throw new MoveError(
      'The two databases do not have the same tables: the target holds something else than Gatehouse.',
    );
  return here.filter(({ name }) => name !== LEDGER);
}

async function moveTable(source: Session, target: Session, table: Table): Promise<MovedTable> {
  const { name } = table;
  const sent = digest(table);
  try {
    for await (const rows of batches(source, table)) {
      sent.add(rows);
      // The columns are those of the table, whichever it is.
      await target.execute((db) => db.insertInto(name as 'throttles').values(rows as never));
    }
  } catch (error) {
    throw new MoveError(`The table ${name} cannot be moved: ${(error as Error).message}`, { cause: error });
  }
  const arrived = digest(table);
  for await (const rows of batches(target, table)) arrived.add(rows);
  const [wanted, got] = [sent.result(), arrived.result()];
  if (wanted.rows !== got.rows || wanted.digest !== got.digest)
    throw new MoveError(
      `The table ${name} did not arrive as it was: ${wanted.rows} rows with digest ${wanted.digest} became ${got.rows} with ${got.digest}.`,
    );
  return { name, ...wanted };
}

async function* batches(session: Session, table: Table): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const rows = await batchAfter(session, table, last, BATCH);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1);
  }
}

function batchAfter(session: Session, table: Table, last: Row | undefined, limit: number): Promise<Row[]> {
  const list = (parts: RawBuilder<unknown>[]) => sql.join(parts);
  const columns = table.columns.map((column) => (column === '*' ? sql`*` : sql`${sql.ref(column)}`));
  const key = table.key.map((column) => sql`${sql.ref(column)}`);
  const after =
    last === undefined
      ? sql``
      : sql`where (${list(key)}) > (${list(table.key.map((column) => sql`${last[column]}`))})`;
  const order = key.length === 0 ? sql`` : sql`order by ${list(key)}`;
  const query = sql<Row>`select ${list(columns)} from ${sql.table(table.name)} ${after} ${order} limit ${sql.lit(limit)}`;
  return session.query<Row>((db) => ({ compile: () => query.compile(db) }));
}

function digest({ columns }: Table): { add(rows: Row[]): void; result(): { rows: number; digest: string } } {
  const hash = createHash('sha256');
  let count = 0;
  return {
    add(rows) {
      for (const row of rows) for (const column of columns) addValue(hash, row[column] ?? null);
      count += rows.length;
    },
    result: () => ({ rows: count, digest: hash.digest('hex') }),
  };
}

/** One spelling of a value, whichever engine it came from: its kind, its length, its bytes. */
function addValue(hash: Hash, value: SqlValue): void {
  if (value === null) hash.update('n;');
  else if (typeof value === 'string') hash.update(`s${Buffer.byteLength(value)}:`).update(value);
  else if (value instanceof Uint8Array) hash.update(`b${value.length}:`).update(value);
  else hash.update(`i${value};`);
}
