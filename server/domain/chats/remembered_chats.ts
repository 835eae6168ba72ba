import type { Chat } from './chat.ts';
import type { ChatStorage, ChatStore, ChatWithContext } from './chat_store.ts';
import { sameListing } from './listing.ts';
import { routingVerbs } from './routing/routing_store.ts';

/** Organizations whose lists are kept in memory, and pieces of lists of each. */
const ORGANIZATIONS = 1_000;
const PIECES = 100;
/** Chats that are kept in memory; some kilobytes each. */
const CAPACITY = 4_000;

/** Verbs that change nothing a chat's summary is made of: its row, its last thread's, its customer's. */
const HARMLESS: ReadonlySet<keyof ChatStore> = new Set<keyof ChatStore>([
  'insertCustomer',
  'customer',
  'lockCustomer',
  'chat',
  'chats',
  'lockChat',
  'chatByCustomId',
  'thread',
  'threads',
  'countThreads',
  'insertEvents',
  'events',
  'eventsByCustomId',
  'event',
  // A chat's record of its newest events is in its own row.
  'saveEvent',
  'list',
  'listKeys',
  'sizes',
  'lockAgent',
  ...routingVerbs,
  'claimFile',
]);

/** Which chat a change touches; a verb that is not here touches all of its organization. */
const CHAT_OF: { [Verb in keyof ChatStore]?: (argument: never) => string | null } = {
  insertChat: ({ id }: { id: string }) => id,
  saveChat: ({ id }: { id: string }) => id,
  insertThread: ({ chatId }: { chatId: string }) => chatId,
  saveThread: ({ chatId }: { chatId: string }) => chatId,
  saveCustomer: ({ chatId }: { chatId: string | null }) => chatId,
};

/**
 * Chats as lists show them, kept in memory until something of them changes: lists are asked for again and
 * again, and most of what they hold is the same as the last time. Only for a process that alone writes to its
 * database. A unit of work's own reads always go to the database.
 */
export function rememberChats<S extends ChatStorage>(storage: S): S {
  const remembered = new Map<string, ChatWithContext>();
  /** What was forgotten while a read was under way: it must not be remembered from before the change. */
  const underWay = new Set<Set<string>>();

  /** Pieces of lists and their sizes, as they were asked for; a change of any list of an organization ends them. */
  const lists = new Map<number, Map<string, unknown>>();

  const revisions = new Map<number, number>();
  /** They hold nothing; to make one takes longer than most of what is asked. */
  const readers = new Map<number, ChatStore>();

  function forgetLists(licenseId: number): void {
    lists.delete(licenseId);
    for (const forgotten of underWay) forgotten.add(listsOf(licenseId));
  }

  const listsOf = (licenseId: number): string => `lists of ${licenseId}`;

  async function rememberPiece<T>(licenseId: number, question: unknown, ask: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(question);
    const known = lists.get(licenseId)?.get(name);
    if (known !== undefined) return known as T;
    const forgotten = new Set<string>();
    underWay.add(forgotten);
    try {
      const answer = await ask();
      if (forgotten.has(listsOf(licenseId))) return answer;
      let pieces = lists.get(licenseId);
      if (!pieces) {
        if (lists.size >= ORGANIZATIONS) lists.clear();
        pieces = new Map();
        lists.set(licenseId, pieces);
      }
      if (pieces.size >= PIECES) pieces.clear();
      pieces.set(name, answer);
      return answer;
    } finally {
      underWay.delete(forgotten);
    }
  }

  const nameOf = (licenseId: number, chatId: string): string => `${licenseId}/${chatId}`;

  function forget(name: string): void {
    remembered.delete(name);
    for (const forgotten of underWay) forgotten.add(name);
  }

  function forgetOrganization(licenseId: number): void {
    const prefix = nameOf(licenseId, '');
    for (const name of remembered.keys()) if (name.startsWith(prefix)) remembered.delete(name);
    for (const forgotten of underWay) forgotten.add(prefix);
    forgetLists(licenseId);
  }

  function keep(licenseId: number, found: ChatWithContext, forgotten: ReadonlySet<string>): void {
    const name = nameOf(licenseId, found.chat.id);
    if (forgotten.has(name) || forgotten.has(nameOf(licenseId, ''))) return;
    if (remembered.size >= CAPACITY) {
      const oldest = remembered.keys().next().value;
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(name, found);
  }

  async function chats(
    store: ChatStore,
    licenseId: number,
    ids: readonly string[],
  ): Promise<ChatWithContext[]> {
    const known = new Map<string, ChatWithContext>();
    const missing: string[] = [];
    for (const id of ids) {
      const found = remembered.get(nameOf(licenseId, id));
      if (found) known.set(id, found);
      else missing.push(id);
    }
    if (missing.length > 0) {
      const forgotten = new Set<string>();
      underWay.add(forgotten);
      try {
        for (const found of await store.chats(missing)) {
          known.set(found.chat.id, found);
          keep(licenseId, found, forgotten);
        }
      } finally {
        underWay.delete(forgotten);
      }
    }
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  return {
    ...storage,
    read: {
      ...storage.read,
      chats(licenseId: number) {
        const made = readers.get(licenseId);
        if (made) return made;
        const store = storage.read.chats(licenseId);
        const reader = Object.assign(Object.create(store) as ChatStore, {
          revision: () => revisions.get(licenseId) ?? 0,
          chats: (ids: readonly string[]) => chats(store, licenseId, ids),
          list: (...question: Parameters<ChatStore['list']>) =>
            rememberPiece(licenseId, ['list', question], () => store.list(...question)),
          sizes: (...question: Parameters<ChatStore['sizes']>) =>
            rememberPiece(licenseId, ['sizes', question], () => store.sizes(...question)),
        });
        if (readers.size >= ORGANIZATIONS) readers.clear();
        readers.set(licenseId, reader);
        return reader;
      },
    },
    async write<T>(unit: Parameters<S['write']>[0]): Promise<T> {
      const touched: Touched = new Map();
      try {
        return (await storage.write((stores) =>
          unit({
            ...stores,
            chats: (licenseId: number) => watched(stores.chats(licenseId), licenseId, touched),
          }),
        )) as T;
      } finally {
        for (const licenseId of touched.keys()) revisions.set(licenseId, (revisions.get(licenseId) ?? 0) + 1);
        for (const [licenseId, ids] of touched)
          if (ids === 'all') forgetOrganization(licenseId);
          else
            for (const id of ids)
              if (id === LISTS) forgetLists(licenseId);
              else forget(nameOf(licenseId, id));
      }
    },
  };
}

/** Ids of chats by organization; LISTS among them where a list changed. */
type Touched = Map<number, Set<string> | 'all'>;
const LISTS = '';

/** Does this call move a chat between lists? */
function movesLists(verb: keyof ChatStore, args: unknown[]): boolean {
  if (verb === 'insertChat') return true;
  if (verb !== 'saveChat') return false;
  const [chat, before] = args as [Chat, Chat];
  return !sameListing(chat.listing, before.listing);
}

/** A store that notes which chats it is told to change. */
function watched(store: ChatStore, licenseId: number, touched: Touched): ChatStore {
  return new Proxy(store, {
    get(target, name) {
      const verb = name as keyof ChatStore;
      if (HARMLESS.has(verb)) return target[verb];
      const chatOf = CHAT_OF[verb] as ((argument: unknown) => string | null) | undefined;
      if (!chatOf) {
        touched.set(licenseId, 'all');
        return target[verb];
      }
      return (...args: unknown[]) => {
        const ids = touched.get(licenseId) ?? new Set<string>();
        if (ids !== 'all') {
          const id = chatOf(args[0]);
          if (id !== null) ids.add(id);
          if (movesLists(verb, args)) ids.add(LISTS);
          touched.set(licenseId, ids);
        }
        return (target[verb] as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
}
