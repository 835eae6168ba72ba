import { setTimeout as wait } from 'node:timers/promises';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import { isGatehouseError } from '../../kernel/errors.ts';
import { runMigrations } from '../migrations/run.ts';
import type { Schema } from '../schema.ts';
import { type Database, QUEUE_LIMIT, type Session } from './database.ts';
import { postgresDialect } from './dialect.ts';
import { listenOnPostgres } from './postgres_listener.ts';
import { databasePulse } from './postgres_pulse.ts';
import { type BoundQuery, boundQuery, type QueryBuilder, type Statement } from './statement.ts';
import {
  DuplicateKeyError,
  isConnectionLoss,
  isSerializationFailure,
  outcomeUnknown,
  storageError,
  tooManyWait,
} from './storage_errors.ts';

const POOL_SIZE = 16;
const ATTEMPTS = 5;
const KEY_ATTEMPTS = 3;
const STATEMENT_MILLISECONDS = 15_000;
/** Past the server's own limit: then the server, or the way to it, is gone without a word. */
const ANSWER_MILLISECONDS = 17_000;
/** Any constant will do: it names the lock that keeps two starting servers from migrating at once. */
const MIGRATION_LOCK = 20_250_101;

export interface PostgresOptions {
  connectionString: string;
  /** Where the tables live; tests give each run a schema of its own. */
  schema?: string;
}

/** PostgreSQL 15 or later, and what speaks its protocol. A unit of work is a transaction on a pooled connection. */
export function openPostgres(options: PostgresOptions): Database {
  const shared = {
    connectionString: options.connectionString,
    types: { getTypeParser },
    ...(options.schema ? { options: `-c search_path=${options.schema}` } : {}),
  };
  const pulse = databasePulse(shared);
  const pool = new pg.Pool({
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_MILLISECONDS,
    idle_in_transaction_session_timeout: STATEMENT_MILLISECONDS,
    query_timeout: ANSWER_MILLISECONDS,
    keepAlive: true,
    stream: pulse.socket,
    ...shared,
  });
  // An idle connection that breaks is replaced by the pool; the next query tells whether the server is gone.
  pool.on('error', () => {});
  // One that breaks between two queries of a unit would otherwise end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pulse.watch(pool);
  const builder = queryBuilder();
  const statistics = { commits: 0, units: 0 };
  let waiting = 0;

  async function attempt<T>(unit: (session: Session) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    let committing = false;
    try {
      await client.query('BEGIN');
      const value = await unit(sessionOn((query) => client.query(query), builder));
      committing = true;
      const { command } = await client.query('COMMIT');
      // What the server answers when a statement failed and its error was caught: nothing is written.
      if (command === 'ROLLBACK') throw new Error('a unit of work went on after a failed statement');
      statistics.commits += 1;
      statistics.units += 1;
      return value;
    } catch (error) {
      const cause = rootCause(error);
      if (isConnectionLoss(cause)) {
        broken = cause as Error;
        throw committing ? outcomeUnknown(cause) : error;
      }
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    read: sessionOn((query) => {
      if (pool.waitingCount >= QUEUE_LIMIT) throw tooManyWait();
      return pool.query(query);
    }, builder),
    async write<T>(unit: (session: Session) => Promise<T>): Promise<T> {
      if (waiting >= QUEUE_LIMIT) throw tooManyWait();
      waiting += 1;
      try {
        for (let tries = 1; ; tries++) {
          try {
            return await attempt(unit);
          } catch (error) {
            if (tries >= attemptsAt(error)) throw storageError(error);
          }
          // Apart, so that the same two do not meet again.
          await wait(Math.random() * 5 * 2 ** tries);
        }
      } finally {
        waiting -= 1;
      }
    },
    async migrate() {
      // A connection of its own: an index on a large table takes longer than any query may, and so does
      // waiting for another server that makes it. The lock ends with the connection.
      const client = new pg.Client(shared);
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await runMigrations(
          sessionOn((query) => client.query(query), builder),
          (text) => client.query(text),
        );
      } finally {
        await client.end();
      }
    },
    listen: (hearing) => listenOnPostgres(shared, hearing),
    statistics: () => ({
      engine: 'postgres',
      queued: waiting,
      pool: { connections: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount },
      ...statistics,
    }),
    close() {
      pulse.stop();
      return pool.end();
    },
  };
}

/** How often a unit is tried in all that ended like this. */
function attemptsAt(error: unknown): number {
  if (isSerializationFailure(error)) return ATTEMPTS;
  // Two servers have made the same row key; the next try makes another. What is a duplicate by its nature (an
  // e-mail address) is an answer of the stores, and not thrown.
  return error instanceof DuplicateKeyError ? KEY_ATTEMPTS : 1;
}

/** What the driver said, where it was turned into an error of ours already. */
function rootCause(error: unknown): unknown {
  return (isGatehouseError(error) ? error.cause : undefined) ?? error;
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
