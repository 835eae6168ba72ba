import type { Clock, Micros } from '../kernel/clock.ts';
import type { AccountStore } from './accounts/account_store.ts';
import type { AppStore } from './apps/app_store.ts';
import type { BotStore } from './apps/bot_store.ts';
import type { IdentityStore } from './identity/identity_store.ts';
import type { PeopleStore } from './people/people_store.ts';
import type { Storage, Stores } from './storage.ts';
import type { TeamStore } from './team/team_store.ts';

/** Verbs of identity that change nothing of what is remembered. One that is missing here only costs memory. */
const HARMLESS_TO_PEOPLE: ReadonlySet<keyof IdentityStore> = new Set<keyof IdentityStore>([
  'account',
  'accountByEmail',
  'organization',
  'organizationById',
  'organizationSettings',
  'member',
  'members',
  'organizationsOf',
  'groups',
  'addSession',
  'session',
  'sessionsOf',
  'touchSession',
  'confirmSession',
  'setSessionOrganization',
  'openInbox',
  'endSession',
  'endSessions',
  'addOneTimeToken',
  'oneTimeToken',
  'consumeOneTimeToken',
  'voidOneTimeTokens',
  'countThrottle',
  'throttle',
  'clearThrottle',
  'addMail',
  'mailsDue',
  'claimMail',
  'markMailSent',
  'postponeMail',
  'latestMails',
  'mail',
  'addAuditEntry',
]);

/** The same of the people of organizations: what only concerns invitations, or changes nothing. */
const HARMLESS_TO_MEMBERS: ReadonlySet<keyof PeopleStore> = new Set<keyof PeopleStore>([
  'lockOrganization',
  'people',
  'countPeople',
  'actingFor',
  'addInvitation',
  'invitationByKey',
  'invitation',
  'openInvitationTo',
  'openInvitations',
  'countOpenInvitations',
  'renewInvitation',
  'approveInvitation',
  'endInvitation',
  'answerInvitation',
  'revokeInvitationsBy',
]);

/** The same of agents' settings and of groups. */
const HARMLESS_TO_TEAM: ReadonlySet<keyof TeamStore> = new Set<keyof TeamStore>([
  'settings',
  'settingsOf',
  'lastLogouts',
  'groups',
  'groupPriorities',
]);

/** The same of accounts. */
const HARMLESS_TO_ACCOUNTS: ReadonlySet<keyof AccountStore> = new Set<keyof AccountStore>([
  'facts',
  'factsOf',
  'updateAccount',
  'defaultLicenseId',
  'profile',
  'putProfile',
  'pictureOf',
  'pictures',
  'picture',
  'addSessionFamily',
  'sessionFamily',
  'sessionFamilies',
  'forgetSessionFamilies',
  'purgeSessionFamilies',
]);

/** The same of apps. */
const HARMLESS_TO_APPS: ReadonlySet<keyof AppStore> = new Set<keyof AppStore>([
  'apps',
  'countApps',
  'app',
  'icon',
  'installations',
  'client',
  'liveSecrets',
  'markSecretUsed',
]);

/** The same of bots. */
const HARMLESS_TO_BOTS: ReadonlySet<keyof BotStore> = new Set<keyof BotStore>([
  'bots',
  'bot',
  'botIdentity',
  'botsOf',
  'useBot',
  'botTemplates',
  'botsOfTemplate',
]);

const CAPACITY = 20_000;

export interface RememberedReads {
  storage: Storage;
  forget(): void;
  statistics(): { hits: number; misses: number };
}

/**
 * Storage whose most asked questions (who is a member, which client, which secrets) are answered from memory:
 * every token request asks them, and their answers hardly ever change.
 *
 * Whatever unit of work touches people or apps makes all of it forgotten, before its caller hears that it is
 * committed; nobody has to think of it. Reads inside a unit of work always go to the database.
 * @param options.maxAge microseconds that an answer is believed: without bound where no other process writes.
 *   Asked each time, since it depends on whether the other servers are heard
 * @param options.changed called when people or apps have changed, for caches that depend on them
 */
export function rememberReads(
  storage: Storage,
  options: {
    clock: Clock;
    maxAge(): Micros;
    changed(): void;
    /** Part of a unit of work that changes people or apps: tells other servers. */
    announce?: ((stores: Stores) => Promise<void>) | undefined;
  },
): RememberedReads {
  const { identity, apps } = storage.read;
  const memory = answers(options.clock, options.maxAge);
  const member = memory.remember((licenseId: number, accountId: string) =>
    identity.member(licenseId, accountId),
  );
  const organization = memory.remember((licenseId: number) => identity.organization(licenseId));
  const client = memory.remember((clientId: string) => apps.client(clientId));
  const liveSecrets = memory.remember((clientId: string) => apps.liveSecrets(clientId));

  return {
    forget: memory.forget,
    statistics: memory.statistics,
    storage: {
      read: {
        ...storage.read,
        identity: { ...identity, member, organization },
        apps: { ...apps, client, liveSecrets },
      },
      async write(unit) {
        let changed = false;
        try {
          return await storage.write(async (stores) => {
            const watch = watchOf(stores);
            watch.touched = false;
            try {
              const value = await unit(watch.stores);
              if (watch.touched) await options.announce?.(stores);
              return value;
            } finally {
              // A unit that runs again may take another way.
              changed ||= watch.touched;
            }
          });
        } finally {
          if (changed) {
            memory.forget();
            options.changed();
          }
        }
      },
    },
  };
}

interface Watch {
  stores: Stores;
  /** By the unit that runs. */
  touched: boolean;
}

/** Made once for stores that serve one unit after the other, as SQLite's do. */
const watches = new WeakMap<Stores, Watch>();

function watchOf(stores: Stores): Watch {
  let watch = watches.get(stores);
  if (!watch) {
    const made: Watch = {
      stores: watched(stores, () => {
        made.touched = true;
      }),
      touched: false,
    };
    watch = made;
    watches.set(stores, watch);
  }
  return watch;
}

/** The stores of a unit of work, telling when it reaches for a verb that changes people or apps. */
function watched(stores: Stores, touched: () => void): Stores {
  const watch = <S extends object>(store: S, harmless: ReadonlySet<keyof S>): S =>
    new Proxy(store, {
      get(target, verb) {
        if (!harmless.has(verb as keyof S)) touched();
        return target[verb as keyof S];
      },
    });
  return {
    ...stores,
    identity: watch(stores.identity, HARMLESS_TO_PEOPLE),
    people: watch(stores.people, HARMLESS_TO_MEMBERS),
    accounts: watch(stores.accounts, HARMLESS_TO_ACCOUNTS),
    team: watch(stores.team, HARMLESS_TO_TEAM),
    apps: watch(stores.apps, HARMLESS_TO_APPS),
    bots: watch(stores.bots, HARMLESS_TO_BOTS),
  };
}

interface Answer {
  value: unknown;
  readAt: Micros;
}

interface Memory {
  /** Nothing is remembered of an answer "there is none". */
  remember<Arguments extends [string | number] | [string | number, string | number], T>(
    ask: (...args: Arguments) => Promise<T>,
  ): (...args: Arguments) => Promise<T>;
  forget(): void;
  statistics(): { hits: number; misses: number };
}

function answers(clock: Clock, maxAge: () => Micros): Memory {
  const all: Map<string | number, Answer>[] = [];
  // Guards against the race in which a row is read, then changed, and only then remembered.
  let epoch = 0;
  let hits = 0;
  let misses = 0;
  const isBelieved = (readAt: Micros): boolean => {
    const bound = maxAge();
    return bound === Number.POSITIVE_INFINITY || clock.now() - readAt <= bound;
  };
  return {
    remember(ask) {
      const known = new Map<string | number, Answer>();
      all.push(known);
      return async (...args) => {
        const key = args.length === 1 ? (args[0] as string | number) : `${args[0]}/${args[1]}`;
        const found = known.get(key);
        if (found && isBelieved(found.readAt)) {
          hits += 1;
          return found.value as never;
        }
        misses += 1;
        const before = epoch;
        const value = await ask(...args);
        if (value === undefined || before !== epoch) return value;
        if (known.size >= CAPACITY) known.clear();
        known.set(key, { value, readAt: clock.now() });
        return value;
      };
    },
    forget() {
      epoch += 1;
      for (const known of all) known.clear();
    },
    statistics: () => ({ hits, misses }),
  };
}
