import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Position, SortOrder } from './page_cursor.ts';
import { type Page, type PageRequest, readPage, type Source } from './pager.ts';

/** A list of numbers that gives up after looking at so many at once, passing over those that do not fit. */
function numbers(values: number[], lookAt: number, fits: (n: number) => boolean): Source<Position> {
  const place = (n: number) => ({ at: n, id: String(n).padStart(10, '0') });
  return async (order, after, limit) => {
    const sorted = [...values].sort((a, b) => (order === 'asc' ? a - b : b - a));
    const rest = sorted.filter((n) => !after || (order === 'asc' ? n > after.at : n < after.at));
    const items: Position[] = [];
    let end = after;
    for (const [index, n] of rest.entries()) {
      if (index === lookAt) return { items, more: true, end };
      if (fits(n) && items.length === limit) return { items, more: true, end: items.at(-1) };
      end = place(n);
      if (fits(n)) items.push(place(n));
    }
    return { items, more: false, end };
  };
}

async function walk(source: Source<Position>, order: SortOrder, limit: number) {
  const seen: number[] = [];
  const pages: { request: PageRequest; ats: number[]; previous: Position | undefined }[] = [];
  let request: PageRequest | undefined = { order, limit, from: undefined, direction: 'next' };
  while (request) {
    const page: Page<Position> = await readPage(source, (item) => item, request);
    const ats = page.items.map(({ at }) => at);
    assert.ok(ats.length <= limit);
    seen.push(...ats);
    pages.push({ request, ats, previous: page.previous });
    request = page.next && { order, limit, from: page.next, direction: 'next' };
  }
  return { seen, pages };
}

describe('paging', () => {
  it('shows everything once, in order, forwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 10, max: 30 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom<SortOrder>('asc', 'desc'),
        async (values, limit, lookAt, step, order) => {
          const fits = (n: number) => n % step === 0;
          const { seen } = await walk(numbers(values, lookAt, fits), order, limit);
          const expected = values.filter(fits).sort((a, b) => (order === 'asc' ? a - b : b - a));
          assert.deepEqual(seen, expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('comes back the same way, where every page is full', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom<SortOrder>('asc', 'desc'),
        async (values, limit, order) => {
          const source = numbers(values, Number.POSITIVE_INFINITY, () => true);
          const { pages } = await walk(source, order, limit);
          for (const [index, page] of pages.entries()) {
            const before = pages[index - 1];
            assert.equal(page.previous !== undefined, before !== undefined);
            if (!page.previous || !before) continue;
            const back = await readPage(source, (item) => item, {
              order,
              limit,
              from: page.previous,
              direction: 'previous',
            });
            assert.deepEqual(
              back.items.map(({ at }) => at),
              before.ats,
            );
            assert.equal(back.previous !== undefined, index > 1);
            assert.ok(back.next);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('still leads back when everything after its place is gone', async () => {
    const source = numbers([1, 2, 3], 99, () => true);
    const page = await readPage(source, (item) => item, {
      order: 'asc',
      limit: 2,
      from: { at: 3, id: '0000000003' },
      direction: 'next',
    });
    assert.deepEqual(page.items, []);
    assert.ok(page.previous);
    assert.equal(page.next, undefined);
  });
});
