import type { ChatStorage, ChatStore } from '../chats/chat_store.ts';
import type { SortOrder } from '../chats/page_cursor.ts';
import { type AgentsById, agentsById, type PeopleDirectory } from '../chats/people.ts';
import type { ArchiveIndexVerbs, ArchiveStore } from './archive_store.ts';
import { termsOf } from './document.ts';

/** The part of the storage that archives use. */
export interface ArchiveStorage {
  read: ChatStorage['read'] & {
    archives(licenseId: number): ArchiveStore;
    /** Organizations with threads that changed since they were indexed. */
    changedArchives(limit: number): Promise<number[]>;
  };
  write<T>(
    unit: (stores: {
      chats(licenseId: number): ChatStore;
      archiveIndex(licenseId: number): ArchiveIndexVerbs;
    }) => Promise<T>,
  ): Promise<T>;
}

/** Threads in one unit of work: others wait for it on SQLite. */
const BATCH = 16;
/** Threads that a search indexes itself before it looks; what is beyond comes with the background's next turn. */
const FRESH = 64;
/** Organizations, and threads of each, in one turn of the background. */
const ORGANIZATIONS = 100;
const TURN = 512;

export interface ArchiveIndexer {
  /** Brings what changed last into the index, so that who writes and then searches finds it. */
  freshen(licenseId: number): Promise<void>;
  /** One turn of the background. @returns how many threads were indexed */
  work(): Promise<number>;
}

/**
 * Keeps the index behind the chats: storing a thread marks it as changed, in the write that is made anyway, and
 * the index follows in batches of its own. The mark is the cursor: whatever stops the server, what is marked is
 * indexed later.
 */
export function archiveIndexer(deps: { storage: ArchiveStorage; people: PeopleDirectory }): ArchiveIndexer {
  const { storage, people } = deps;

  async function indexSome(licenseId: number, most: number, order: SortOrder): Promise<number> {
    const ids = await storage.read.archives(licenseId).unindexed(most, order);
    if (ids.length === 0) return 0;
    const agents = await agentsById(people, licenseId);
    let done = 0;
    for (let from = 0; from < ids.length; from += BATCH)
      done += await storage.write((stores) =>
        indexBatch(stores, licenseId, ids.slice(from, from + BATCH), agents),
      );
    return done;
  }

  return {
    async freshen(licenseId) {
      await indexSome(licenseId, FRESH, 'desc');
    },
    async work() {
      let done = 0;
      for (const licenseId of await storage.read.changedArchives(ORGANIZATIONS))
        done += await indexSome(licenseId, TURN, 'asc');
      return done;
    },
  };
}

async function indexBatch(
  stores: Parameters<Parameters<ArchiveStorage['write']>[0]>[0],
  licenseId: number,
  ids: readonly string[],
  agents: AgentsById,
): Promise<number> {
  const chats = stores.chats(licenseId);
  const index = stores.archiveIndex(licenseId);
  let done = 0;
  // In one order, so that two servers never wait for each other in a circle.
  for (const id of [...ids].sort()) {
    const thread = await index.lockUnindexed(id);
    if (!thread) continue;
    const found = await chats.chat(thread.chatId);
    const events = (await chats.events([id])).get(id) ?? [];
    const terms = found
      ? termsOf({ thread, chat: found.chat, customer: found.customer, events }, agents)
      : [];
    await index.index(id, [...terms]);
    done += 1;
  }
  return done;
}
