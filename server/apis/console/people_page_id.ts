import type { PeopleFilter, PeoplePlace, PersonStatus } from '../../domain/people/records.ts';
import { type AccountRole, accountRoles } from '../../wire/scope_catalogue.ts';
import { readPageId, refusedPageId, writePageId } from './page_id.ts';

const statuses: readonly PersonStatus[] = ['active', 'suspended'];

/** Where a list of people goes on, and which search it belongs to. */
export function writePeoplePageId({ nameKey, accountId }: PeoplePlace, filter: PeopleFilter): string {
  return writePageId([nameKey, accountId, filter.search, filter.role ?? null, filter.status ?? null]);
}

/**
 * @param asked the filters that came along; what is left out is the list's own
 * @throws GatehouseError `validation` when it was not given out by this endpoint, or belongs to another search
 */
export function continuePeopleList(
  pageId: string,
  asked: { search?: string | undefined; role?: AccountRole | undefined; status?: PersonStatus | undefined },
): { after: PeoplePlace; filter: PeopleFilter } {
  const [nameKey, accountId, search, role, status] = readPageId(pageId);
  if (typeof nameKey !== 'string' || typeof accountId !== 'string' || typeof search !== 'string')
    throw refusedPageId();
  const filter: PeopleFilter = {
    search,
    role: accountRoles.find((known) => known === role),
    status: statuses.find((known) => known === status),
  };
  for (const name of ['search', 'role', 'status'] as const)
    if (asked[name] !== undefined && asked[name] !== filter[name])
      throw refusedPageId(`It continues a list with another ${name}. Start a new list without page_id.`);
  return { after: { nameKey, accountId }, filter };
}
