import type { Database } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database that a URL names.
 * @param url `sqlite:<file>`, or `postgres://…` / `postgresql://…`; `?schema=` on the latter names the schema
 */
export function openDatabase(url: string): Database {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema');
  parsed.searchParams.delete('schema');
  if (schema !== null && !/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new Error(`DATABASE_URL: "${schema}" cannot be a schema name`);
  return openPostgres({ connectionString: parsed.href, ...(schema ? { schema } : {}) });
}
