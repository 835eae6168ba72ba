import type { ChatStorage, ChatStore, ChatWithContext } from './chat_store.ts';

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
  'list',
  'listKeys',
  'sizes',
  'lastAssignments',
  'recordAssignment',
  'lockAgent',
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

  const nameOf = (licenseId: number, chatId: string): string => `${licenseId}/${chatId}`;

  function forget(name: string): void {
    remembered.delete(name);
    for (const forgotten of underWay) forgotten.add(name);
  }

  function forgetOrganization(licenseId: number): void {
    const prefix = nameOf(licenseId, '');
    for (const name of remembered.keys()) if (name.startsWith(prefix)) remembered.delete(name);
    for (const forgotten of underWay) forgotten.add(prefix);
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
        const store = storage.read.chats(licenseId);
        return Object.assign(Object.create(store) as ChatStore, {
          chats: (ids: readonly string[]) => chats(store, licenseId, ids),
        });
      },
    },
    async write<T>(unit: Parameters<S['write']>[0]): Promise<T> {
      const touched = new Map<number, Set<string> | 'all'>();
      try {
        return (await storage.write((stores) =>
          unit({
            ...stores,
            chats: (licenseId: number) => watched(stores.chats(licenseId), licenseId, touched),
          }),
        )) as T;
      } finally {
        for (const [licenseId, ids] of touched)
          if (ids === 'all') forgetOrganization(licenseId);
          else for (const id of ids) forget(nameOf(licenseId, id));
      }
    },
  };
}

/** A store that notes which chats it is told to change. */
function watched(store: ChatStore, licenseId: number, touched: Map<number, Set<string> | 'all'>): ChatStore {
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
        const id = chatOf(args[0]);
        const ids = touched.get(licenseId);
        if (id !== null && ids !== 'all') touched.set(licenseId, (ids ?? new Set<string>()).add(id));
        return (target[verb] as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
}
