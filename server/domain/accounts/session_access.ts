import type { Clock } from '../../kernel/clock.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor, Session } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';
import type { SessionFamily } from './records.ts';

/** Why tokens are dead whose session was ended from elsewhere. */
const SESSION_ENDED = 'session_ended';

/** An app that was allowed something in a session. */
export interface SessionApplication {
  name: string;
  clientId: string;
  /** Ends what this app was allowed then, and nothing else. */
  sessionId: string;
}

export interface SessionView {
  session: Session;
  /** UUID: its name on the wire. */
  id: string;
  /** The token that asks was allowed in it. */
  current: boolean;
  applications: SessionApplication[];
}

/**
 * Browser sessions with what apps were allowed in them. Who ends one from elsewhere may have lost the device: the
 * tokens go, too. Signing out in the browser itself leaves apps alone, as everywhere.
 */
export interface SessionAccess {
  /** @param familyKey of the token that asks */
  list(accountId: string, familyKey?: number): Promise<SessionView[]>;
  /** @param id of a session, or of an app in one. @returns false when the account has none of this id */
  end(accountId: string, id: string, actor: Actor): Promise<boolean>;
  /** By the key, as pages name it. */
  endByKey(accountId: string, key: number, actor: Actor): Promise<void>;
  /** @param except key of the session that goes on. @returns how many there were */
  endAll(accountId: string, actor: Actor, except?: number): Promise<number>;
  /** Part of another unit of work, without a word in the audit log. @returns families whose tokens are dead */
  endWithin(stores: Stores, accountId: string): Promise<number[]>;
}

export function sessionAccess(deps: {
  storage: Storage;
  clock: Clock;
  keyring: Keyring;
  audit: Audit;
  familiesRevoked(keys: readonly number[]): void;
}): SessionAccess {
  const { storage, clock } = deps;
  const sessionId = uuidsOf(deps.keyring, 'session ids');
  const familyId = uuidsOf(deps.keyring, 'session application ids');

  async function revoke(stores: Stores, families: readonly SessionFamily[]): Promise<number[]> {
    for (const family of families) await stores.grants.revokeFamily(family, SESSION_ENDED, clock.now());
    return families.map(({ familyKey }) => familyKey);
  }

  /** One session with its apps. @returns families whose tokens are dead; undefined when there is nothing of it */
  async function endOne(
    stores: Stores,
    accountId: string,
    key: number,
    actor: Actor,
  ): Promise<number[] | undefined> {
    const families = await stores.accounts.sessionFamilies(accountId, key);
    const ended = await stores.identity.endSession(accountId, key);
    if (!ended && families.length === 0) return undefined;
    const dead = await revoke(stores, families);
    await deps.audit(stores, actor, 'session.ended', {
      accountId,
      detail: { token_families: dead.length },
    });
    return dead;
  }

  return {
    async list(accountId, familyKey) {
      const [sessions, families] = await Promise.all([
        storage.read.identity.sessionsOf(accountId, clock.now()),
        storage.read.accounts.sessionFamilies(accountId),
      ]);
      const own = families.find((family) => family.familyKey === familyKey);
      return Promise.all(
        sessions.map(async (session) => ({
          session,
          id: sessionId(session.key),
          current: session.key === own?.sessionKey,
          applications: await applicationsOf(
            storage,
            families.filter((family) => family.sessionKey === session.key),
            familyId,
          ),
        })),
      );
    },

    async end(accountId, id, actor) {
      const wanted = id.toLowerCase();
      const dead = await storage.write(async (stores) => {
        const families = await stores.accounts.sessionFamilies(accountId);
        const app = families.find(({ familyKey }) => familyId(familyKey) === wanted);
        if (app) {
          await deps.audit(stores, actor, 'session.ended', {
            accountId,
            clientId: app.clientId,
            licenseId: app.licenseId,
            detail: { token_families: 1 },
          });
          return revoke(stores, [app]);
        }
        const sessions = await stores.identity.sessionsOf(accountId, clock.now());
        const found = sessions.find(({ key }) => sessionId(key) === wanted);
        return found && endOne(stores, accountId, found.key, actor);
      });
      deps.familiesRevoked(dead ?? []);
      return dead !== undefined;
    },

    async endByKey(accountId, key, actor) {
      const dead = await storage.write((stores) => endOne(stores, accountId, key, actor));
      deps.familiesRevoked(dead ?? []);
    },

    async endAll(accountId, actor, except) {
      const { count, dead } = await storage.write(async (stores) => {
        const families = (await stores.accounts.sessionFamilies(accountId)).filter(
          ({ sessionKey }) => sessionKey !== except,
        );
        const ended = await stores.identity.endSessions(accountId, except);
        const gone = await revoke(stores, families);
        if (ended + gone.length > 0)
          await deps.audit(
            stores,
            actor,
            except === undefined ? 'session.all_ended' : 'session.others_ended',
            {
              accountId,
              detail: { count: ended, token_families: gone.length },
            },
          );
        return { count: ended, dead: gone };
      });
      deps.familiesRevoked(dead);
      return count;
    },

    async endWithin(stores, accountId) {
      await stores.identity.endSessions(accountId);
      return revoke(stores, await stores.accounts.sessionFamilies(accountId));
    },
  };
}

/** Each app once, with its newest family; without those whose grant the person has taken back. */
async function applicationsOf(
  { read }: Storage,
  families: readonly SessionFamily[],
  familyId: (key: number) => string,
): Promise<SessionApplication[]> {
  const newest = new Map(families.map((family) => [`${family.licenseId} ${family.clientId}`, family]));
  const found = await Promise.all(
    [...newest.values()].map(async ({ licenseId, accountId, clientId, familyKey }) => {
      const [grant, client] = await Promise.all([
        read.grants.grant(licenseId, accountId, clientId),
        read.apps.client(clientId),
      ]);
      return grant && client
        ? { name: client.app.name, clientId, sessionId: familyId(familyKey) }
        : undefined;
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** UUIDs (version 8, RFC 9562 §5.8) that are the same for a key each time, and tell nothing of it. */
function uuidsOf(keyring: Keyring, purpose: string): (key: number) => string {
  const secret = keyring.derive(purpose);
  return (key) => {
    const bytes = Buffer.from(mac(secret, String(key)).subarray(0, 16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
