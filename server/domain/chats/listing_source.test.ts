import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { listStates } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import { type Clause, meets } from './listing_plan.ts';
import { listingSource } from './listing_source.ts';
import type { Position, SortOrder } from './page_cursor.ts';
import { readPage } from './pager.ts';

interface Entry extends Position {
  keys: string[];
}

/** The lists of a few chats in memory, counting what is read. */
function lists(entries: Entry[]) {
  const read = { rows: 0 };
  const store = {
    async list(keys: string[], _: number[], range: { order: SortOrder; after?: Position; limit: number }) {
      const { order, after, limit } = range;
      const sign = order === 'asc' ? 1 : -1;
      const compare = (a: Position, b: Position) =>
        sign * (a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
      const found = entries
        .filter((entry) => keys.some((key) => entry.keys.includes(key)))
        .filter((entry) => !after || compare(after, entry) < 0)
        .sort(compare)
        .slice(0, limit);
      read.rows += found.length;
      return found.map(({ at, id }) => ({ at, id }));
    },
    listKeys: async (ids: string[]) =>
      new Map(entries.filter(({ id }) => ids.includes(id)).map(({ id, keys }) => [id, new Set(keys)])),
  };
  return { store: store as unknown as ChatStore, read };
}

const entry = (at: number, keys: string[]): Entry => ({ at, id: `A${String(at).padStart(9, '0')}`, keys });

describe('reading lists for a plan', () => {
  it('finds what meets all clauses, whatever they are, page by page', async () => {
    const keys = fc.subarray(['a', 'b', 'c', 'd']);
    const clause = fc.oneof(
      fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }).map((anyOf): Clause => ({ anyOf })),
      fc.subarray(['c', 'd'], { minLength: 1 }).map((noneOf): Clause => ({ noneOf })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(keys, { maxLength: 300 }),
        fc.array(clause, { maxLength: 3 }),
        fc.constantFrom<SortOrder>('asc', 'desc'),
        fc.integer({ min: 1, max: 40 }),
        async (chats, more, order, limit) => {
          const entries = chats.map((list, at) => entry(at, [...list, 'all']));
          const clauses: Clause[] = [{ anyOf: ['all'] }, ...more];
          const sizes = new Map([
            ['all', 4],
            ['a', 1],
            ['b', 9],
          ]);
          const { source } = listingSource(
            lists(entries).store,
            { states: [listStates.active], clauses },
            sizes,
          );
          const seen: number[] = [];
          let from: Position | undefined;
          do {
            const page = await readPage(source, (item) => item, { order, limit, from, direction: 'next' });
            seen.push(...page.items.map(({ at }) => at));
            from = page.next;
          } while (from);
          const expected = entries.filter((one) => meets(new Set(one.keys), clauses)).map(({ at }) => at);
          assert.deepEqual(seen, order === 'asc' ? expected : expected.reverse());
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaps over what another list does not have', async () => {
    const entries = [
      ...Array.from({ length: 5_000 }, (_, at) => entry(at, ['mine'])),
      entry(5_000, ['mine', 'theirs']),
    ];
    const { store, read } = lists(entries);
    const clauses = [{ anyOf: ['mine'] }, { anyOf: ['theirs'] }];
    const sizes = new Map([['theirs', 9_999]]);
    const { source } = listingSource(store, { states: [listStates.active], clauses }, sizes);
    const { items, more } = await source('asc', undefined, 10);
    assert.deepEqual([items.length, more], [1, false]);
    assert.ok(read.rows < 200);
  });

  it('gives up after a bounded number of chats, and says that there may be more', async () => {
    const entries = Array.from({ length: 5_000 }, (_, at) => entry(at, ['all', 'unwanted']));
    const { store, read } = lists(entries);
    const clauses = [{ anyOf: ['all'] }, { noneOf: ['unwanted'] }];
    const { source } = listingSource(store, { states: [listStates.active], clauses }, new Map());
    const stretch = await source('asc', undefined, 10);
    assert.deepEqual([stretch.items.length, stretch.more], [0, true]);
    assert.ok(stretch.end && stretch.end.at >= 1_999);
    assert.ok(read.rows <= 2_100);
  });
});
