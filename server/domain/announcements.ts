import type { Storage, Stores } from './storage.ts';

/** Storage port: words that every server on the same database hears. Nothing is kept of them. */
export interface AnnouncementStore {
  /** Heard once the unit of work is committed, and never when it is not. Without other servers it does nothing. */
  announce(words: readonly string[]): Promise<void>;
}

/** What caches elsewhere have to forget. */
export type Announcement =
  /** People, apps or their rights changed: everything that was remembered. */
  | { kind: 'everything' }
  | { kind: 'access'; key: number }
  | { kind: 'family'; key: number }
  | { kind: 'customer'; key: number }
  | { kind: 'customers' }
  /** Who is banned in an organization, and its chat widget; the key is its license id. */
  | { kind: 'visitors'; key: number }
  /** Which webhooks are on. */
  | { kind: 'webhooks' };

const LETTERS = { access: 'a', family: 'f', customer: 'c', visitors: 'v' } as const;

/** One short word for each, since they travel with every revocation. */
export function wordOf(announcement: Announcement): string {
  if (announcement.kind === 'everything') return '*';
  if (announcement.kind === 'customers') return 'c*';
  if (announcement.kind === 'webhooks') return 'h*';
  return `${LETTERS[announcement.kind]}${announcement.key}`;
}

/** @returns `everything` for a word that a newer version may have said: to forget too much is always safe */
export function announcementOf(word: string): Announcement {
  if (word === 'c*') return { kind: 'customers' };
  if (word === 'h*') return { kind: 'webhooks' };
  const key = Number(word.slice(1));
  const kind = (['access', 'family', 'customer', 'visitors'] as const).find(
    (name) => LETTERS[name] === word[0],
  );
  return kind !== undefined && word.length > 1 && Number.isSafeInteger(key)
    ? { kind, key }
    : { kind: 'everything' };
}

/**
 * Storage whose units of work tell the other servers which credentials they made worthless: in the same
 * transaction, so that none is revoked unheard. Nobody who revokes has to think of it.
 *
 * Tokens that only gave way to newer ones (the cap of 25) are not announced here but by `announceEvicted`:
 * PostgreSQL takes commits that notify one after the other, and exchanges must not wait for that.
 * @param evicted hears of those after the commit
 */
export function announceRevocations(storage: Storage, evicted: (keys: readonly number[]) => void): Storage {
  return {
    read: storage.read,
    async write(unit) {
      let gaveWay: readonly number[] = [];
      const value = await storage.write(async (stores) => {
        const words = new Set<string>();
        gaveWay = [];
        const result = await unit(
          telling(stores, {
            say: (announcement) => words.add(wordOf(announcement)),
            evicted: (keys) => {
              gaveWay = [...gaveWay, ...keys];
            },
          }),
        );
        if (words.size > 0) await stores.announcements.announce([...words]);
        return result;
      });
      if (gaveWay.length > 0) evicted(gaveWay);
      return value;
    },
  };
}

interface Mouth {
  say(announcement: Announcement): void;
  evicted(keys: readonly number[]): void;
}

/** The stores of a unit of work, with the verbs that end credentials watched. The others are inherited. */
function telling(stores: Stores, { say, evicted }: Mouth): Stores {
  const { grants } = stores;
  const everything =
    <Arguments extends unknown[], T>(verb: (...args: Arguments) => T) =>
    (...args: Arguments): T => {
      say({ kind: 'everything' });
      return verb(...args);
    };
  const watchedGrants: Partial<Stores['grants']> = {
    withdrawGrant: everything(grants.withdrawGrant),
    revokeMember: everything(grants.revokeMember),
    revokeClient: everything(grants.revokeClient),
    revokeBotTokens: everything(grants.revokeBotTokens),
    revokePersonalAccessToken: everything(grants.revokePersonalAccessToken),
    revokeFamily(family, reason, now) {
      say({ kind: 'family', key: family.familyKey });
      return grants.revokeFamily(family, reason, now);
    },
    revokeRefreshBranch(family, key, reason, now) {
      say({ kind: 'family', key: family.familyKey });
      return grants.revokeRefreshBranch(family, key, reason, now);
    },
    revokeAccessToken(key, reason, now) {
      say({ kind: 'access', key });
      return grants.revokeAccessToken(key, reason, now);
    },
    async addTokens(tokens, cap) {
      const surplus = await grants.addTokens(tokens, cap);
      evicted(surplus.access);
      return surplus;
    },
    revokeCustomerToken(key, now) {
      say({ kind: 'customer', key });
      return grants.revokeCustomerToken(key, now);
    },
    revokeCustomerFamily(familyKey, now) {
      say({ kind: 'customers' });
      return grants.revokeCustomerFamily(familyKey, now);
    },
  };
  return { ...stores, grants: Object.assign(Object.create(grants) as Stores['grants'], watchedGrants) };
}

/** Part of a unit of work that changes bans or the chat widget of an organization. */
export function announceVisitors(
  { announcements }: Pick<Stores, 'announcements'>,
  licenseId: number,
): Promise<void> {
  return announcements.announce([wordOf({ kind: 'visitors', key: licenseId })]);
}

/** Part of a unit of work that changes which webhooks are on. */
export function announceWebhooks({ announcements }: Pick<Stores, 'announcements'>): Promise<void> {
  return announcements.announce([wordOf({ kind: 'webhooks' })]);
}

/** Part of a unit of work after which nothing that is remembered elsewhere can be trusted. */
export function announceEverything({ announcements }: Pick<Stores, 'announcements'>): Promise<void> {
  return announcements.announce([wordOf({ kind: 'everything' })]);
}

/** Long enough to gather what a burst evicts, and far below the second within which others must follow. */
const GATHER_MILLISECONDS = 50;

/** Announces tokens that gave way to newer ones, many at once, after their commits. */
export function announceEvicted(storage: Storage): {
  evicted(keys: readonly number[]): void;
  /** What is gathered goes out now. */
  flush(): Promise<void>;
} {
  let gathered: number[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const words = gathered.map((key) => wordOf({ kind: 'access', key }));
    gathered = [];
    if (words.length > 0) await storage.write(({ announcements }) => announcements.announce(words));
  }

  return {
    evicted(keys) {
      gathered.push(...keys);
      // Unheard, they live on elsewhere for as long as an entry may: they are not dangerous, only too many.
      timer ??= setTimeout(() => void flush().catch(() => {}), GATHER_MILLISECONDS).unref();
    },
    flush,
  };
}
