import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import type { Database, Session } from '../engine/database.ts';
import { quickCheck } from '../engine/sqlite_damage.ts';
import { migrations } from '../migrations/list.ts';
import { refuseNewer } from '../migrations/run.ts';

/** The oldest PostgreSQL that is tested. */
export const OLDEST_POSTGRES = 15;
const PINGS = 5;

/** Reads every page of a SQLite file, without changing it. @returns what is wrong; nothing when all is well */
export function checkSqlite(file: string): string[] {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return quickCheck(database);
  } finally {
    database.close();
  }
}

/**
 * @returns the migrations that the next start will apply; undefined for an empty database
 * @throws UnusableDatabaseError `newer`
 */
export async function pendingMigrations(database: Database): Promise<string[] | undefined> {
  const tables = await raw<{ n: number }>(
    database.read,
    database.read.dialect.name === 'sqlite'
      ? "select count(*) as n from sqlite_schema where type = 'table' and name = 'migrations'"
      : "select count(*) as n from information_schema.tables where table_schema = current_schema() and table_name = 'migrations'",
  );
  if (tables[0]?.n === 0) return undefined;
  const rows = await database.read.query((db) => db.selectFrom('migrations').select('name'));
  const applied = rows.map(({ name }) => name);
  refuseNewer(applied);
  return migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
}

/** When the server last noted something, in microseconds: the clock must not be behind it. */
export async function newestTime(database: Database): Promise<number> {
  const [entry] = await database.read.query((db) =>
    db.selectFrom('audit_log').select('created_at').orderBy('entry_key', 'desc').limit(1),
  );
  const [ledger] = await database.read.query((db) =>
    db.selectFrom('migrations').select((eb) => eb.fn.max('applied_at').as('at')),
  );
  return Math.max(entry?.created_at ?? 0, ledger?.at ?? 0);
}

/** @returns the major version, and the median time of a round trip in milliseconds */
export async function examinePostgres(database: Database): Promise<{ version: number; latency: number }> {
  const [row] = await raw<{ version: string }>(
    database.read,
    "select current_setting('server_version_num') as version",
  );
  const times: number[] = [];
  for (let ping = 0; ping < PINGS; ping++) {
    const begun = performance.now();
    await raw(database.read, 'select 1');
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return {
    version: Math.floor(Number(row?.version) / 10_000),
    latency: times[Math.floor(PINGS / 2)] ?? 0,
  };
}

function raw<R>(session: Session, text: string): Promise<R[]> {
  return session.query<R>((db) => ({ compile: () => sql.raw<R>(text).compile(db) }));
}
