import { type ColumnDataType, type RawBuilder, sql } from 'kysely';
import type { DialectName } from './statement.ts';

/** What differs between the two engines, by name; everything else is written once. */
export interface Dialect {
  readonly name: DialectName;
  /** 64-bit integer: keys, times in microseconds, counts, and 0/1 for truth. */
  readonly integer: ColumnDataType;
  readonly bytes: ColumnDataType;
  /** Text that is compared and sorted by its bytes on both engines, whatever the server's locale. */
  readonly text: ColumnDataType | RawBuilder<unknown>;
  /** Ends a table whose primary key is not one integer: rows then lie in the order of that key. */
  readonly clustered: RawBuilder<unknown> | undefined;
  /** Ends a select that must hold its rows until the unit of work ends. SQLite has one writer, so it needs none. */
  readonly forUpdate: RawBuilder<unknown>;
  /** The same for rows that others may hold in this way too, while nobody changes or deletes them. */
  readonly forShare: RawBuilder<unknown>;
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  integer: 'integer',
  bytes: 'blob',
  text: 'text',
  clustered: sql`without rowid`,
  forUpdate: sql``,
  forShare: sql``,
};

export const postgresDialect: Dialect = {
  name: 'postgres',
  integer: 'bigint',
  bytes: 'bytea',
  text: sql`text collate "C"`,
  clustered: undefined,
  forUpdate: sql`for update`,
  forShare: sql`for share`,
};
