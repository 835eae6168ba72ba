import { type Clock, days, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Audit } from './audit.ts';
import {
  type Account,
  type Actor,
  type AuthenticationMethod,
  NO_ORGANIZATION,
  type Session,
} from './records.ts';
import { otherSignIn } from './sign_in_policy.ts';

/** A session ends with its browser, and when it was not used for so long. */
const SHORT_LIFE = seconds(12 * 3600);
/** "Keep me logged in". */
const LONG_LIFE = days(30);
/** However often it is used, a session ends so long after it began: as long as its cookie lives. */
export const LONGEST_LIFE = LONG_LIFE;
/** How often "last seen" is written: not at each request. */
const TOUCH_EVERY = seconds(60);

/** A session whose cookie was right, and the account it belongs to. */
export interface ActiveSession {
  session: Session;
  account: Account;
}

export interface SessionService {
  /** Begins a session in the unit of work of its cause. @returns what the cookie carries */
  begin(
    stores: Stores,
    options: {
      accountId: string;
      licenseId: number;
      remember: boolean;
      actor: Actor;
      /** A password, where nothing is said. */
      amr?: readonly AuthenticationMethod[];
    },
  ): Promise<{ cookie: string; session: Session }>;
  /**
   * Undefined for a cookie that is unknown, wrong, ended or expired, and while an organization of the person wants
   * them to sign in by its identity provider: its rule holds at once, also for sessions that began before.
   */
  find(cookie: string | undefined, actor: Actor): Promise<ActiveSession | undefined>;
  list(accountId: string): Promise<Session[]>;
  end(accountId: string, key: number, actor: Actor): Promise<void>;
  endOthers(accountId: string, except: number, actor: Actor): Promise<number>;
  /** Shows another of the account's organizations in the Console. */
  chooseOrganization(accountId: string, key: number, organizationId: string): Promise<void>;
}

export function sessionService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
}): SessionService {
  const { storage, clock, tokens, audit } = deps;
  const life = (remember: boolean): Micros => (remember ? LONG_LIFE : SHORT_LIFE);

  return {
    async begin(stores, { accountId, licenseId, remember, actor, amr = ['pwd'] }) {
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('session', key);
      const session: Session = {
        key,
        secretHash: minted.secretHash,
        accountId,
        licenseId,
        remember,
        ip: actor.ip,
        userAgent: actor.userAgent.slice(0, 512),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + life(remember),
        amr,
        authenticatedAt: now,
      };
      await stores.identity.addSession(session);
      await audit(stores, actor, 'session.started', {
        accountId,
        licenseId: licenseId === NO_ORGANIZATION ? null : licenseId,
      });
      return { cookie: minted.text, session };
    },

    async find(cookie, actor) {
      const parsed = cookie === undefined ? undefined : tokens.parse(cookie);
      if (parsed?.kind !== 'session') return undefined;
      const session = await storage.read.identity.session(parsed.key);
      const now = clock.now();
      if (!session || !sameSecret(parsed.secretHash, session.secretHash) || session.expiresAt <= now)
        return undefined;
      const account = await storage.read.identity.account(session.accountId);
      if (!account || (await otherSignIn(storage.read, account, session.amr))) return undefined;
      if (now - session.lastSeenAt > TOUCH_EVERY) {
        const expiresAt = Math.min(now + life(session.remember), session.createdAt + LONGEST_LIFE);
        try {
          await storage.write((stores) =>
            stores.identity.touchSession(session.key, now, expiresAt, actor.ip),
          );
        } catch (error) {
          // A disk that is full shall not keep people from reading.
          if (!isGatehouseError(error) || error.code !== 'service_unavailable') throw error;
          return { session, account };
        }
        return { session: { ...session, lastSeenAt: now, expiresAt, ip: actor.ip }, account };
      }
      return { session, account };
    },

    list: (accountId) => storage.read.identity.sessionsOf(accountId, clock.now()),

    end: (accountId, key, actor) =>
      storage.write(async (stores) => {
        if (await stores.identity.endSession(accountId, key))
          await audit(stores, actor, 'session.ended', { accountId });
      }),

    endOthers: (accountId, except, actor) =>
      storage.write(async (stores) => {
        const count = await stores.identity.endSessions(accountId, except);
        if (count > 0) await audit(stores, actor, 'session.others_ended', { accountId, detail: { count } });
        return count;
      }),

    chooseOrganization: (accountId, key, organizationId) =>
      storage.write(async (stores) => {
        const own = await stores.identity.organizationsOf(accountId);
        const chosen = own.find(({ organization }) => organization.id === organizationId);
        if (!chosen)
          throw new GatehouseError('not_found', 'You are not a member of an organization with this id.', {
            fields: [{ field: 'organization_id', message: 'Choose one of your organizations.' }],
          });
        await stores.identity.setSessionOrganization(key, chosen.organization.licenseId);
      }),
  };
}
