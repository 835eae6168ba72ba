import type { Listing } from '../../domain/chats/chat.ts';
import { isCounted } from '../../domain/chats/listing.ts';
import type { Session } from '../engine/database.ts';

/** A list's size is spread over so many rows; each chat always counts in the same one. */
const SHARDS = 8;

/** Puts a new chat into its lists. */
export async function enterLists(
  session: Session,
  licenseId: number,
  key: number,
  to: Listing,
): Promise<void> {
  await addRows(session, licenseId, key, to, to.keys);
  await changeSizes(session, licenseId, key, { state: to.state, listedAt: 0, keys: [] }, to);
}

/** Moves a chat's rows to where they belong now; nothing happens when that is where they are. */
export async function moveInLists(
  session: Session,
  licenseId: number,
  key: number,
  from: Listing,
  to: Listing,
): Promise<void> {
  const kept = to.keys.filter((list) => from.keys.includes(list));
  const added = to.keys.filter((list) => !from.keys.includes(list));
  const removed = from.keys.filter((list) => !to.keys.includes(list));
  const moved = from.state !== to.state || from.listedAt !== to.listedAt;
  if (!moved && added.length === 0 && removed.length === 0) return;
  if (moved && kept.length > 0)
    await session.execute((db) =>
      db
        .updateTable('chat_listings')
        .set({ state: to.state, listed_at: to.listedAt })
        .where('license_id', '=', licenseId)
        .where('list', 'in', kept)
        .where('state', '=', from.state)
        .where('listed_at', '=', from.listedAt)
        .where('chat_key', '=', key),
    );
  if (removed.length > 0)
    await session.execute((db) =>
      db
        .deleteFrom('chat_listings')
        .where('license_id', '=', licenseId)
        .where('list', 'in', removed)
        .where('state', '=', from.state)
        .where('listed_at', '=', from.listedAt)
        .where('chat_key', '=', key),
    );
  await addRows(session, licenseId, key, to, added);
  await changeSizes(session, licenseId, key, from, to);
}

async function addRows(
  session: Session,
  licenseId: number,
  key: number,
  { state, listedAt }: Listing,
  lists: string[],
): Promise<void> {
  if (lists.length === 0) return;
  const rows = lists.map((list) => ({
    license_id: licenseId,
    list,
    state,
    listed_at: listedAt,
    chat_key: key,
  }));
  await session.execute((db) => db.insertInto('chat_listings').values(rows));
}

/** Rows are touched in the order of their keys, so that two writers never wait for each other in a circle. */
async function changeSizes(
  session: Session,
  licenseId: number,
  key: number,
  from: Listing,
  to: Listing,
): Promise<void> {
  const deltas = new Map<string, { list: string; state: number; size: number }>();
  const count = (list: string, state: number, size: number) => {
    if (!isCounted(list)) return;
    const name = `${list} ${state}`;
    const delta = deltas.get(name) ?? { list, state, size: 0 };
    delta.size += size;
    deltas.set(name, delta);
  };
  for (const list of from.keys) count(list, from.state, -1);
  for (const list of to.keys) count(list, to.state, 1);
  const rows = [...deltas.values()]
    .filter((delta) => delta.size !== 0)
    .sort((a, b) => (a.list === b.list ? a.state - b.state : a.list < b.list ? -1 : 1))
    .map((delta) => ({ license_id: licenseId, shard: key % SHARDS, ...delta }));
  if (rows.length === 0) return;
  await session.execute((db) =>
    db
      .insertInto('chat_list_sizes')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['license_id', 'list', 'state', 'shard'])
          .doUpdateSet((eb) => ({ size: eb('chat_list_sizes.size', '+', eb.ref('excluded.size')) })),
      ),
  );
}
