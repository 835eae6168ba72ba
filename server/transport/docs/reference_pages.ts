import { publicOperations } from './openapi/document.ts';
import type { ReferenceApi } from './reference.ts';

/** Pages of the reference, by the tags of the operations on them. */
const PAGES: readonly (Omit<ReferenceApi, 'operations'> & { tags: readonly string[] })[] = [
  {
    slug: 'agent',
    title: 'Agent Chat API',
    credential: "Opened by an agent's access token (`Bearer`) or a personal access token (`Basic`).",
    tags: ['Agent Chat API'],
  },
  {
    slug: 'customer',
    title: 'Customer Chat API',
    credential:
      "Opened by a customer's access token (`Bearer`). Every request names the organization in its address: `?organization_id=`.",
    tags: ['Customer Chat API'],
  },
  {
    slug: 'configuration-api',
    title: 'Configuration API',
    credential: "Opened by an agent's access token (`Bearer`) or a personal access token (`Basic`).",
    tags: ['Configuration API'],
  },
  {
    slug: 'accounts-api',
    title: 'Global Accounts API',
    credential: "Opened by an agent's access token (`Bearer`) or a personal access token (`Basic`).",
    tags: ['Global Accounts API'],
  },
  {
    slug: 'authorization-endpoints',
    title: 'Authorization, LiveChat’s dialect',
    credential: 'How apps get tokens for agents and customers, look at them and give them back.',
    tags: ['Authorization', 'Customer authorization'],
  },
  {
    slug: 'standard-endpoints',
    title: 'Authorization, standard dialect',
    credential: 'What any OAuth and OpenID Connect library calls by itself.',
    tags: ['Standard OAuth', 'Dynamic registration'],
  },
];

let pages: readonly ReferenceApi[] | undefined;

/** The reference of every public API; those of which nothing is served have no page. */
export function referencePages(): readonly ReferenceApi[] {
  if (pages) return pages;
  const operations = publicOperations();
  pages = PAGES.map(({ tags, ...page }) => ({
    ...page,
    operations: operations.filter(({ operation }) => tags.includes((operation.tags as string[])[0] ?? '')),
  })).filter((page) => page.operations.length > 0);
  return pages;
}
