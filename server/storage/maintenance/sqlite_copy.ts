import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { refuseDamagedFile } from '../engine/sqlite_damage.ts';

/** What is in a database file. */
export interface Contents {
  /** Names of the migrations that were applied, in their order. */
  migrations: string[];
  /** Rows by table. */
  tables: Record<string, number>;
}

/**
 * Copies a database while it is written to: the copy is one moment of it. Nobody waits for it; the write-ahead
 * log grows meanwhile.
 * @throws when the file is missing or damaged, or the copy exists
 */
export function copySqlite(file: string, copy: string): Contents {
  if (!existsSync(file)) throw Object.assign(new Error(`${file} is missing`), { code: 'ENOENT', path: file });
  refuseDamagedFile(file);
  const source = new DatabaseSync(file, { timeout: 5_000 });
  try {
    source.prepare('VACUUM INTO ?').run(copy);
  } finally {
    source.close();
  }
  return inspectSqlite(copy);
}

/**
 * Reads a database file from one end to the other: structure, indexes, rows.
 * @throws Error that says what is wrong with it
 */
export function inspectSqlite(file: string): Contents {
  const database = new DatabaseSync(file);
  try {
    const problems = database
      .prepare('PRAGMA integrity_check(5)')
      .all()
      .map((row) => String(row.integrity_check))
      .filter((words) => words !== 'ok');
    if (problems.length > 0) throw new Error(problems.join('; '));
    const names = database
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .all()
      .map((row) => String(row.name));
    const tables = Object.fromEntries(
      names.map((name) => [name, Number(database.prepare(`select count(*) as n from "${name}"`).get()?.n)]),
    );
    const migrations = names.includes('migrations')
      ? database.prepare('select name from migrations order by name').all()
      : [];
    return { migrations: migrations.map((row) => String(row.name)), tables };
  } finally {
    database.close();
  }
}

/** Brings what lies in the write-ahead log of a database that nobody uses into its file, if it can be opened. */
export function settleSqlite(file: string): void {
  if (!existsSync(file)) return;
  let database: DatabaseSync | undefined;
  try {
    refuseDamagedFile(file);
    database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // A damaged one is kept as it is, with its log.
  } finally {
    database?.close();
  }
}
