import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { GatehouseError } from '../../kernel/errors.ts';
import { runMigrations } from '../migrations/run.ts';
import type { Schema } from '../schema.ts';
import type { Database, Session } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import { backUpBeforeMigration } from './sqlite_backup.ts';
import { type BoundQuery, boundQuery, type QueryBuilder, type Statement } from './statement.ts';
import { storageError } from './storage_errors.ts';

/** Units that share one commit at most: bounds how long one turn of the event loop may take. */
const BATCH_LIMIT = 64;
/** Units that may wait; beyond it a request is refused at once rather than late. */
const QUEUE_LIMIT = 4096;
const PREPARED_LIMIT = 500;

interface QueuedUnit {
  run: (session: Session) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * SQLite through `node:sqlite`: one connection for writing, one for reading (WAL lets both go on).
 *
 * Group commit: units of work queued within one turn of the event loop share a transaction, each in a
 * savepoint of its own, and so share one fsync; their promises resolve after it.
 */
export function openSqlite(file: string): Database {
  const writer = connect(file);
  const reader = connect(file);
  reader.exec('PRAGMA query_only = ON');
  const builder = queryBuilder();
  const write = sessionOn(writer, builder);
  const queue: QueuedUnit[] = [];
  const statistics = { commits: 0, units: 0 };
  let flushing: Promise<void> | undefined;
  let closed = false;

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      // A turn of the event loop between batches: reads, sockets and new units get in.
      await new Promise<void>((resolve) => setImmediate(resolve));
      await commitBatch(queue.splice(0, BATCH_LIMIT));
    }
    flushing = undefined;
  }

  async function commitBatch(batch: QueuedUnit[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      writer.exec('BEGIN IMMEDIATE');
      for (const unit of batch) answers.push(await runInSavepoint(unit));
      writer.exec('COMMIT');
      statistics.commits += 1;
      statistics.units += batch.length;
    } catch (error) {
      rollBack();
      const reason = storageError(error);
      for (const unit of batch) unit.reject(reason);
      return;
    }
    for (const answer of answers) answer();
  }

  /** A transaction that the engine ended by itself, or cannot end, must not keep later batches from being tried. */
  function rollBack(): void {
    try {
      if (writer.isTransaction) writer.exec('ROLLBACK');
    } catch {
      // The next BEGIN says what is wrong.
    }
  }

  async function runInSavepoint(unit: QueuedUnit): Promise<() => void> {
    writer.exec('SAVEPOINT unit');
    try {
      const value = await unit.run(write);
      writer.exec('RELEASE unit');
      return () => unit.resolve(value);
    } catch (error) {
      // Some failures (disk full, I/O) end the whole transaction: then nothing of the batch may be answered.
      if (!writer.isTransaction) throw error;
      writer.exec('ROLLBACK TO unit');
      writer.exec('RELEASE unit');
      const reason = storageError(error);
      return () => unit.reject(reason);
    }
  }

  return {
    read: sessionOn(reader, builder),
    write<T>(unit: (session: Session) => Promise<T>): Promise<T> {
      if (closed || queue.length >= QUEUE_LIMIT) {
        return Promise.reject(
          new GatehouseError('service_unavailable', 'The server is busy. Nothing was changed; try again.', {
            retryAfterSeconds: 1,
          }),
        );
      }
      return new Promise<T>((resolve, reject) => {
        queue.push({ run: unit, resolve: resolve as (value: unknown) => void, reject });
        flushing ??= flush();
      });
    },
    async migrate() {
      await backUpBeforeMigration(writer, file);
      await runMigrations(write, (sql) => writer.exec(sql));
    },
    statistics: () => ({ engine: 'sqlite', queued: queue.length, ...statistics }),
    async close() {
      closed = true;
      await flushing;
      reader.close();
      writer.exec('PRAGMA optimize');
      writer.close();
    },
  };
}

function connect(file: string): DatabaseSync {
  const connection = new DatabaseSync(file, { timeout: 5_000 });
  // An answer is sent only after the write is on disk: FULL makes the WAL durable at each commit.
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF');
  connection.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 2000');
  return connection;
}

function queryBuilder(): QueryBuilder {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

function sessionOn(connection: DatabaseSync, builder: QueryBuilder): Session {
  const prepared = new Map<string, StatementSync>();

  function prepare(text: string): StatementSync {
    let statement = prepared.get(text);
    if (!statement) {
      if (prepared.size >= PREPARED_LIMIT) {
        const oldest = prepared.keys().next().value;
        if (oldest !== undefined) prepared.delete(oldest);
      }
      statement = connection.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  }

  async function rows<R>(query: BoundQuery): Promise<R[]> {
    try {
      return prepare(query.sql).all(...query.values) as R[];
    } catch (error) {
      throw storageError(error);
    }
  }

  async function change(query: BoundQuery): Promise<number> {
    try {
      return Number(prepare(query.sql).run(...query.values).changes);
    } catch (error) {
      throw storageError(error);
    }
  }

  return {
    dialect: sqliteDialect,
    all: <P extends object, R>(statement: Statement<P, R>, parameters: P) =>
      rows<R>(statement.bind('sqlite', builder, parameters)),
    async first<P extends object, R>(statement: Statement<P, R>, parameters: P) {
      const query = statement.bind('sqlite', builder, parameters);
      try {
        return prepare(query.sql).get(...query.values) as R | undefined;
      } catch (error) {
        throw storageError(error);
      }
    },
    run: (statement, parameters) => change(statement.bind('sqlite', builder, parameters)),
    query: <R>(build: (db: QueryBuilder) => Compilable<R>) => rows<R>(boundQuery(build(builder).compile())),
    execute: (build) => change(boundQuery(build(builder).compile())),
  };
}
