import type { Compilable } from 'kysely';
import { IdTakenError } from '../../domain/chats/chat_store.ts';
import type { Session } from '../engine/database.ts';
import { postgresDialect } from '../engine/dialect.ts';
import { type QueryBuilder, type SqlValue, type Statement, statement } from '../engine/statement.ts';
import { DuplicateKeyError } from '../engine/storage_errors.ts';

/** A select that holds its rows until the unit of work ends. SQLite has one writer and needs no lock. */
export function lockingStatement<P extends object, Row>(
  build: (
    db: QueryBuilder,
    parameters: P,
  ) => Compilable<Row> & { modifyEnd(modifier: never): Compilable<Row> },
) {
  const plain = statement<P, Row>(build);
  const locking = statement<P, Row>((db, p) => build(db, p).modifyEnd(postgresDialect.forUpdate as never));
  return (session: Session): Statement<P, Row> => (session.dialect.name === 'postgres' ? locking : plain);
}

const WIDTHS = [1, 10, 26, 101];
const WIDEST = 101;

/**
 * A select with an `in` list, compiled for a few lengths of it; places left over repeat the last value.
 * Longer lists are read in pieces.
 */
export function listStatement<V extends number | string, P extends object, Row>(
  build: (db: QueryBuilder, parameters: P, values: V[]) => Compilable<Row>,
) {
  const compiled = new Map<number, Statement<Record<string, SqlValue>, Row>>();

  function ofWidth(width: number): Statement<Record<string, SqlValue>, Row> {
    let ready = compiled.get(width);
    if (!ready) {
      ready = statement<Record<string, SqlValue>, Row>((db, p) =>
        build(
          db,
          p as P,
          Array.from({ length: width }, (_, index) => p[`value${index}`] as V),
        ),
      );
      compiled.set(width, ready);
    }
    return ready;
  }

  return async (session: Session, parameters: P, values: readonly V[]): Promise<Row[]> => {
    const rows: Row[] = [];
    for (let start = 0; start < values.length; start += WIDEST) {
      const piece = values.slice(start, start + WIDEST);
      const width = WIDTHS.find((candidate) => candidate >= piece.length) ?? WIDEST;
      const bound: Record<string, SqlValue> = { ...(parameters as Record<string, SqlValue>) };
      for (let index = 0; index < width; index++)
        bound[`value${index}`] = piece[Math.min(index, piece.length - 1)] ?? null;
      rows.push(...(await session.all(ofWidth(width), bound)));
    }
    return rows;
  };
}

/** Says in the domain's words that a new row met an existing one. */
export async function inserting<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    throw error instanceof DuplicateKeyError ? new IdTakenError(error) : error;
  }
}
