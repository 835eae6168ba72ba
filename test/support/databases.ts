import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import pg from 'pg';
import type { Storage } from '../../server/domain/storage.ts';
import type { Database } from '../../server/storage/engine/database.ts';
import { openDatabase } from '../../server/storage/engine/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { type PostgresServer, startPostgres } from './postgres_server.ts';
import { scratchFolder } from './scratch_folder.ts';

export type EngineName = 'sqlite' | 'postgres';

/** An empty place for tables; deleted by `remove`. */
export interface EmptyDatabase {
  /** As for `DATABASE_URL`. */
  url: string;
  /** The file, on SQLite. */
  file: string | undefined;
  remove(): Promise<void>;
}

export interface TestDatabase {
  url: string;
  file: string | undefined;
  database: Database;
  storage: Storage;
  /** Closes it and deletes its tables. */
  close(): Promise<void>;
}

export interface TestEngine {
  name: EngineName;
  create(): Promise<EmptyDatabase>;
  /** A database of its own with all migrations applied, unless told otherwise. */
  open(options?: { migrate?: boolean }): Promise<TestDatabase>;
}

/** Both engines, for tests that choose for themselves. */
export const engines: Record<EngineName, TestEngine> = {
  sqlite: engine('sqlite', createSqlite),
  postgres: engine('postgres', createPostgres),
};

/** Describes the same behaviour once for each engine. A PostgreSQL that does not start fails its tests. */
export function eachEngine(define: (engine: TestEngine) => void): void {
  describe('on SQLite', () => define(engines.sqlite));
  describe('on PostgreSQL', () => define(engines.postgres));
}

function engine(name: EngineName, create: () => Promise<EmptyDatabase>): TestEngine {
  return {
    name,
    create,
    async open({ migrate = true } = {}) {
      const empty = await create();
      const database = openDatabase(empty.url);
      try {
        if (migrate) await database.migrate();
      } catch (error) {
        await database.close();
        await empty.remove();
        throw error;
      }
      return {
        url: empty.url,
        file: empty.file,
        database,
        storage: createStorage(database),
        async close() {
          await database.close();
          await empty.remove();
        },
      };
    },
  };
}

async function createSqlite(): Promise<EmptyDatabase> {
  const folder = scratchFolder('sqlite');
  const file = join(folder, 'gatehouse.db');
  return {
    url: `sqlite:${file}`,
    file,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function createPostgres(): Promise<EmptyDatabase> {
  const server = await postgresUrl();
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE SCHEMA ${schema}`);
  return {
    url: `${server}${server.includes('?') ? '&' : '?'}schema=${schema}`,
    file: undefined,
    remove: () => administer(server, `DROP SCHEMA ${schema} CASCADE`),
  };
}

async function administer(url: string, command: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}

let own: Promise<PostgresServer> | undefined;

/** The server that the test run shares, or one that this file starts and ends. */
async function postgresUrl(): Promise<string> {
  const shared = process.env.TEST_POSTGRES_URL;
  if (shared) return shared;
  own ??= startPostgres();
  return (await own).url;
}

after(async () => {
  const server = await own?.catch(() => undefined);
  await server?.stop();
});
