import { canonicalJson } from '../../kernel/canonical_json.ts';
import { GatehouseError } from '../../kernel/errors.ts';

/** The filters of a list that is read page by page, as they were asked for. */
export type ListFilters = Record<string, string | undefined>;

/**
 * A `page_id`: base64url of the last key that was seen and of the filters, as JSON. It is not signed, since it
 * opens nothing: the list is read within the caller's organization whatever it says.
 */
export function writeListPageId(before: number, filters: ListFilters): string {
  return Buffer.from(JSON.stringify([before, canonicalJson(filters)])).toString('base64url');
}

/**
 * Where a list goes on; undefined at its beginning.
 * @throws GatehouseError `validation` for what was not given out here, or for other filters than its own
 */
export function continueList(pageId: string | undefined, filters: ListFilters): number | undefined {
  if (pageId === undefined) return undefined;
  const [before, asked] = read(pageId);
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || before < 0 || typeof asked !== 'string')
    throw refused('It was not given out by this server, or not copied whole.');
  if (asked !== canonicalJson(filters))
    throw refused('It continues a list with other filters. Send the same ones, or begin without page_id.');
  return before;
}

function read(pageId: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(pageId, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function refused(message: string): GatehouseError {
  return new GatehouseError('validation', `\`page_id\`: ${message}`, {
    fields: [{ field: 'page_id', message }],
  });
}
