import { DatabaseSync } from 'node:sqlite';

/** Counters of attempts, what was used when, and for the owners of apps what was refused and why. */
const MOVING_TABLES = ['throttles', 'compatibility_uses', 'refused_requests'];
const MOVING_COLUMNS = /^last_(used|seen)|^ip$|^indexed$/;
/** The index of the archives follows the chats in the background, whoever asks for what meanwhile. */
const FOLLOWING_TABLES = /^archive_/;

/** Everything that an SQLite database holds, by table: equal before and after what changed nothing. */
export function databaseImage(file: string): Record<string, string> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !MOVING_TABLES.includes(name) && !FOLLOWING_TABLES.test(name));
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
