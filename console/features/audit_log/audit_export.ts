import { type AuditFilters, listAuditLog } from '../../api/audit_log.ts';
import type { AuditEntry } from '../../api/audit_types.ts';

/** More would be a matter for the database itself. */
const MOST_ENTRIES = 10_000;

/** Reads all entries that match, page by page. @returns at most 10,000, and whether there are more */
export async function readAuditEntries(
  filters: AuditFilters,
): Promise<{ entries: AuditEntry[]; cut: boolean }> {
  const entries: AuditEntry[] = [];
  let pageId: string | undefined;
  do {
    const page = await listAuditLog(filters, pageId);
    entries.push(...page.entries);
    pageId = page.next_page_id;
  } while (pageId !== undefined && entries.length < MOST_ENTRIES);
  return { entries, cut: pageId !== undefined };
}

export function asJsonLines(entries: readonly AuditEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

const COLUMNS: readonly [string, (entry: AuditEntry) => string][] = [
  ['at', ({ at }) => at],
  ['action', ({ action }) => action],
  ['actor_id', ({ actor }) => actor?.id ?? ''],
  ['actor_name', ({ actor }) => actor?.name ?? ''],
  ['actor_email', ({ actor }) => actor?.email ?? ''],
  ['app_id', ({ app }) => app?.id ?? ''],
  ['app_name', ({ app }) => app?.name ?? ''],
  ['ip', ({ ip }) => ip],
  ['request_id', ({ request_id }) => request_id],
  ['detail', ({ detail }) => JSON.stringify(detail)],
];

/** RFC 4180, with a heading. */
export function asCsv(entries: readonly AuditEntry[]): string {
  const rows = [COLUMNS.map(([name]) => name), ...entries.map((entry) => COLUMNS.map(([, of]) => of(entry)))];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Spreadsheets run what begins like a formula, and people choose their names: an apostrophe makes it text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
