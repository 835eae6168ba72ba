import { sql } from 'kysely';
import type { Session } from '../engine/database.ts';

/** A table as the database itself describes it. */
export interface Table {
  name: string;
  /** In the order of their names, so that both engines agree. */
  columns: string[];
  /** The primary key's columns, in its order. */
  key: string[];
}

interface ColumnRow {
  name: string;
  column_name: string;
  /** The column's place in the primary key, from 1; 0 for none. */
  place: number;
}

/** Every table of the server, by name; without the index of the archives, which is made anew from the others. */
export async function tablesOf(session: Session): Promise<Table[]> {
  const rows = await session.query<ColumnRow>((db) => ({
    compile: () => (session.dialect.name === 'sqlite' ? sqliteColumns : postgresColumns).compile(db),
  }));
  const tables = new Map<string, ColumnRow[]>();
  for (const row of rows) tables.set(row.name, [...(tables.get(row.name) ?? []), row]);
  return [...tables].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column_name }) => column_name).sort(),
    key: columns
      .filter(({ place }) => place > 0)
      .sort((a, b) => a.place - b.place)
      .map(({ column_name }) => column_name),
  }));
}

const sqliteColumns = sql<ColumnRow>`
  select t.name as name, c.name as column_name, c.pk as place
  from sqlite_schema t join pragma_table_info(t.name) c
  where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'archive_terms%'
  order by t.name`;

const postgresColumns = sql<ColumnRow>`
  select c.relname as name, a.attname as column_name,
    coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) as place
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where c.relkind = 'r' and c.relname <> 'archive_terms'
  order by c.relname collate "C"`;
