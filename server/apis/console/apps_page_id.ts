import { GatehouseError } from '../../kernel/errors.ts';

/** Where a list of apps goes on, and which search it belongs to. */
export interface AppsPlace {
  before: number;
  search: string;
}

/**
 * A `page_id`: base64url of the place as JSON. It is not signed, since it opens nothing: the list is read
 * within the caller's organization whatever it says.
 */
export function writeAppsPageId({ before, search }: AppsPlace): string {
  return Buffer.from(JSON.stringify([before, search])).toString('base64url');
}

/** @throws GatehouseError `validation` when it was not given out by this endpoint */
export function readAppsPageId(text: string): AppsPlace {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw refused('It was not given out by this server, or not copied whole.');
  }
  const [before, search] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || typeof search !== 'string')
    throw refused('It was not given out by this server, or not copied whole.');
  return { before, search };
}

/** @throws GatehouseError `validation` when another search is asked for along with it */
export function continueAppsList(pageId: string, search: string | undefined): AppsPlace {
  const place = readAppsPageId(pageId);
  if (search !== undefined && search !== place.search)
    throw refused(`It continues the search for "${place.search}". Start a new search without page_id.`);
  return place;
}

function refused(message: string): GatehouseError {
  return new GatehouseError('validation', `\`page_id\`: ${message}`, {
    fields: [{ field: 'page_id', message }],
  });
}
