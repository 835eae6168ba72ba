import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { QueryBuilder } from './statement.ts';

/** The channel of LISTEN and NOTIFY on which the servers of one schema meet; such names end at 63 bytes. */
export const CHANNEL = sql<string>`'gatehouse_' || md5(current_schema())`;

/** Says something on a channel; part of the transaction, and heard once that is committed. */
export function announcing(
  channel: RawBuilder<string>,
  payload: string,
): (db: QueryBuilder) => Compilable<object> {
  return (db) => db.selectNoFrom(sql`pg_notify(${channel}, ${payload})`.as('said'));
}
