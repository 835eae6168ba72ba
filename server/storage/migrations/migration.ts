import type { Compilable } from 'kysely';
import type { Dialect } from '../engine/dialect.ts';
import type { QueryBuilder } from '../engine/statement.ts';

export type MigrationStep = (db: QueryBuilder) => Compilable<unknown>;

/** One change of the schema, written once for both engines. Never edited after a release. */
export interface Migration {
  /** Sorts by its number; recorded in the table `migrations`. */
  name: string;
  steps(dialect: Dialect): MigrationStep[];
}
