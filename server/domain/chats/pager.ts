import type { Position, SortOrder } from './page_cursor.ts';

/** A stretch of a list that was read. */
export interface Stretch<Item> {
  items: Item[];
  /** There is, or may be, more after `end`. */
  more: boolean;
  /** How far was read; the last item, or farther where items were looked at and passed over. */
  end: Position | undefined;
}

/** Reads up to `limit` items strictly after a place, in the given order. */
export type Source<Item> = (
  order: SortOrder,
  after: Position | undefined,
  limit: number,
) => Promise<Stretch<Item>>;

export interface PageRequest {
  order: SortOrder;
  limit: number;
  from: Position | undefined;
  direction: 'next' | 'previous';
}

export interface Page<Item> {
  items: Item[];
  /** Where the next page begins; undefined when there is none. */
  next: Position | undefined;
  previous: Position | undefined;
}

/**
 * Reads one page in either direction and looks whether there is one beyond each of its ends. Pages hang on
 * places, not on numbers, so that they neither repeat nor skip what stays in the list while it changes.
 */
export async function readPage<Item>(
  source: Source<Item>,
  positionOf: (item: Item) => Position,
  request: PageRequest,
): Promise<Page<Item>> {
  const { order, limit, from } = request;
  const backwards = request.direction === 'previous';
  const stretch = await source(backwards ? opposite(order) : order, from, limit);
  const ahead = stretch.more ? stretch.end : undefined;
  const first = stretch.items[0];
  const start = first ? positionOf(first) : from && justBefore(from, backwards ? order : opposite(order));
  // The first page of all begins where the list does.
  const behind =
    from && start && (await isMore(source, backwards ? order : opposite(order), start)) ? start : undefined;
  return backwards
    ? { items: stretch.items.reverse(), next: behind, previous: ahead }
    : { items: stretch.items, next: ahead, previous: behind };
}

async function isMore<Item>(source: Source<Item>, order: SortOrder, after: Position): Promise<boolean> {
  const { items, more } = await source(order, after, 1);
  return items.length > 0 || more;
}

export function opposite(order: SortOrder): SortOrder {
  return order === 'asc' ? 'desc' : 'asc';
}

/** A place just before everything of the same time, seen in the given order, so that it leaves none out. */
export function justBefore(position: Position, order: SortOrder): Position {
  return { at: position.at, id: order === 'asc' ? '0'.repeat(10) : 'Z'.repeat(10) };
}

/** Does `a` come before `b` in this order? */
export function comesBefore(a: Position, b: Position, order: SortOrder): boolean {
  const earlier = a.at < b.at || (a.at === b.at && a.id < b.id);
  const later = a.at > b.at || (a.at === b.at && a.id > b.id);
  return order === 'asc' ? earlier : later;
}
