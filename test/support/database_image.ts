import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.ts';

/** Counters of attempts and of an app's requests, what was used when, and for the owners of apps what was refused and why. */
const MOVING_TABLES = ['throttles', 'compatibility_uses', 'refused_requests', 'first_steps', 'app_requests'];
const MOVING_COLUMNS = /^last_(used|seen)|^ip$/;

/** Everything that a world's SQLite database holds, by table: equal before and after what changed nothing. */
export async function databaseImage(world: Pick<World, 'file' | 'settle'>): Promise<Record<string, string>> {
  assert.ok(world.file);
  await world.settle();
  const database = new DatabaseSync(world.file, { readOnly: true });
  try {
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !MOVING_TABLES.includes(name));
    return Object.fromEntries(
      tables.map((table) => {
        const rows = database.prepare(`SELECT * FROM ${table}`).all();
        return [table, rows.map((row) => JSON.stringify(row, still)).join('\n')];
      }),
    );
  } finally {
    database.close();
  }
}

function still(key: string, value: unknown): unknown {
  if (MOVING_COLUMNS.test(key)) return undefined;
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}

/** The tables that differ between two images, with a row of each that is new. */
export function changesBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after)
    .filter((table) => before[table] !== after[table])
    .map((table) => {
      const old = new Set((before[table] ?? '').split('\n'));
      const fresh = (after[table] ?? '').split('\n').find((row) => !old.has(row));
      return `${table}: ${fresh ?? 'rows are gone'}`;
    });
}

/** The same without requests that a page keeps for its form or its explanation to name: they give no right. */
export function effectsBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  return changesBetween(before, after).filter((change) => !change.startsWith('authorization_requests: '));
}
