import type { ChatStore } from './chat_store.ts';
import { type Clause, type ListingPlan, listsOf, meets } from './listing_plan.ts';
import type { Position, SortOrder } from './page_cursor.ts';
import { comesBefore, justBefore, type Source } from './pager.ts';

/** Chats looked at for one page at most, so that a filter that nearly nothing meets costs no more than this. */
const LOOKED_AT = 2_000;
const BATCH = 100;

/** How many chats were looked at, and how many of them met all clauses. */
export interface Tally {
  seen: number;
  met: number;
}

/**
 * Answers a plan from the lists: reads the clause with the shortest lists and passes over the chats that the
 * other clauses exclude. All lists are in one order, so where nothing met for a while it leaps to where the
 * others go on, as in the merge of sorted lists. Looks at a bounded number of chats: a stretch may hold fewer
 * chats than its limit and still have more behind it.
 * @param sizes of the lists, as far as they are known
 * @returns `size`: how long the lists that are read are together
 */
export function listingSource(
  store: ChatStore,
  plan: ListingPlan,
  sizes: ReadonlyMap<string, number>,
): { source: Source<Position>; size: number; tally: Tally } {
  const tally: Tally = { seen: 0, met: 0 };
  const [driver] = plan.clauses
    .filter((clause) => 'anyOf' in clause)
    .map((clause) => ({ clause, size: sizeOf(clause.anyOf, sizes) }))
    .sort((a, b) => a.size - b.size);
  if (!driver) throw new Error('a listing plan needs a list to read');
  const others = plan.clauses.filter((clause) => clause !== driver.clause);

  const source: Source<Position> = async (order, after, limit) => {
    const items: Position[] = [];
    const batch = others.length > 0 ? Math.max(limit + 1, BATCH) : limit + 1;
    let end = after;
    for (let seen = 0; seen < LOOKED_AT; ) {
      const entries = await store.list(driver.clause.anyOf, plan.states, { order, after: end, limit: batch });
      const keys = others.length > 0 ? await store.listKeys(entries.map((entry) => entry.id)) : undefined;
      let met = 0;
      for (const entry of entries) {
        seen += 1;
        tally.seen += 1;
        const meetsAll = !keys || meets(keys.get(entry.id) ?? new Set(), others);
        if (meetsAll && items.length === limit) return { items, more: true, end: items.at(-1) };
        end = entry;
        if (!meetsAll) continue;
        met += 1;
        tally.met += 1;
        items.push(entry);
      }
      if (entries.length < batch) return { items, more: false, end };
      if (met > 0) continue;
      const farther = await leap(store, plan, others, order, end);
      if (!farther) return { items, more: false, end };
      end = farther;
    }
    return { items, more: true, end };
  };
  return { source, size: driver.size, tally };
}

/** Where each of the other clauses has an entry again, seen from a place; undefined when one has none left. */
async function leap(
  store: ChatStore,
  plan: ListingPlan,
  others: readonly Clause[],
  order: SortOrder,
  from: Position | undefined,
): Promise<Position | undefined> {
  let farthest = from;
  for (const clause of others) {
    if (!('anyOf' in clause)) continue;
    const [next] = await store.list(listsOf(clause), plan.states, { order, after: farthest, limit: 1 });
    if (!next) return undefined;
    const place = justBefore(next, order);
    if (!farthest || comesBefore(farthest, place, order)) farthest = place;
  }
  return farthest;
}

/** A chat is mostly in one group, and an agent's own chats are mostly in their groups, too. */
function sizeOf(keys: readonly string[], sizes: ReadonlyMap<string, number>): number {
  let own = 0;
  let others = 0;
  for (const key of keys) {
    const size = sizes.get(key) ?? 0;
    if (key.startsWith('u:')) own = Math.max(own, size);
    else others += size;
  }
  return Math.max(own, others);
}
