import {
  type Announcement,
  announceEvicted,
  announcementOf,
  announceRevocations,
} from '../domain/announcements.ts';
import type { CredentialCaches } from '../domain/grants/grant_service.ts';
import type { Storage } from '../domain/storage.ts';
import { type Micros, seconds } from '../kernel/clock.ts';
import { PARTS } from '../kernel/identifiers.ts';
import type { Database, Listener } from '../storage/engine/database.ts';

/** What a cache believes while all that other servers announce is heard, and while it is not. */
const AGE_WHILE_HEARING = seconds(30);
const AGE_WHILE_DEAF = seconds(1);

/** The part of a logger that is needed here. */
export interface ClusterLog {
  info(message: string): void;
  warn(message: string): void;
}

/** This server's place among those that share its database. */
export interface Cluster {
  /** True where the database admits one server only. */
  alone: boolean;
  /** How long a cache may believe what it holds, now. */
  maxAge(): Micros;
  /** True while whatever the others announced more than a second ago was heard; also when there can be no others. */
  hearing(): boolean;
  /** A number that no other server has: for row keys that cannot meet. */
  place(): number | undefined;
  /** Storage whose units of work tell the others what they revoked. */
  announcing(storage: Storage): Storage;
  /** What has to forget. */
  follow(followers: Followers): void;
  listen(log: ClusterLog): void;
  leave(): Promise<void>;
}

interface Followers {
  caches: CredentialCaches;
  /** What is remembered of one organization's bans and chat widget. */
  forgetVisitors(licenseId: number): void;
  forgetWebhooks(): void;
  forget(): void;
}

/** Does nothing before `listen`: until then, and whenever the others are not heard, caches believe for a second. */
export function joinCluster(database: Database): Cluster {
  if (!database.listen) return onlyServer;
  let listener: Listener | undefined;
  let followers: Followers | undefined;
  let gathered: ReturnType<typeof announceEvicted> | undefined;
  const hearing = (): boolean => listener?.fresh() ?? false;

  return {
    alone: false,
    hearing,
    maxAge: () => (hearing() ? AGE_WHILE_HEARING : AGE_WHILE_DEAF),
    place: () => listener?.place(),
    announcing(storage) {
      const outbox = announceEvicted(storage);
      gathered = outbox;
      return announceRevocations(storage, outbox.evicted);
    },
    follow(given) {
      followers = given;
    },
    listen(log) {
      listener ??= database.listen?.({
        places: PARTS,
        heard(words) {
          for (const word of words) if (followers) obey(followers, announcementOf(word));
        },
        connected() {
          followers?.forget();
          log.info('announcements of other servers are heard');
        },
        lost: () =>
          log.warn('announcements of other servers are not heard; caches are believed for a second only'),
      });
    },
    async leave() {
      await gathered?.flush().catch(() => {});
      await listener?.close();
    },
  };
}

/** Also what this server announced itself comes here; to forget it twice does no harm. */
function obey(
  { caches, forgetVisitors, forgetWebhooks, forget }: Followers,
  announcement: Announcement,
): void {
  if (announcement.kind === 'access') caches.agents.forget(announcement.key);
  else if (announcement.kind === 'family') caches.agents.forgetFamily(announcement.key);
  else if (announcement.kind === 'customer') caches.customers.forget(announcement.key);
  else if (announcement.kind === 'customers') caches.customers.forgetAll();
  else if (announcement.kind === 'visitors') forgetVisitors(announcement.key);
  else if (announcement.kind === 'webhooks') forgetWebhooks();
  else forget();
}

const onlyServer: Cluster = {
  alone: true,
  maxAge: () => Number.POSITIVE_INFINITY,
  hearing: () => true,
  place: () => undefined,
  announcing: (storage) => storage,
  follow: () => {},
  listen: () => {},
  leave: async () => {},
};
