import { readPageId, refusedPageId, writePageId } from './page_id.ts';

/** Where a list of apps goes on, and which search it belongs to. */
export interface AppsPlace {
  before: number;
  search: string;
}

export function writeAppsPageId({ before, search }: AppsPlace): string {
  return writePageId([before, search]);
}

/** @throws GatehouseError `validation` when it was not given out by this endpoint */
export function readAppsPageId(text: string): AppsPlace {
  const [before, search] = readPageId(text);
  if (typeof before !== 'number' || !Number.isSafeInteger(before) || typeof search !== 'string')
    throw refusedPageId();
  return { before, search };
}

/** @throws GatehouseError `validation` when another search is asked for along with it */
export function continueAppsList(pageId: string, search: string | undefined): AppsPlace {
  const place = readAppsPageId(pageId);
  if (search !== undefined && search !== place.search)
    throw refusedPageId(`It continues the search for "${place.search}". Start a new search without page_id.`);
  return place;
}
