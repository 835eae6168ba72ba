import type { Session } from '../engine/database.ts';
import { UnusableDatabaseError } from '../engine/unusable_database.ts';
import { migrations } from './list.ts';

/**
 * Brings the schema up to date, each migration in a transaction of its own.
 * @param session on the connection that `execute` uses
 * @throws UnusableDatabaseError `newer`
 */
export async function runMigrations(session: Session, execute: (sql: string) => unknown): Promise<void> {
  const { dialect } = session;
  await session.execute((db) =>
    db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', dialect.integer, (column) => column.notNull()),
  );
  const applied = new Set(
    (await session.query((db) => db.selectFrom('migrations').select('name'))).map((row) => row.name),
  );
  refuseNewer(applied);
  for (const migration of migrations) {
    if (applied.has(migration.name)) continue;
    await execute('BEGIN');
    try {
      for (const step of migration.steps(dialect)) await session.execute(step);
      const row = { name: migration.name, applied_at: Date.now() * 1000 };
      await session.execute((db) => db.insertInto('migrations').values(row));
      await execute('COMMIT');
    } catch (error) {
      await execute('ROLLBACK');
      throw new Error(`migration ${migration.name} failed; the database is as it was before`, {
        cause: error,
      });
    }
  }
}

/**
 * An older server on a newer database would write rows that lack what the newer one relies on.
 * @throws UnusableDatabaseError `newer`
 */
export function refuseNewer(applied: Iterable<string>): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  throw new UnusableDatabaseError(
    'newer',
    `The database was changed by a newer version of Gatehouse (${unknown.at(-1)}; this version knows up to ${migrations.at(-1)?.name}). Use that version, or go back to a backup that was made before.`,
  );
}
