import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import { GatehouseError } from '../../kernel/errors.ts';
import { runMigrations } from '../migrations/run.ts';
import type { Schema } from '../schema.ts';
import type { Database, Session } from './database.ts';
import { postgresDialect } from './dialect.ts';
import { type BoundQuery, boundQuery, type QueryBuilder, type Statement } from './statement.ts';
import { isSerializationFailure, storageError } from './storage_errors.ts';

const POOL_SIZE = 16;
const QUEUE_LIMIT = 4096;
const ATTEMPTS = 5;
/** Any constant will do: it names the lock that keeps two starting servers from migrating at once. */
const MIGRATION_LOCK = 20_250_101;

export interface PostgresOptions {
  connectionString: string;
  /** Where the tables live; tests give each run a schema of its own. */
  schema?: string;
}

/** PostgreSQL 15 or later, and what speaks its protocol. A unit of work is a transaction on a pooled connection. */
export function openPostgres(options: PostgresOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    types: { getTypeParser },
    ...(options.schema ? { options: `-c search_path=${options.schema}` } : {}),
  });
  // An idle connection that breaks is replaced by the pool; the next query tells whether the server is gone.
  pool.on('error', () => {});
  const builder = queryBuilder();
  const statistics = { commits: 0, units: 0 };
  let waiting = 0;

  async function attempt<T>(unit: (session: Session) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const value = await unit(sessionOn((query) => client.query(query), builder));
      await client.query('COMMIT');
      statistics.commits += 1;
      statistics.units += 1;
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    read: sessionOn((query) => pool.query(query), builder),
    async write<T>(unit: (session: Session) => Promise<T>): Promise<T> {
      if (waiting >= QUEUE_LIMIT) {
        throw new GatehouseError(
          'service_unavailable',
          'The server is busy. Nothing was changed; try again.',
          { retryAfterSeconds: 1 },
        );
      }
      waiting += 1;
      try {
        for (let tries = 1; ; tries++) {
          try {
            return await attempt(unit);
          } catch (error) {
            if (tries < ATTEMPTS && isSerializationFailure(error)) continue;
            throw storageError(error);
          }
        }
      } finally {
        waiting -= 1;
      }
    },
    async migrate() {
      const client = await pool.connect();
      try {
        await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await runMigrations(
          sessionOn((query) => client.query(query), builder),
          (text) => client.query(text),
        );
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
        client.release();
      }
    },
    statistics: () => ({ engine: 'postgres', queued: waiting, ...statistics }),
    close: () => pool.end(),
  };
}

/** 64-bit integers arrive as text; ours all fit a JavaScript number (identifiers are below 2^53). */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const int8 = 20;
  const numeric = 1700;
  if (oid === int8 || oid === numeric) return Number;
  return (format === 'binary'
    ? pg.types.getTypeParser(oid, 'binary')
    : pg.types.getTypeParser(oid, 'text')) as unknown as (value: string) => unknown;
}

function queryBuilder(): QueryBuilder {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

type Run = (query: { text: string; values: unknown[]; name?: string }) => Promise<pg.QueryResult>;

function sessionOn(run: Run, builder: QueryBuilder): Session {
  async function execute(query: BoundQuery): Promise<pg.QueryResult> {
    try {
      return await run({
        text: query.sql,
        values: query.values,
        ...(query.name ? { name: query.name } : {}),
      });
    } catch (error) {
      throw isSerializationFailure(error) ? error : storageError(error);
    }
  }

  return {
    dialect: postgresDialect,
    async all<P extends object, R>(statement: Statement<P, R>, parameters: P) {
      return (await execute(statement.bind('postgres', builder, parameters))).rows as R[];
    },
    async first<P extends object, R>(statement: Statement<P, R>, parameters: P) {
      return (await execute(statement.bind('postgres', builder, parameters))).rows[0] as R | undefined;
    },
    async run(statement, parameters) {
      return (await execute(statement.bind('postgres', builder, parameters))).rowCount ?? 0;
    },
    async query<R>(build: (db: QueryBuilder) => Compilable<R>) {
      return (await execute(boundQuery(build(builder).compile()))).rows as R[];
    },
    async execute(build) {
      return (await execute(boundQuery(build(builder).compile()))).rowCount ?? 0;
    },
  };
}
