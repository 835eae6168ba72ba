import { type Clock, minutes } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { Storage, Stores } from '../storage.ts';
import {
  afterFailure,
  domainState,
  MOST_DOMAINS,
  nextCheck,
  problemOf,
  readDomain,
  recordOf,
  type TxtAnswer,
} from './domain_rules.ts';
import { refuseUncovered } from './login_methods.ts';
import type { OrganizationDomain } from './records.ts';

/** Asks the DNS for the TXT records of a name. Never throws: what was not answered is an answer, too. */
export type ResolveTxt = (name: string) => Promise<TxtAnswer>;

/** Who changes the rules; that they may is checked before. */
export interface RulesEditor {
  licenseId: number;
  accountId: string;
  actor: Actor;
}

/** The domains of an organization's e-mail addresses, and the proof that they are its own. */
export interface Domains {
  list(licenseId: number): Promise<OrganizationDomain[]>;
  /** @throws GatehouseError `validation`, `already_exists`, `limit_reached` */
  add(editor: RulesEditor, typed: string): Promise<OrganizationDomain>;
  /** @throws GatehouseError `not_found`; `conflict` while people are held to the identity provider by it */
  remove(editor: RulesEditor, id: string): Promise<void>;
  /** Looks now. @throws GatehouseError `not_found`, `too_many_requests` */
  check(editor: RulesEditor, id: string): Promise<OrganizationDomain>;
  /** Looks at what is due, in the background. @returns how many were looked at */
  checkDue(): Promise<number>;
}

const BATCH = 20;
/** A server that died in the middle of a look is not waited for longer. */
const CLAIMED_FOR = minutes(5);
const TOKEN_BYTES = 24;

const NOBODY: Actor = { ip: '', userAgent: '', requestId: 'background' };

export function domains(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  throttle: Throttle;
  audit: Audit;
  resolveTxt: ResolveTxt;
}): Domains {
  const { storage, clock } = deps;

  async function need(stores: Pick<Stores, 'signIn'>, licenseId: number, id: string) {
    const found = await stores.signIn.domain(licenseId, id.toLowerCase());
    if (!found)
      throw new GatehouseError('not_found', 'Your organization has no domain with this id (any more).');
    return found;
  }

  /** Asks the DNS, and writes down what it said. */
  async function look(domain: OrganizationDomain, actor: Actor, accountId: string | null): Promise<void> {
    const answer = await deps.resolveTxt(recordOf(domain).name);
    const { licenseId, id } = domain;
    await storage.write(async (stores) => {
      const now = clock.now();
      // It may have been given up, or changed, while the DNS was asked.
      const present = await stores.signIn.domain(licenseId, id);
      if (!present) return;
      const before = domainState(present);
      const log = (action: 'domain.verified' | 'domain.lapsed') =>
        deps.audit(stores, actor, action, { licenseId, accountId, detail: { domain: present.domain } });
      const missing = problemOf(present, answer);
      if (missing === undefined) {
        const next = nextCheck(present, true, now);
        if (await stores.signIn.holdDomain(licenseId, id, now, next)) {
          if (before !== 'verified') await log('domain.verified');
          return;
        }
      }
      const problem = missing ?? 'held_by_another';
      const after = afterFailure(present, problem, now);
      const nextCheckAt = nextCheck(present, false, now);
      await stores.signIn.noteMissingRecord(licenseId, id, { problem, now, nextCheckAt, ...after });
      if (before === 'verified' && after.lapsedAt !== null) await log('domain.lapsed');
    });
  }

  return {
    list: (licenseId) => storage.read.signIn.domains(licenseId),

    async add({ licenseId, accountId, actor }, typed) {
      const read = readDomain(typed);
      if (!read.ok)
        throw new GatehouseError('validation', read.message, {
          fields: [{ field: 'domain', message: read.message }],
        });
      const now = clock.now();
      const added: OrganizationDomain = {
        id: deps.identifiers.uuid(),
        licenseId,
        domain: read.domain,
        token: deps.random.bytes(TOKEN_BYTES).toString('base64url'),
        createdAt: now,
        verifiedAt: null,
        lapsedAt: null,
        checkedAt: null,
        nextCheckAt: now + minutes(1),
        problem: null,
        failingSince: null,
      };
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const present = await stores.signIn.domains(licenseId);
        if (present.some(({ domain }) => domain === added.domain)) throw taken(added.domain);
        if (present.length >= MOST_DOMAINS)
          throw new GatehouseError(
            'limit_reached',
            `An organization has at most ${MOST_DOMAINS} domains. Remove one that you do not use any more.`,
          );
        if (!(await stores.signIn.addDomain(added))) throw taken(added.domain);
        await deps.audit(stores, actor, 'domain.added', {
          licenseId,
          accountId,
          detail: { domain: added.domain },
        });
      });
      return added;
    },

    async remove({ licenseId, accountId, actor }, id) {
      await storage.write(async (stores) => {
        await stores.people.lockOrganization(licenseId);
        const { domain, id: domainId } = await need(stores, licenseId, id);
        if (!(await stores.signIn.removeDomain(licenseId, domainId))) throw gone();
        const enforced = await stores.signIn.loginMethods(licenseId);
        if (enforced.length > 0)
          await refuseUncovered(stores, licenseId, `${domain} cannot be removed: SAML is enforced, and`);
        await deps.audit(stores, actor, 'domain.removed', { licenseId, accountId, detail: { domain } });
      });
    },

    async check({ licenseId, accountId, actor }, id) {
      const domain = await need(storage.read, licenseId, id);
      await deps.throttle.attempt('domain_check', String(licenseId));
      await look(domain, actor, accountId);
      return need(storage.read, licenseId, id);
    },

    async checkDue() {
      const now = clock.now();
      const due = await storage.read.signIn.domainsDue(now, BATCH);
      let looked = 0;
      for (const domain of due) {
        const { id, nextCheckAt } = domain;
        const claimed = await storage.write(({ signIn }) =>
          signIn.claimDomainCheck(id, nextCheckAt, now + CLAIMED_FOR),
        );
        if (!claimed) continue;
        await look(domain, NOBODY, null);
        looked += 1;
      }
      return looked;
    },
  };
}

function taken(domain: string): GatehouseError {
  return new GatehouseError('already_exists', `Your organization has ${domain} already.`, {
    fields: [{ field: 'domain', message: 'It is in your list already.' }],
  });
}

function gone(): GatehouseError {
  return new GatehouseError('not_found', 'Your organization has no domain with this id (any more).');
}
