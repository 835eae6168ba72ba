import { type Clock, days, type Micros } from '../../kernel/clock.ts';
import { firstKeyAt, type Identifiers } from '../../kernel/identifiers.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import type { Storage } from '../storage.ts';
import { type RefusalDetail, safeDetail } from './refusal_detail.ts';
import { serially } from './serially.ts';

export const refusalEndpoints = [
  'authorize',
  'token',
  'token_info',
  'revoke',
  'introspect',
  'par',
  'device',
  'customer_token',
  'registration',
  'agent_api',
  'customer_api',
  'configuration_api',
  'accounts_api',
] as const;
export type RefusalEndpoint = (typeof refusalEndpoints)[number];

/** A request that was refused, as it is told by whoever refused it. */
export interface Refusal {
  /** As the request claims it: anybody can name an app. */
  clientId: string;
  requestId: string;
  endpoint: RefusalEndpoint;
  /** The word on the wire. */
  error: string;
  reason: RefusalReason;
  detail: RefusalDetail;
}

export interface RefusedRequest extends Refusal {
  /** Time-ordered. */
  key: number;
  licenseId: number;
  createdAt: Micros;
}

export interface RefusalFilter {
  endpoint?: RefusalEndpoint | undefined;
  reason?: RefusalReason | undefined;
}

/** Where a refusal is told: kept in memory, so that nobody waits for it. */
export interface RefusalLog {
  refused(refusal: Refusal): void;
}

export interface RefusedRequests extends RefusalLog {
  /** Writes what was told since the last time. */
  flush(): Promise<void>;
  /** The newest first. @param before key of the last one that was seen */
  list(
    licenseId: number,
    clientId: string,
    page: RefusalFilter & { before: number | undefined; limit: number },
  ): Promise<{ refusals: RefusedRequest[]; next: number | undefined }>;
  /** Of any app of the organization. */
  byRequestId(licenseId: number, requestId: string): Promise<RefusedRequest | undefined>;
  /** @returns rows deleted */
  purge(limit: number): Promise<number>;
  statistics(): { queued: number; dropped: number };
}

const KEPT = days(30);
/** Of each app the newest so many are kept. */
export const KEPT_OF_APP = 1_000;
/** Between two writes no more are remembered, and no more of one app: anybody can make requests be refused. */
export const QUEUED = 2_000;
export const QUEUED_OF_APP = 200;
const BATCH = 100;

type Queued = Omit<RefusedRequest, 'licenseId'>;

export function refusedRequests(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
}): RefusedRequests {
  const { storage, clock, identifiers } = deps;
  let queue: Queued[] = [];
  let ofApp = new Map<string, number>();
  let dropped = 0;

  function take(): Queued[] {
    const taken = queue;
    queue = [];
    ofApp = new Map();
    return taken;
  }

  /** With the organization of each app; what names no app that exists is forgotten. */
  async function known(taken: Queued[]): Promise<RefusedRequest[]> {
    const licenses = new Map<string, number | undefined>();
    for (const { clientId } of taken)
      if (!licenses.has(clientId))
        licenses.set(clientId, (await storage.read.apps.client(clientId))?.app.licenseId);
    return taken.flatMap((refusal) => {
      const licenseId = licenses.get(refusal.clientId);
      return licenseId === undefined ? [] : [{ ...refusal, licenseId }];
    });
  }

  async function write(): Promise<void> {
    let left: Queued[] = take();
    try {
      const rows = await known(left);
      left = rows;
      let written = 0;
      while (written < rows.length) {
        const batch = rows.slice(written, written + BATCH);
        await storage.write(async (stores) => {
          await stores.insight.addRefusals(batch);
          for (const clientId of new Set(batch.map((row) => row.clientId)))
            await stores.insight.trimRefusals(clientId, KEPT_OF_APP);
        });
        written += batch.length;
        left = rows.slice(written);
      }
    } catch (error) {
      // For the next time, as far as there is room.
      for (const refusal of left) keep(refusal);
      throw error;
    }
  }

  function room(clientId: string): boolean {
    return queue.length < QUEUED && (ofApp.get(clientId) ?? 0) < QUEUED_OF_APP;
  }

  function keep(refusal: Queued): void {
    if (room(refusal.clientId)) {
      ofApp.set(refusal.clientId, (ofApp.get(refusal.clientId) ?? 0) + 1);
      queue.push(refusal);
    } else dropped += 1;
  }

  return {
    refused(refusal) {
      // Asked first, since to make the details fit costs more than to count.
      if (!room(refusal.clientId)) dropped += 1;
      else
        keep({
          ...refusal,
          detail: safeDetail(refusal.detail),
          key: identifiers.key(),
          createdAt: clock.now(),
        });
    },
    flush: serially(write),
    async list(licenseId, clientId, { limit, ...page }) {
      const rows = await storage.read.insight.refusals(licenseId, clientId, { ...page, limit: limit + 1 });
      const refusals = rows.slice(0, limit);
      return { refusals, next: rows.length > limit ? refusals.at(-1)?.key : undefined };
    },
    byRequestId: (licenseId, requestId) => storage.read.insight.refusalOf(licenseId, requestId),
    purge(limit) {
      const before = firstKeyAt(clock.now() - KEPT);
      return storage.write((stores) => stores.insight.purgeRefusals(before, limit));
    },
    statistics: () => ({ queued: queue.length, dropped }),
  };
}
