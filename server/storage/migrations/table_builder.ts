import { type ColumnDefinitionBuilder, type CreateTableBuilder, sql } from 'kysely';
import type { Dialect } from '../engine/dialect.ts';
import type { QueryBuilder } from '../engine/statement.ts';
import type { MigrationStep } from './migration.ts';

type ColumnKind = 'text' | 'integer' | 'bytes';
/** `text`, `integer` or `bytes`; a question mark allows NULL. */
type Column = ColumnKind | `${ColumnKind}?`;

interface TableShape {
  columns: Record<string, Column>;
  /** One column: an integer there is the row's place in the table. Several: the rows lie in that order. */
  key: [string, ...string[]];
  unique?: string[][];
}

/** A step that creates a table alike on both engines. */
export function createTable(dialect: Dialect, name: string, shape: TableShape): MigrationStep {
  return (db: QueryBuilder) => {
    const singleInteger = shape.key.length === 1 && shape.columns[shape.key[0]] === 'integer';
    let table = db.schema.createTable(name) as CreateTableBuilder<string, string>;
    for (const [column, kind] of Object.entries(shape.columns)) {
      const nullable = kind.endsWith('?');
      table = table.addColumn(column, typeOf(dialect, kind), (definition: ColumnDefinitionBuilder) => {
        if (singleInteger && column === shape.key[0]) return definition.primaryKey();
        return nullable ? definition : definition.notNull();
      });
    }
    if (!singleInteger) table = table.addPrimaryKeyConstraint(`${name}_pk`, shape.key);
    shape.unique?.forEach((columns, index) => {
      table = table.addUniqueConstraint(`${name}_unique_${index + 1}`, columns);
    });
    return dialect.clustered && !singleInteger ? table.modifyEnd(dialect.clustered) : table;
  };
}

function typeOf(dialect: Dialect, kind: Column) {
  if (kind.startsWith('integer')) return dialect.integer;
  return kind.startsWith('bytes') ? dialect.bytes : dialect.text;
}

/**
 * A step that creates an index named for its table and columns.
 * @param options `onlyWhereNull`: rows in which that column has a value are left out of the index; `unique`: no two
 *   of its rows may be alike
 */
export function createIndex(
  table: string,
  columns: string[],
  options: { onlyWhereNull?: string; unique?: boolean } = {},
): MigrationStep {
  return (db) => {
    const { onlyWhereNull, unique = false } = options;
    const created = db.schema.createIndex(`${table}_by_${columns.join('_')}`);
    const index = (unique ? created.unique() : created).on(table).columns(columns);
    return onlyWhereNull === undefined ? index : index.where(sql.ref(onlyWhereNull), 'is', null);
  };
}
