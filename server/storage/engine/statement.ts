import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export type DialectName = 'sqlite' | 'postgres';
export type SqlValue = string | number | bigint | Uint8Array | null;
export type QueryBuilder = Kysely<Schema>;

/** Stands where a parameter's value will be; its place in the compiled query is looked up once. */
class ParameterMarker {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** SQL text with the values to bind. */
export interface BoundQuery {
  sql: string;
  values: SqlValue[];
  /** A stable name for the server-side prepared statement, for queries that do not change. */
  name?: string;
}

/**
 * A query that is built and compiled once per dialect and then only bound: building one with Kysely costs
 * more than SQLite needs to run it.
 */
export interface Statement<Parameters, Row> {
  bind(dialect: DialectName, builder: QueryBuilder, parameters: Parameters): BoundQuery;
  /** Only for the type checker. */
  readonly row?: Row;
}

let statementCount = 0;

/**
 * Declares a statement.
 * @param build makes the query from the builder and from named parameters, which may stand wherever a value may
 */
export function statement<Parameters extends object, Row>(
  build: (db: QueryBuilder, parameters: Parameters) => Compilable<Row>,
): Statement<Parameters, Row> {
  const name = `s${++statementCount}`;
  const compiled: { [dialect in DialectName]?: Ready } = {};
  return {
    bind(dialect, builder, parameters) {
      let ready = compiled[dialect];
      if (!ready) {
        ready = prepareToBind(build(builder, markers<Parameters>()).compile());
        compiled[dialect] = ready;
      }
      const source = parameters as Record<string, SqlValue>;
      const { names, constants } = ready;
      const values = new Array<SqlValue>(names.length);
      for (let place = 0; place < names.length; place++) {
        const parameter = names[place];
        values[place] = (parameter === undefined ? constants[place] : source[parameter]) ?? null;
      }
      return { sql: ready.sql, values, name };
    },
  };
}

/** A compiled query: for each place the name of its parameter, or else the value that is always there. */
interface Ready {
  sql: string;
  names: (string | undefined)[];
  constants: SqlValue[];
}

function prepareToBind(query: CompiledQuery): Ready {
  const values = query.parameters as (ParameterMarker | SqlValue)[];
  return {
    sql: query.sql,
    names: values.map((value) => (value instanceof ParameterMarker ? value.name : undefined)),
    constants: values.map((value) => (value instanceof ParameterMarker ? null : value)),
  };
}

function markers<Parameters extends object>(): Parameters {
  return new Proxy({} as Parameters, { get: (_, name) => new ParameterMarker(String(name)) });
}

/** Binds a query built for this one call, such as a list with optional filters. */
export function boundQuery(query: CompiledQuery): BoundQuery {
  return { sql: query.sql, values: query.parameters as SqlValue[] };
}
