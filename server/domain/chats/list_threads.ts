import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { PropertyReader } from '../properties/property_reader.ts';
import { chatNotFound, needChat, seesChat, seesThread } from './access_rules.ts';
import type { Actor } from './actors.ts';
import type { Thread } from './chat.ts';
import type { ChatStore, ChatWithContext } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import type { ThreadWithEvents } from './get_chat.ts';
import { type Cursor, type Position, refuseBesidePageId, type SortOrder } from './page_cursor.ts';
import { type Page, readPage, type Source } from './pager.ts';
import { readPlaces } from './routing/read_places.ts';
import { readerFor } from './shown_properties.ts';
import { needTime } from './time_input.ts';

export interface ListThreadsInput {
  chat_id: string;
  sort_order?: SortOrder | undefined;
  limit?: number | undefined;
  page_id?: string | undefined;
  min_events_count?: number | undefined;
  filters?: { from?: string | undefined; to?: string | undefined } | undefined;
}

export interface ThreadPage extends ChatWithContext {
  threads: ThreadWithEvents[];
  /** What the caller may see of properties. */
  reader: PropertyReader;
  found: number;
  nextPageId: string | undefined;
  previousPageId: string | undefined;
}

const LIMIT = 3;
const MAXIMUM = 100;
const COUNTED = 1_000;
/** Threads looked at for one page, where some are of groups that the caller may not see. */
const LOOKED_AT = 500;

interface Question {
  from: Micros | undefined;
  to: Micros | undefined;
  minEvents: number | undefined;
}

/** The threads of one chat that the caller may see, with all their events. */
export function listThreads(deps: ChatDeps) {
  return async (actor: Actor, input: ListThreadsInput): Promise<ThreadPage> => {
    refuseBesidePageId(input, ['filters', 'limit', 'sort_order', 'min_events_count']);
    const scope = {
      licenseId: actor.licenseId,
      method: `${actor.kind}.list_threads`,
      subject: input.chat_id,
    };
    const asked: Cursor<Question> | undefined =
      input.page_id === undefined ? undefined : deps.cursors.read(scope, input.page_id);
    const question = asked?.question ?? readQuestion(input);

    const store = deps.storage.read.chats(actor.licenseId);
    const found = await store.chat(input.chat_id);
    if (!found) throw chatNotFound();
    const order = asked?.order ?? input.sort_order ?? 'desc';
    const limit = asked?.limit ?? input.limit ?? (question.minEvents === undefined ? LIMIT : MAXIMUM);
    const page = await readPage(sourceOf(store, actor, found, question), positionOf, {
      order,
      limit,
      from: asked?.from,
      direction: asked?.direction ?? 'next',
    });
    // Somebody may see an old thread of a chat whose later threads went to other groups.
    if (page.items.length === 0) needChat(actor, found.chat, found.lastThread);
    const pageId = (from: Position | undefined, direction: 'next' | 'previous') =>
      from && deps.cursors.write<Question>(scope, { question, order, limit, from, direction });
    const events = await store.events(page.items.map((thread) => thread.id));
    const places = await readPlaces(deps, actor.licenseId, page.items);
    const threads = page.items.map((thread) => ({
      thread,
      events: events.get(thread.id) ?? [],
      queue: places.get(thread.id),
    }));
    return {
      ...found,
      threads,
      reader: await readerFor(deps, actor, [], threads),
      found: await count(store, actor, found, question, page, asked === undefined),
      nextPageId: pageId(page.next, 'next'),
      previousPageId: pageId(page.previous, 'previous'),
    };
  };
}

function positionOf(thread: Thread): Position {
  return { at: thread.createdAt, id: thread.id };
}

/** `min_events_count` excludes `limit` and `filters` (docs: agent-chat-api#list-threads). */
function readQuestion(input: ListThreadsInput): Question {
  const { min_events_count: minEvents, filters } = input;
  if (minEvents !== undefined) {
    for (const name of ['limit', 'filters'] as const)
      if (input[name] !== undefined) throw invalid(name, 'Cannot be sent along with min_events_count.');
    if (input.sort_order === 'asc')
      throw invalid(
        'sort_order',
        'min_events_count takes the newest threads: leave sort_order out, or say "desc".',
      );
  }
  const from = filters?.from === undefined ? undefined : needTime(filters.from, 'filters.from');
  const to = filters?.to === undefined ? undefined : needTime(filters.to, 'filters.to');
  if (from !== undefined && to !== undefined && from > to)
    throw invalid('filters.from', 'Lies after filters.to, so that no thread can be between them.');
  return { from, to, minEvents };
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}

function sourceOf(
  store: ChatStore,
  actor: Actor,
  { chat, lastThread }: ChatWithContext,
  { from, to, minEvents }: Question,
): Source<Thread> {
  // Only agents who do not see the chat as it is now need a look at each thread's own groups, and those who do, too.
  const partly = actor.kind === 'agent' && actor.reach !== 'all';
  if (!partly && !seesChat(actor, chat, lastThread)) throw chatNotFound();
  return async (order, after, limit) => {
    const items: Thread[] = [];
    let end = after;
    let events = 0;
    for (let seen = 0; seen < LOOKED_AT; ) {
      const threads = await store.threads(chat.id, { order, after: end, from, to, limit: limit + 1 });
      for (const thread of threads) {
        seen += 1;
        const visible = !partly || seesThread(actor, chat, thread);
        const full = items.length === limit || (minEvents !== undefined && events >= minEvents);
        if (visible && full)
          return { items, more: true, end: items.at(-1) && positionOf(items.at(-1) as Thread) };
        end = positionOf(thread);
        if (!visible) continue;
        events += thread.eventsCount;
        items.push(thread);
      }
      if (threads.length < limit + 1) return { items, more: false, end };
    }
    return { items, more: true, end };
  };
}

/** Kept for the whole chat; counted up to a bound between times; what is on the page where that is all. */
async function count(
  store: ChatStore,
  actor: Actor,
  { chat }: ChatWithContext,
  { from, to }: Question,
  page: Page<Thread>,
  first: boolean,
): Promise<number> {
  if (first && !page.next) return page.items.length;
  const seesAll = actor.kind === 'customer' || actor.reach === 'all';
  if (seesAll && from === undefined && to === undefined) return chat.threadsCount;
  return Math.max(page.items.length, await store.countThreads(chat.id, { from, to, limit: COUNTED }));
}
