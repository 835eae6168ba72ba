import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { GatehouseError } from '../../kernel/errors.ts';
import { runMigrations } from '../migrations/run.ts';
import type { Schema } from '../schema.ts';
import { type Database, QUEUE_LIMIT, type Session } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import { backUpBeforeMigration } from './sqlite_backup.ts';
import { sqliteCheckpoints } from './sqlite_checkpoints.ts';
import { refuseDamagedFile, refuseDamagedPages } from './sqlite_damage.ts';
import { type Answer, type SyncFile, sqliteDurability } from './sqlite_durability.ts';
import { type BoundQuery, boundQuery, type QueryBuilder, type Statement } from './statement.ts';
import { diskFailed, isBusy, storageError, tooManyWait } from './storage_errors.ts';

/** Units that share one commit at most: bounds how long one turn of the event loop may take. */
const BATCH_LIMIT = 64;
/** After a unit failed that had changed something, so many batches run with savepoints. */
const CAREFUL_BATCHES = 16;
/** How long a batch may grow. */
const GATHER_MILLISECONDS = 3;
/** Units that may wait; beyond it a request is refused at once rather than late. */
const PREPARED_LIMIT = 500;
/** How long units wait for another connection's write lock, such as that of an open `sqlite3`. */
const LOCK_PATIENCE_MILLISECONDS = 5_000;
const LOCK_RETRY_MILLISECONDS = 20;

interface QueuedUnit {
  run: (session: Session) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * SQLite through `node:sqlite`: one connection for writing, one for reading (WAL lets both go on).
 *
 * Group commit: units of work queued within one turn of the event loop share a transaction, each in a
 * savepoint of its own, and so share one fsync; their promises resolve after it (see `sqlite_durability.ts`).
 * @throws UnusableDatabaseError `damaged`
 */
export function openSqlite(
  file: string,
  options: { lockPatienceMilliseconds?: number; sync?: SyncFile } = {},
): Database {
  const { lockPatienceMilliseconds = LOCK_PATIENCE_MILLISECONDS } = options;
  refuseDamagedFile(file);
  const writer = connect(file, (connection) => refuseDamagedPages(connection, file));
  const reader = connect(file);
  reader.exec('PRAGMA query_only = ON; PRAGMA busy_timeout = 100');
  const builder = queryBuilder();
  let inUnit = false;
  let inBatch = false;
  /** Set by every statement of a unit that may change something. */
  let wrote = false;
  let reading = false;
  const write = sessionOn(builder, (text, kind) => {
    // A failure that ended the transaction, and that somebody caught: what followed would be written on its own.
    if (inUnit && !writer.isTransaction) throw tooManyWait();
    if (kind === 'change') wrote = true;
    return prepareOnWriter(text);
  });
  const prepareOnWriter = preparer(writer);
  const prepareOnReader = preparer(reader);
  const durability = sqliteDurability(writer, file, options.sync);
  const checkpoints = sqliteCheckpoints(writer, file);
  let broken: GatehouseError | undefined;
  const queue: QueuedUnit[] = [];
  const statistics = { commits: 0, units: 0 };
  let flushing: Promise<void> | undefined;
  let closed = false;

  async function flush(): Promise<void> {
    while (queue.length > 0) {
      await gather();
      await commitBatch(queue.splice(0, BATCH_LIMIT));
    }
    flushing = undefined;
  }

  /**
   * A turn of the event loop between batches, in which reads, sockets and new units get in; and further ones as long
   * as each brings more units. A commit and its wait for the disk cost as much as several units.
   */
  async function gather(): Promise<void> {
    const until = performance.now() + GATHER_MILLISECONDS;
    let before: number;
    do {
      before = queue.length;
      await new Promise<void>((resolve) => setImmediate(resolve));
    } while (queue.length > before && queue.length < BATCH_LIMIT && performance.now() < until);
  }

  /**
   * Reads of one turn of the event loop share a transaction, since to begin and end one takes longer than most
   * reads do. It ends with the turn, or when a batch begins, so that every commit is seen at once.
   */
  function shareReading(): void {
    if (reading) return;
    beginReading.run();
    reading = true;
    setImmediate(endReading);
  }

  function endReading(): void {
    if (!reading) return;
    reading = false;
    if (writer.isOpen && writer.isTransaction) commit.run();
  }

  async function commitBatch(batch: QueuedUnit[]): Promise<void> {
    let answers: Answer[] | undefined;
    inBatch = true;
    try {
      if (broken) throw broken;
      await begin();
      if (carefulBatches > 0) carefulBatches -= 1;
      else answers = await runTogether(batch);
      if (!answers) {
        answers = [];
        for (const unit of batch) answers.push(await runInSavepoint(unit));
      }
      commit.run();
      inBatch = false;
      statistics.commits += 1;
      statistics.units += batch.length;
      checkpoints.committed(batch.length);
    } catch (error) {
      rollBack();
      inBatch = false;
      const reason = storageError(error);
      // Whoever came while the lock was waited for has waited long enough too.
      const refused = isBusy(error) ? batch.concat(queue.splice(0)) : batch;
      for (const unit of refused) unit.reject(reason);
      return;
    }
    durability.settle(answers);
  }

  /**
   * A log that could not be put on disk once cannot be trusted again: the system may have dropped what it held.
   * What was written is neither confirmed nor undone, so that nothing more is written until a restart, which
   * reads what really is on disk.
   */
  function breakDown(error: Error): GatehouseError {
    broken ??= diskFailed(error);
    return broken;
  }

  /** Waits for the write lock without holding up the event loop, so that reads go on meanwhile. */
  async function begin(): Promise<void> {
    endReading();
    const giveUpAt = performance.now() + lockPatienceMilliseconds;
    for (;;) {
      try {
        beginImmediate.run();
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= giveUpAt) throw error;
      }
      await wait(LOCK_RETRY_MILLISECONDS);
    }
  }

  /** A transaction that the engine ended by itself, or cannot end, must not keep later batches from being tried. */
  function rollBack(): void {
    try {
      if (writer.isTransaction) writer.exec('ROLLBACK');
    } catch {
      // The next BEGIN says what is wrong.
    }
  }

  const beginReading = writer.prepare('BEGIN');
  const beginImmediate = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  const savepoint = writer.prepare('SAVEPOINT unit');
  const release = writer.prepare('RELEASE unit');
  let carefulBatches = 0;

  /**
   * Runs a batch without savepoints, for each of which SQLite copies every page that the unit changes. Hardly any
   * unit fails after it changed something; when one does, all that the batch did is undone, and it has to run again
   * with a savepoint for each unit, as the next batches then do too.
   * @returns undefined when it has to run again
   */
  async function runTogether(batch: QueuedUnit[]): Promise<Answer[] | undefined> {
    const answers: Answer[] = [];
    for (const unit of batch) {
      inUnit = true;
      wrote = false;
      try {
        answers.push(answerOf(unit, await unit.run(write)));
      } catch (error) {
        if (!writer.isTransaction) throw error;
        if (wrote) {
          writer.exec('ROLLBACK');
          await begin();
          carefulBatches = CAREFUL_BATCHES;
          return undefined;
        }
        answers.push(refusalOf(unit, error));
      } finally {
        inUnit = false;
      }
    }
    return answers;
  }

  function answerOf(unit: QueuedUnit, value: unknown): Answer {
    return { give: () => unit.resolve(value), fail: (error) => unit.reject(breakDown(error)) };
  }

  function refusalOf(unit: QueuedUnit, error: unknown): Answer {
    const reason = storageError(error);
    const refuse = (): void => unit.reject(reason);
    return { give: refuse, fail: refuse };
  }

  async function runInSavepoint(unit: QueuedUnit): Promise<Answer> {
    savepoint.run();
    inUnit = true;
    try {
      const value = await unit.run(write);
      release.run();
      return answerOf(unit, value);
    } catch (error) {
      // Some failures (disk full, I/O) end the whole transaction: then nothing of the batch may be answered.
      if (!writer.isTransaction) throw error;
      writer.exec('ROLLBACK TO unit');
      release.run();
      return refusalOf(unit, error);
    } finally {
      inUnit = false;
    }
  }

  return {
    // Between batches the writing connection reads too: its pages are those that were just written, while the
    // other has to fetch them anew after every commit.
    read: sessionOn(builder, (text, kind) => {
      if (kind === 'change' || inBatch || !writer.isOpen) return prepareOnReader(text);
      const statement = prepareOnWriter(text);
      shareReading();
      return statement;
    }),
    write<T>(unit: (session: Session) => Promise<T>): Promise<T> {
      if (closed || queue.length >= QUEUE_LIMIT) return Promise.reject(tooManyWait());
      return new Promise<T>((resolve, reject) => {
        queue.push({ run: unit, resolve: resolve as (value: unknown) => void, reject });
        flushing ??= flush();
      });
    },
    async migrate() {
      endReading();
      writer.exec(`PRAGMA busy_timeout = ${LOCK_PATIENCE_MILLISECONDS}`);
      await backUpBeforeMigration(writer, file);
      await runMigrations(write, (sql) => writer.exec(sql));
      writer.exec('PRAGMA busy_timeout = 0');
    },
    statistics: () => ({
      engine: 'sqlite',
      queued: queue.length,
      ...statistics,
      writesStopped: broken !== undefined,
    }),
    async close() {
      closed = true;
      await flushing;
      await durability.idle();
      endReading();
      durability.close();
      await checkpoints.close();
      reader.close();
      try {
        writer.exec('PRAGMA optimize');
      } catch {
        // A full or locked disk must not keep the server from ending.
      }
      writer.close();
    },
  };
}

function connect(file: string, look: (connection: DatabaseSync) => void = () => {}): DatabaseSync {
  const connection = new DatabaseSync(file, { timeout: LOCK_PATIENCE_MILLISECONDS });
  try {
    look(connection);
    // An answer is sent only after the write is on disk. FULL until `sqlite_durability.ts` takes over.
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF');
    connection.exec('PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY');
    // From here on SQLite does not wait itself, which would stop the whole process.
    connection.exec('PRAGMA busy_timeout = 0');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
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

/** Statements of a connection, prepared once; the oldest give way. */
function preparer(connection: DatabaseSync): (text: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (text) => {
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
  };
}

function sessionOn(
  builder: QueryBuilder,
  prepareFor: (text: string, kind: 'read' | 'change') => StatementSync,
): Session {
  function prepare(text: string): StatementSync {
    return prepareFor(text, text.startsWith('select') ? 'read' : 'change');
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
