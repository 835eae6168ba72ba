import type { Compilable } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { QueryBuilder, Statement } from './statement.ts';

/** What a query can be run on: a read connection, or one unit of work. */
export interface Session {
  readonly dialect: Dialect;
  all<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R[]>;
  first<P extends object, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined>;
  /** @returns the number of rows changed */
  run<P extends object>(statement: Statement<P, unknown>, parameters: P): Promise<number>;
  /** Runs a query that is built for this call. */
  query<R>(build: (db: QueryBuilder) => Compilable<R>): Promise<R[]>;
  /** Like `query`, for a change. @returns the number of rows changed */
  execute(build: (db: QueryBuilder) => Compilable<unknown>): Promise<number>;
}

export interface ListenOptions {
  /** Words that another server, or this one, has announced. */
  heard(words: readonly string[]): void;
  /** Listening has begun, or begun again: what was said before is unknown. */
  connected(): void;
  /** Nothing is heard any more; it is tried again. */
  lost(): void;
  /** How many servers get a number of their own. */
  places: number;
}

export interface Listener {
  /** True while all that others announced more than a second ago has surely been heard. */
  fresh(): boolean;
  /** A number below `places` that no other server has at this time; undefined while there is none. */
  place(): number | undefined;
  close(): Promise<void>;
}

/** Units of work that may wait; more are refused at once. */
export const QUEUE_LIMIT = 4096;

export interface DatabaseStatistics {
  engine: string;
  /** Units of work waiting for a commit. */
  queued: number;
  commits: number;
  units: number;
  /** Of PostgreSQL. */
  pool?: { connections: number; idle: number; waiting: number };
  /** The disk failed: nothing is written until a restart. */
  writesStopped?: boolean;
}

/** A database behind the stores: many readers, and units of work that are durable when their promise resolves. */
export interface Database {
  readonly read: Session;
  /**
   * Runs a unit of work atomically. The promise resolves only after the commit is on disk.
   * A unit must wait for nothing but its session: others share its commit.
   * @throws GatehouseError `service_unavailable` when too many units wait or the storage cannot be written
   */
  write<T>(unit: (session: Session) => Promise<T>): Promise<T>;
  migrate(): Promise<void>;
  /** Hears what other servers on this database announce; missing where there can be no others. */
  listen?(options: ListenOptions): Listener;
  statistics(): DatabaseStatistics;
  close(): Promise<void>;
}
