import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Listener, ListenOptions } from './database.ts';

/** A beat goes through the database and comes back; each proves that all that was said before it was heard. */
const BEAT_MILLISECONDS = 300;
/** How long one proof is good for: the bound within which a server follows what another has revoked. */
const LEASE_MILLISECONDS = 1_000;
const ANSWER_MILLISECONDS = 5_000;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

const IDENTITY = "select 'gatehouse_' || md5(current_schema()) as channel, pg_backend_pid() as pid";

/**
 * Hears what other servers announce, on a connection of its own, for as long as the process lives. A connection
 * that breaks is made anew, with growing pauses.
 *
 * Whether all was heard shows only by beats that arrive as notifications: a connection that is dead without a
 * word, and a pooler that drops LISTEN, answer or swallow everything else.
 */
export function listenOnPostgres(connection: pg.ClientConfig, options: ListenOptions): Listener {
  const stopping = new AbortController();
  let freshUntil = Number.NEGATIVE_INFINITY;
  let place: number | undefined;
  let pause = FIRST_PAUSE;

  async function listen(): Promise<void> {
    const socket = new Socket();
    const client = new pg.Client({
      ...connection,
      stream: () => socket,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MILLISECONDS,
      query_timeout: ANSWER_MILLISECONDS,
    });
    const broken = new AbortController();
    client.on('error', () => broken.abort());
    client.on('end', () => broken.abort());
    let heardBefore = false;
    try {
      await client.connect();
      const { channel, pid } = (await client.query<{ channel: string; pid: number }>(IDENTITY)).rows[0] as {
        channel: string;
        pid: number;
      };
      const own = `${channel}_${pid}`;
      client.on('notification', (message) => {
        if (message.channel !== own) {
          options.heard((message.payload ?? '').split(' '));
          return;
        }
        // What was said while nobody listened: it is unknown, so that everything is old.
        if (!heardBefore) options.connected();
        heardBefore = true;
        pause = FIRST_PAUSE;
        freshUntil = Number(message.payload) + LEASE_MILLISECONDS;
      });
      await client.query(`listen "${channel}"; listen "${own}"`);
      place = await takePlace(client, channel);
      const over = AbortSignal.any([stopping.signal, broken.signal]);
      while (!over.aborted) {
        await client.query('select pg_notify($1, $2)', [own, String(performance.now())]);
        await wait(BEAT_MILLISECONDS, undefined, { signal: over, ref: false }).catch(() => {});
      }
    } finally {
      freshUntil = Number.NEGATIVE_INFINITY;
      const ended = client.end().catch(() => {});
      if (!stopping.signal.aborted || broken.signal.aborted) socket.destroy();
      await Promise.race([ended, wait(500, undefined, { ref: false })]);
      if (heardBefore && !stopping.signal.aborted) options.lost();
    }
  }

  /** Keeps a number that no other server on this database has; the lock ends with the connection. */
  async function takePlace(client: pg.Client, channel: string): Promise<number | undefined> {
    const start = place ?? Math.floor(Math.random() * options.places);
    for (let step = 0; step < options.places; step++) {
      const candidate = (start + step) % options.places;
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtext($1), $2) as taken',
        [channel, candidate],
      );
      if (rows[0]?.taken) return candidate;
    }
    return undefined;
  }

  const listening = (async () => {
    while (!stopping.signal.aborted) {
      await listen().catch(() => {});
      await wait(pause * (0.5 + Math.random() / 2), undefined, { signal: stopping.signal, ref: false }).catch(
        () => {},
      );
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  })();

  return {
    fresh: () => performance.now() < freshUntil,
    place: () => place,
    async close() {
      stopping.abort();
      await listening;
    },
  };
}
