import type { SortOrder } from '../../domain/chats/page_cursor.ts';

/** One list in one state: a run of index rows in the order of time. */
export interface List {
  key: string;
  state: number;
}

export interface Entry {
  at: number;
  key: number;
}

interface Run {
  list: List;
  entries: Entry[];
  /** How many of `entries` are used up. */
  used: number;
  ended: boolean;
}

type Read = (wanted: { list: List; after: Entry | undefined; limit: number }[]) => Promise<Entry[][]>;

/** Few lists are read in one go; of many, each gives only a few of the entries, so that little is read in vain. */
const FEW = 4;
const LEAST = 8;

/**
 * Merges runs that are each in order into one, each chat once. A run is read on only when its entries are
 * used up, so that the cost hangs on the number of runs and on `limit` alone.
 */
export async function mergeLists(
  lists: readonly List[],
  range: { order: SortOrder; after: Entry | undefined; limit: number },
  read: Read,
): Promise<Entry[]> {
  const { order, after, limit } = range;
  const runs: Run[] = lists.map((list) => ({ list, entries: [], used: 0, ended: false }));
  const result: Entry[] = [];
  await fill(
    runs,
    lists.length <= FEW ? limit : Math.min(limit, Math.max(LEAST, Math.ceil((2 * limit) / lists.length))),
  );
  while (result.length < limit) {
    const empty = runs.filter((run) => !run.ended && run.used === run.entries.length);
    if (empty.length > 0) await fill(empty, limit);
    const next = earliest(runs, order);
    if (!next) break;
    const entry = next.entries[next.used] as Entry;
    next.used += 1;
    // A chat in two of the lists stands at the same place in both.
    const last = result.at(-1);
    if (last?.at !== entry.at || last.key !== entry.key) result.push(entry);
  }
  return result;

  async function fill(wanted: Run[], count: number): Promise<void> {
    const entries = await read(
      wanted.map((run) => ({ list: run.list, after: run.entries.at(-1) ?? after, limit: count })),
    );
    wanted.forEach((run, index) => {
      run.entries.push(...(entries[index] ?? []));
      run.ended = (entries[index]?.length ?? 0) < count;
    });
  }
}

function earliest(runs: readonly Run[], order: SortOrder): Run | undefined {
  let best: Run | undefined;
  let bestEntry: Entry | undefined;
  for (const run of runs) {
    const entry = run.entries[run.used];
    if (!entry) continue;
    if (!bestEntry || isBefore(entry, bestEntry, order)) {
      best = run;
      bestEntry = entry;
    }
  }
  return best;
}

function isBefore(a: Entry, b: Entry, order: SortOrder): boolean {
  const difference = a.at - b.at || a.key - b.key;
  return order === 'asc' ? difference < 0 : difference > 0;
}
