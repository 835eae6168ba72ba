import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { isDamaged } from './storage_errors.ts';
import { UnusableDatabaseError } from './unusable_database.ts';

/** Up to here every page is read at the start: some twenty milliseconds. */
const WHOLE_CHECK_BYTES = 8 * 1024 * 1024;

const MAGIC = 'SQLite format 3\0';

/**
 * Looks at the files before SQLite does, which takes an empty file for a new database and throws the
 * write-ahead log of a missing one away.
 * @throws UnusableDatabaseError `damaged`
 */
export function refuseDamagedFile(file: string): void {
  const size = sizeOf(file);
  const log = sizeOf(`${file}-wal`) ?? 0;
  if (size === undefined) {
    if (log > 0) throw damaged(file, `it is missing, while its write-ahead log (${file}-wal) is there`);
    return;
  }
  if (size === 0)
    throw damaged(
      file,
      'it is empty (0 bytes). If there was never anything in it, delete it, and a new one is made',
    );
  const header = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, header, 0, header.length, 0);
  closeSync(descriptor);
  if (header.toString('latin1') !== MAGIC) throw damaged(file, 'it does not begin as a SQLite database does');
}

/**
 * A check that stays cheap: a small database is read as a whole; of a large one the schema, and the way
 * to the first row of each table. `gatehouse doctor` reads all.
 * @throws UnusableDatabaseError `damaged`
 */
export function refuseDamagedPages(connection: DatabaseSync, file: string): void {
  try {
    if ((sizeOf(file) ?? 0) <= WHOLE_CHECK_BYTES) {
      const [problem] = quickCheck(connection);
      if (problem !== undefined) throw damaged(file, problem);
      return;
    }
    for (const { name } of connection.prepare("select name from sqlite_schema where type = 'table'").all())
      connection.prepare(`select * from "${String(name)}" limit 1`).get();
  } catch (error) {
    if (isDamaged(error)) throw damaged(file, (error as Error).message, error);
    throw error;
  }
}

/** Reads every page. @returns what is wrong; nothing when all is well */
export function quickCheck(connection: DatabaseSync): string[] {
  const rows = connection.prepare('PRAGMA quick_check(5)').all();
  return rows.map((row) => String(row.quick_check)).filter((words) => words !== 'ok');
}

function damaged(file: string, what: string, cause?: unknown): UnusableDatabaseError {
  return new UnusableDatabaseError(
    'damaged',
    `The database ${file} is damaged: ${what}.\nNothing was changed. Bring a backup back with \`gatehouse restore <backup>\`; docs/operations.md tells how, and what can be done without one.`,
    { cause },
  );
}

function sizeOf(file: string): number | undefined {
  return existsSync(file) ? statSync(file).size : undefined;
}
