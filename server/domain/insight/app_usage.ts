import { type Clock, days, MICROS_PER_SECOND } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Storage } from '../storage.ts';
import { serially } from './serially.ts';
import { bucketOf } from './usage_rules.ts';

/** Requests of an app in one hour that were alike: of one method, with one status, and about as quick. */
export interface UsageCount {
  licenseId: number;
  clientId: string;
  /** `agent.list_chats`, `POST /v2/token`. */
  method: string;
  status: number;
  /** Of `LATENCY_BOUNDS`. */
  bucket: number;
  /** Hours since 1970-01-01, UTC. */
  hour: number;
  requests: number;
}

/** Where each answer is counted: a few lookups in memory, so that no request waits for it. */
export interface UsageCounter {
  counted(clientId: string, method: string, status: number, milliseconds: number): void;
}

export interface AppUsage extends UsageCounter {
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** Sums of the last hours, by method, status and bucket. @param hours how many, this one included */
  byMethod(licenseId: number, clientId: string, hours: number): Promise<MethodSum[]>;
  /** Sums of each hour, by status. */
  byHour(licenseId: number, clientId: string, hours: number): Promise<HourSum[]>;
  /** @returns rows deleted */
  purge(limit: number): Promise<number>;
}

export type MethodSum = Pick<UsageCount, 'method' | 'status' | 'bucket' | 'requests'>;
export type HourSum = Pick<UsageCount, 'hour' | 'status' | 'requests'>;

export const USAGE_KEPT_DAYS = 90;

const MICROS_PER_HOUR = days(1) / 24;
/** Apps come by the claim of a request: strangers' inventions must not fill the memory. */
const MOST_APPS = 5_000;
const MOST_CELLS = 20_000;
const BATCH = 200;

interface Cell {
  method: string;
  status: number;
  bucket: number;
  requests: number;
}

export function appUsage(deps: { storage: Storage; clock: Clock; identifiers: Identifiers }): AppUsage {
  const { storage, clock, identifiers } = deps;
  /** By app, then by method, then by status and bucket. */
  let counts = new Map<string, Map<string, Map<number, Cell>>>();
  let cells = 0;

  const hourNow = (): number => Math.floor(clock.now() / MICROS_PER_HOUR);

  function add(clientId: string, method: string, status: number, bucket: number, requests: number): void {
    let ofApp = counts.get(clientId);
    if (ofApp === undefined) {
      if (counts.size >= MOST_APPS) return;
      ofApp = new Map();
      counts.set(clientId, ofApp);
    }
    let ofMethod = ofApp.get(method);
    if (ofMethod === undefined) {
      ofMethod = new Map();
      ofApp.set(method, ofMethod);
    }
    const name = status * 16 + bucket;
    const cell = ofMethod.get(name);
    if (cell !== undefined) cell.requests += requests;
    else if (cells < MOST_CELLS) {
      ofMethod.set(name, { method, status, bucket, requests });
      cells += 1;
    }
  }

  async function write(): Promise<void> {
    const taken = counts;
    counts = new Map();
    cells = 0;
    const hour = hourNow();
    const rows: UsageCount[] = [];
    for (const [clientId, ofApp] of taken) {
      // What no app is called belongs to nobody.
      const licenseId = (await storage.read.apps.client(clientId))?.organization.licenseId;
      if (licenseId === undefined) continue;
      for (const ofMethod of ofApp.values())
        for (const cell of ofMethod.values()) rows.push({ licenseId, clientId, hour, ...cell });
    }
    // In one order everywhere, so that two servers never wait for each other's rows.
    rows.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    while (rows.length > 0) {
      const batch = rows.slice(0, BATCH);
      try {
        await storage.write(async ({ insight }) => {
          for (const row of batch) await insight.countRequests(identifiers.key(), row);
        });
      } catch (error) {
        for (const row of rows) add(row.clientId, row.method, row.status, row.bucket, row.requests);
        throw error;
      }
      rows.splice(0, batch.length);
    }
  }

  return {
    counted(clientId, method, status, milliseconds) {
      add(clientId, method, status, bucketOf(milliseconds), 1);
    },
    flush: serially(write),
    byMethod: (licenseId, clientId, hours) =>
      storage.read.insight.requestsByMethod(licenseId, clientId, hourNow() - hours + 1),
    byHour: (licenseId, clientId, hours) =>
      storage.read.insight.requestsByHour(licenseId, clientId, hourNow() - hours + 1),
    purge(limit) {
      const before = hourNow() - USAGE_KEPT_DAYS * 24;
      return storage.write((stores) => stores.insight.purgeRequests(before, limit));
    },
  };
}

function orderOf({ clientId, method, status, bucket }: UsageCount): string {
  return `${clientId} ${method} ${status} ${bucket}`;
}

/** The beginning of an hour. @returns microseconds */
export function startOfHour(hour: number): number {
  return hour * MICROS_PER_HOUR;
}

/** @returns seconds */
export const HOUR_SECONDS = MICROS_PER_HOUR / MICROS_PER_SECOND;
