import type { Clock } from '../../kernel/clock.ts';
import { firstChatIdAt } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import { seesThread } from '../chats/access_rules.ts';
import type { AgentActor } from '../chats/actors.ts';
import {
  createPageCursors,
  type Position,
  refuseBesidePageId,
  type SortOrder,
} from '../chats/page_cursor.ts';
import { readPage, type Source } from '../chats/pager.ts';
import { type AgentsById, agentsById, type PeopleDirectory } from '../chats/people.ts';
import type { QueuePlace } from '../chats/routing/queue_rules.ts';
import { readPlaces } from '../chats/routing/read_places.ts';
import { needReadableFilters, readerFor } from '../chats/shown_properties.ts';
import type { PropertyReader } from '../properties/property_reader.ts';
import type { PropertyService } from '../properties/property_service.ts';
import type { ArchiveFilters } from './archive_filters.ts';
import { type ArchivePlan, invalid, meetsTerms, planArchives } from './archive_plan.ts';
import { type ArchivedThread, termsOf } from './document.ts';
import { type ArchiveIndexer, type ArchiveStorage, archiveIndexer } from './indexer.ts';
import { highlight } from './words.ts';

export interface ListArchivesInput {
  filters?: ArchiveFilters | undefined;
  sort_order?: SortOrder | undefined;
  limit?: number | undefined;
  page_id?: string | undefined;
  highlights?: { pre_tag?: string | undefined; post_tag?: string | undefined } | undefined;
}

export interface ArchivePage {
  threads: ArchivedThread[];
  /** Where those stand that wait for an agent, by thread. */
  places: ReadonlyMap<string, QueuePlace>;
  agents: AgentsById;
  /** What the caller may see of properties. */
  reader: PropertyReader;
  found: number;
  nextPageId: string | undefined;
  previousPageId: string | undefined;
}

export interface ArchiveService {
  list(actor: AgentActor, input: ListArchivesInput): Promise<ArchivePage>;
  indexer: ArchiveIndexer;
}

const LIMIT = 10;
/** So far threads are counted; beyond, their number is estimated. */
const COUNTED = 1_000;
/** Stretches of the index that are read for one page. */
const STRETCHES = 5;

/** Past conversations, a thread each, by the creation of the thread (docs: agent-chat-api#list-archives). */
export function createArchiveService(deps: {
  storage: ArchiveStorage;
  people: PeopleDirectory;
  keyring: Keyring;
  clock: Clock;
  properties: Pick<PropertyService, 'reader' | 'needReadable'>;
}): ArchiveService {
  const { storage, people, properties } = deps;
  const cursors = createPageCursors(deps.keyring, deps.clock);
  const indexer = archiveIndexer({ storage, people });

  async function load(
    licenseId: number,
    ids: readonly string[],
  ): Promise<(ArchivedThread & { indexed: boolean })[]> {
    const chats = storage.read.chats(licenseId);
    const found = await storage.read.archives(licenseId).archivedThreads(ids);
    const [known, events] = await Promise.all([
      chats.chats([...new Set(found.map(({ thread }) => thread.chatId))]),
      chats.events(found.map(({ thread }) => thread.id)),
    ]);
    const byId = new Map(known.map((context) => [context.chat.id, context]));
    return found.flatMap(({ thread, indexed }) => {
      const context = byId.get(thread.chatId);
      const { chat, customer } = context ?? {};
      return chat ? [{ thread, chat, customer, events: events.get(thread.id) ?? [], indexed }] : [];
    });
  }

  /** The index may be a moment behind: what changed since is looked at itself. */
  function sourceOf(actor: AgentActor, plan: ArchivePlan, agents: AgentsById): Source<ArchivedThread> {
    const store = storage.read.archives(actor.licenseId);
    const question = questionOf(plan);
    const { from = 0, to = Number.MAX_SAFE_INTEGER } = plan;
    const meets = (one: ArchivedThread & { indexed: boolean }) =>
      one.thread.createdAt >= from &&
      one.thread.createdAt <= to &&
      seesThread(actor, one.chat, one.thread) &&
      (one.indexed || meetsTerms(termsOf(one, agents), plan.clauses)) &&
      plan.checks.every((check) => check(one));
    return async (order, after, limit) => {
      const items: ArchivedThread[] = [];
      let end = after && idBefore(after);
      for (let stretches = 0; stretches < STRETCHES; stretches++) {
        const stretch = await store.find(question, { order, after: end, limit: limit + 1 - items.length });
        for (const one of await load(actor.licenseId, stretch.ids)) {
          if (!meets(one)) continue;
          const last = items.at(-1);
          if (items.length === limit) return { items, more: true, end: last && positionOf(last) };
          items.push(one);
        }
        if (stretch.end === undefined) return { items, more: false, end: undefined };
        end = stretch.end;
      }
      return { items, more: true, end: end === undefined ? undefined : placeOf(end) };
    };
  }

  async function byThreadIds(actor: AgentActor, input: ListArchivesInput): Promise<ArchivedThread[]> {
    const { thread_ids: ids = [], ...others } = input.filters ?? {};
    const beside = [
      ...Object.keys(others).map((name) => `filters.${name}`),
      ...(['limit', 'sort_order', 'page_id'] as const).filter((name) => input[name] !== undefined),
    ];
    const [first] = beside;
    if (first !== undefined) throw invalid(first, 'Cannot be sent along with filters.thread_ids.');
    const found = await load(actor.licenseId, [...new Set(ids)]);
    return found.filter((one) => seesThread(actor, one.chat, one.thread));
  }

  const placesOf = (licenseId: number, found: readonly ArchivedThread[]) =>
    readPlaces(
      deps,
      licenseId,
      found.map(({ thread }) => thread),
    );

  const readerOf = (actor: AgentActor, found: readonly ArchivedThread[]) =>
    readerFor(
      deps,
      actor,
      found.map(({ chat, customer }) => ({ chat, customer, lastThread: undefined })),
      found,
    );

  return {
    indexer,
    async list(actor, input) {
      const { licenseId } = actor;
      const tags = readTags(input.highlights);
      const agents = await agentsById(people, licenseId);
      if (input.filters?.thread_ids) {
        const threads = await byThreadIds(actor, input);
        return {
          ...{ threads, agents, found: threads.length },
          places: await placesOf(licenseId, threads),
          reader: await readerOf(actor, threads),
          nextPageId: undefined,
          previousPageId: undefined,
        };
      }
      refuseBesidePageId(input, ['filters', 'limit', 'sort_order']);
      const scope = { licenseId, method: 'agent.list_archives' };
      const asked =
        input.page_id === undefined
          ? undefined
          : cursors.read<{ filters: ArchiveFilters }>(scope, input.page_id);
      const filters = asked?.question.filters ?? input.filters ?? {};
      const plan = planArchives(actor, filters);
      await needReadableFilters(properties, actor, 'thread', filters.properties);
      // Where nothing can be written, what is indexed is found all the same.
      await indexer.freshen(licenseId).catch(() => {});
      const order = asked?.order ?? input.sort_order ?? 'desc';
      const limit = asked?.limit ?? input.limit ?? LIMIT;
      const page = await readPage(sourceOf(actor, plan, agents), positionOf, {
        ...{ order, limit, from: asked?.from },
        direction: asked?.direction ?? 'next',
      });
      const here = page.items.length;
      const found =
        asked?.found ??
        (asked === undefined && !page.next
          ? here
          : Math.max(
              here + (page.next ? 1 : 0),
              await storage.read.archives(licenseId).estimate(questionOf(plan), COUNTED),
            ));
      const pageId = (from: Position | undefined, direction: 'next' | 'previous') =>
        from && cursors.write(scope, { question: { filters }, order, limit, from, direction, found });
      return {
        threads: tags ? page.items.map((one) => highlighted(one, plan.words, tags)) : page.items,
        agents,
        places: await placesOf(licenseId, page.items),
        reader: await readerOf(actor, page.items),
        found,
        nextPageId: pageId(page.next, 'next'),
        previousPageId: pageId(page.previous, 'previous'),
      };
    },
  };
}

/** Ids are times to the millisecond: times become a stretch of them, whose ends are looked at exactly. */
function questionOf({ clauses, from, to }: ArchivePlan) {
  return {
    clauses,
    from: from === undefined ? undefined : firstChatIdAt(from),
    to: to === undefined ? undefined : firstChatIdAt(to + 1_000),
  };
}

/** A thread's id is its place: positions carry it also as a number, where the pager compares times. */
function placeOf(id: string): Position {
  return { at: Number.parseInt(id, 36), id };
}

function positionOf({ thread }: ArchivedThread): Position {
  return placeOf(thread.id);
}

/** The id that a place lies behind. The pager makes places just before an id: see `justBefore`. */
function idBefore({ at, id }: Position): string {
  if (/^0+$/.test(id)) return (at - 1).toString(36).toUpperCase();
  return /^Z+$/.test(id) ? (at + 1).toString(36).toUpperCase() : id;
}

const LONGEST_TAG = 100;

function readTags(input: ListArchivesInput['highlights']): { pre: string; post: string } | undefined {
  if (!input) return undefined;
  const { pre_tag: pre, post_tag: post } = input;
  if ((pre === undefined) !== (post === undefined))
    throw invalid('highlights', 'pre_tag and post_tag go together: give both or none.');
  for (const [name, tag] of Object.entries(input))
    if (typeof tag === 'string' && tag.length > LONGEST_TAG)
      throw invalid(`highlights.${name}`, `At most ${LONGEST_TAG} characters.`);
  return { pre: pre ?? '<em>', post: post ?? '</em>' };
}

function highlighted(
  archived: ArchivedThread,
  words: ReadonlySet<string>,
  tags: { pre: string; post: string },
): ArchivedThread {
  if (words.size === 0) return archived;
  const events = archived.events.map((event) => {
    const { text } = event.content;
    if (typeof text !== 'string' || event.deletedAt !== null) return event;
    return { ...event, content: { ...event.content, text: highlight(text, words, tags) } };
  });
  return { ...archived, events };
}
