import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { type DatabaseLock, lockSqlite } from './sqlite_lock.ts';

/**
 * Opens the database that a URL names.
 * @param url `sqlite:<file>`, or `postgres://…` / `postgresql://…`; `?schema=` on the latter names the schema
 */
export function openDatabase(url: string): Database {
  const file = sqliteFile(url);
  if (file !== undefined) return openSqlite(file);
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema');
  parsed.searchParams.delete('schema');
  if (schema !== null && !/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new Error(`DATABASE_URL: "${schema}" cannot be a schema name`);
  return openPostgres({ connectionString: parsed.href, ...(schema ? { schema } : {}) });
}

/** The file that a URL names; undefined for PostgreSQL. */
export function sqliteFile(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/**
 * Keeps a SQLite database for one server; PostgreSQL is shared by many, and is not locked.
 * @throws UnusableDatabaseError `in_use`
 */
export function lockDatabase(url: string): DatabaseLock {
  const file = sqliteFile(url);
  return file === undefined ? { release: () => {} } : lockSqlite(file);
}
