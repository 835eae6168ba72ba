import { type Clock, days, type Micros } from '../../kernel/clock.ts';
import { firstKeyAt } from '../../kernel/identifiers.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { AuditEntry } from '../identity/records.ts';
import type { Storage } from '../storage.ts';

export interface AuditFilter {
  /** Keys below it: where a page goes on, or the end of a time. */
  before: number | undefined;
  /** Keys from it on: the beginning of a time. */
  from: number | undefined;
  action: AuditAction | undefined;
  accountId: string | undefined;
  app: { id: string; clientId: string | undefined } | undefined;
}

/** An entry as it was written. */
export interface AuditRecord extends AuditEntry {
  key: number;
  createdAt: Micros;
}

/** An entry with the names of today. */
export interface NamedAuditRecord extends AuditRecord {
  actor: { name: string; email: string } | undefined;
  app: ClientOfApp['app'] | undefined;
}

export interface AuditQuestion {
  action?: AuditAction | undefined;
  /** E-mail or id of an account. */
  actor?: string | undefined;
  appId?: string | undefined;
  from?: Micros | undefined;
  /** Not included. */
  to?: Micros | undefined;
}

export interface AuditReader {
  /** The newest first. @param page.before key of the last one that was seen */
  list(
    licenseId: number,
    question: AuditQuestion,
    page: { before: number | undefined; limit: number },
  ): Promise<{ entries: NamedAuditRecord[]; next: number | undefined }>;
  /** @returns rows deleted */
  purge(limit: number): Promise<number>;
}

export function auditReader(deps: { storage: Storage; clock: Clock; auditDays: number }): AuditReader {
  const { storage, clock } = deps;

  /** Of an e-mail; what looks like no e-mail is an id, or finds nothing. */
  async function accountIdOf(actor: string): Promise<string> {
    const account = actor.includes('@') ? await storage.read.identity.accountByEmail(actor) : undefined;
    return account?.id ?? actor;
  }

  async function appOf(licenseId: number, id: string): Promise<AuditFilter['app']> {
    return { id, clientId: (await storage.read.apps.app(licenseId, id))?.client?.clientId };
  }

  async function named(entries: AuditRecord[]): Promise<NamedAuditRecord[]> {
    const actors = await found(
      entries.map((entry) => entry.accountId),
      (id) => storage.read.identity.account(id),
    );
    const clients = await found(
      entries.map((entry) => entry.clientId),
      (id) => storage.read.apps.client(id),
    );
    return entries.map((entry) => {
      const actor = actors.get(entry.accountId ?? '');
      return {
        ...entry,
        actor: actor && { name: actor.name, email: actor.email },
        app: clients.get(entry.clientId ?? '')?.app,
      };
    });
  }

  return {
    async list(licenseId, question, { before, limit }) {
      const until = question.to === undefined ? undefined : firstKeyAt(question.to);
      const entries = await storage.read.insight.auditEntries(licenseId, {
        action: question.action,
        app: question.appId === undefined ? undefined : await appOf(licenseId, question.appId),
        accountId: question.actor === undefined ? undefined : await accountIdOf(question.actor),
        from: question.from === undefined ? undefined : firstKeyAt(question.from),
        before: before === undefined || until === undefined ? (before ?? until) : Math.min(before, until),
        limit: limit + 1,
      });
      const shown = entries.slice(0, limit);
      return {
        entries: await named(shown),
        next: entries.length > limit ? shown.at(-1)?.key : undefined,
      };
    },
    purge(limit) {
      const before = firstKeyAt(clock.now() - days(deps.auditDays));
      return storage.write((stores) => stores.insight.purgeAudit(before, limit));
    },
  };
}

/** Looks each id up once. */
async function found<T>(
  ids: readonly (string | null)[],
  look: (id: string) => Promise<T | undefined>,
): Promise<Map<string, T>> {
  const known = new Map<string, T>();
  await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const one = id === null ? undefined : await look(id);
      if (id !== null && one !== undefined) known.set(id, one);
    }),
  );
  return known;
}
