import { type RawBuilder, sql } from 'kysely';

/**
 * A condition: one of the columns contains the text. The columns hold the spelling that is searched, lower case.
 * @param search as typed; empty finds every row
 */
export function contains(columns: readonly string[], search: string): RawBuilder<boolean> {
  if (search === '') return sql<boolean>`1 = 1`;
  const pattern = `%${search
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
  const each = columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '\\'`);
  return sql<boolean>`(${sql.join(each, sql` or `)})`;
}
