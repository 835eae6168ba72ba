import { type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { PropertyReader } from '../properties/property_reader.ts';
import type { Actor, AgentActor, CustomerActor } from './actors.ts';
import { listStates } from './chat.ts';
import type { ChatWithContext } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import { listKey } from './listing.ts';
import { type ChatFilters, type ListingPlan, listsOf, planListing } from './listing_plan.ts';
import { listingSource, type Tally } from './listing_source.ts';
import { type Cursor, type Position, refuseBesidePageId, type SortOrder } from './page_cursor.ts';
import { type Page, readPage } from './pager.ts';
import { type AgentsById, agentsById } from './people.ts';
import type { QueuePlace } from './routing/queue_rules.ts';
import { readPlaces } from './routing/read_places.ts';
import { needReadableFilters, readerFor } from './shown_properties.ts';

export interface ListChatsInput {
  filters?: ChatFilters | undefined;
  sort_order?: SortOrder | undefined;
  limit?: number | undefined;
  page_id?: string | undefined;
}

export interface ChatPage {
  chats: ChatWithContext[];
  agents: AgentsById;
  /** Of those whose last thread waits, by thread. */
  places: ReadonlyMap<string, QueuePlace>;
  /** What the caller may see of properties. */
  reader: PropertyReader;
  found: number;
  nextPageId: string | undefined;
  previousPageId: string | undefined;
}

const LIMIT = 10;
/** Sizes that are not kept are counted this far. */
const COUNTED = 1_000;

type Question = { filters: ChatFilters };

/** Pages that are kept, and for how long: their page ids live a month from when they were made. */
const PAGES = 200;
const PAGE_LIFE = seconds(60);

interface KnownPage {
  page: ChatPage;
  revision: number;
  madeAt: Micros;
}

/**
 * Pages of agents who ask the same again while nothing changed, as apps that poll do: then the very same page.
 * Who asks is part of the question, with all that decides what they see.
 */
function rememberPages(
  { storage, people, clock, properties }: ChatDeps,
  ask: (actor: AgentActor, input: ListChatsInput) => Promise<ChatPage>,
): (actor: AgentActor, input: ListChatsInput) => Promise<ChatPage> {
  const known = new Map<string, KnownPage>();
  return async (actor, input) => {
    const store = storage.read.chats(actor.licenseId);
    const revision = store.revision?.();
    if (revision === undefined) return ask(actor, input);
    const { licenseId, agentId, reach, groupIds, clientId } = actor;
    const seenBy = `${agentId}\n${reach}\n${groupIds.join()}\n${clientId}\n${properties.revision()}`;
    const question = `${licenseId}\n${seenBy}\n${JSON.stringify(input)}`;
    const found = known.get(question);
    if (
      found?.revision === revision &&
      clock.now() - found.madeAt < PAGE_LIFE &&
      found.page.agents === (await agentsById(people, actor.licenseId))
    )
      return found.page;
    const page = await ask(actor, input);
    // What changed meanwhile may be on it, or not; and who waits moves in the queue while their chats stay the same.
    if (store.revision?.() !== revision || page.places.size > 0) return page;
    known.delete(question);
    if (known.size >= PAGES) {
      const oldest = known.keys().next().value;
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(question, { page, revision, madeAt: clock.now() });
    return page;
  };
}

/** Chats an agent may see, by the creation of their last thread (docs: agent-chat-api#list-chats). */
export function listChatsOfAgent(deps: ChatDeps) {
  return rememberPages(deps, async (actor, input) => {
    refuseBesidePageId(input, ['filters', 'limit', 'sort_order']);
    const scope = { licenseId: actor.licenseId, method: 'agent.list_chats' };
    const asked = input.page_id === undefined ? undefined : deps.cursors.read<Question>(scope, input.page_id);
    const filters = asked?.question.filters ?? input.filters ?? {};
    if (filters.group_ids && filters.group_ids.length > 200)
      throw new GatehouseError('validation', 'filters.group_ids: at most 200 groups.');
    const plan = planListing(actor, filters);
    await needReadableFilters(deps.properties, actor, 'chat', filters.properties);
    return page(deps, actor, plan, {
      asked,
      input,
      write: (cursor) => deps.cursors.write<Question>(scope, { ...cursor, question: { filters } }),
    });
  });
}

/** The customer's own chats (docs: customer-chat-api#list-chats). */
export function listChatsOfCustomer(deps: ChatDeps) {
  return async (actor: CustomerActor, input: Omit<ListChatsInput, 'filters'>): Promise<ChatPage> => {
    refuseBesidePageId(input, ['limit', 'sort_order']);
    const scope = { licenseId: actor.licenseId, method: 'customer.list_chats', subject: actor.customerId };
    const asked =
      input.page_id === undefined ? undefined : deps.cursors.read<undefined>(scope, input.page_id);
    const plan: ListingPlan = {
      states: [listStates.active, listStates.inactive, listStates.withoutThreads],
      clauses: [{ anyOf: [listKey.customer(actor.customerId)] }],
    };
    return page(deps, actor, plan, {
      asked,
      input,
      write: (cursor) => deps.cursors.write(scope, { ...cursor, question: undefined }),
    });
  };
}

interface Request {
  asked: Cursor<unknown> | undefined;
  input: Pick<ListChatsInput, 'sort_order' | 'limit'>;
  write(cursor: Omit<Cursor<unknown>, 'question'>): string;
}

async function page(deps: ChatDeps, actor: Actor, plan: ListingPlan, request: Request): Promise<ChatPage> {
  const { licenseId } = actor;
  const store = deps.storage.read.chats(licenseId);
  const { asked, input } = request;
  const order = asked?.order ?? input.sort_order ?? 'desc';
  const limit = asked?.limit ?? input.limit ?? LIMIT;
  const sizes = await store.sizes([...new Set(plan.clauses.flatMap(listsOf))], plan.states, COUNTED);
  const { source, size, tally } = listingSource(store, plan, sizes);
  const found = await readPage(source, (position: Position) => position, {
    order,
    limit,
    from: asked?.from,
    direction: asked?.direction ?? 'next',
  });
  const [chats, agents] = await Promise.all([
    store.chats(found.items.map((item) => item.id)),
    agentsById(deps.people, licenseId),
  ]);
  const places = await readPlaces(
    deps,
    licenseId,
    chats.map(({ lastThread }) => lastThread),
  );
  const filtered = plan.clauses.length > 1;
  const total = asked?.found ?? estimate(found, asked === undefined, size, filtered ? tally : undefined);
  const pageId = (from: Position | undefined, direction: 'next' | 'previous') =>
    from && request.write({ order, limit, from, direction, found: filtered ? total : undefined });
  return {
    chats,
    agents,
    places,
    reader: await readerFor(deps, actor, chats),
    found: total,
    nextPageId: pageId(found.next, 'next'),
    previousPageId: pageId(found.previous, 'previous'),
  };
}

/** Exact when all is on one page; else the kept size of the list, scaled by how many of its chats met the filters. */
function estimate(page: Page<Position>, first: boolean, size: number, tally: Tally | undefined): number {
  const here = page.items.length;
  if (first && !page.next) return here;
  const atLeast = here + (page.next ? 1 : 0) + (page.previous ? 1 : 0);
  const share = tally && tally.seen > 0 ? tally.met / tally.seen : 1;
  return Math.max(atLeast, Math.round(size * share));
}
