import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { migrations } from '../migrations/list.ts';

/**
 * Copies the database beside itself before a migration changes it, so that there is a documented way back:
 * `gatehouse.db.before-<first new migration>`. A new database has nothing to lose and is not copied.
 */
export async function backUpBeforeMigration(writer: DatabaseSync, file: string): Promise<void> {
  const ledger = writer.prepare(
    "select name from sqlite_master where type = 'table' and name = 'migrations'",
  );
  if (!ledger.get()) return;
  const applied = new Set(
    writer
      .prepare('select name from migrations')
      .all()
      .map((row) => String(row.name)),
  );
  const pending = migrations.find((migration) => !applied.has(migration.name));
  if (!pending) return;
  const copy = `${file}.before-${pending.name}`;
  if (existsSync(copy)) rmSync(copy);
  writer.prepare('VACUUM INTO ?').run(copy);
}
