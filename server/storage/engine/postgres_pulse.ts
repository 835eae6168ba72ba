import { Socket } from 'node:net';
import pg from 'pg';

/** A query that takes longer makes one wonder whether the database still hears. */
const LONG_MILLISECONDS = 2_000;
const LOOK_EVERY_MILLISECONDS = 500;
/** A database that does not take a new connection and answer on it within this time is gone. */
const PROBE_MILLISECONDS = 3_000;

export interface Pulse {
  /** For the pool's `stream`. */
  socket(): Socket;
  /** Watches a pool for as long as it lives. */
  watch(pool: pg.Pool): void;
  stop(): void;
}

/**
 * Tells a database that is slow from one that has fallen silent: a network that swallows everything breaks no
 * connection, so that each query would wait for its whole timeout. While a connection is in use for long, another
 * one is opened and asked; when that has no answer either, all that were there before are broken, and whoever waits
 * on them is told at once.
 */
export function databasePulse(connection: pg.ClientConfig): Pulse {
  const sockets = new Set<Socket>();
  const inUse = new Map<object, number>();
  let probing = false;
  let timer: NodeJS.Timeout | undefined;

  async function answers(): Promise<boolean> {
    const probe = new pg.Client({
      ...connection,
      connectionTimeoutMillis: PROBE_MILLISECONDS,
      query_timeout: PROBE_MILLISECONDS,
    });
    probe.on('error', () => {});
    try {
      await probe.connect();
      await probe.query('select 1');
      return true;
    } catch (error) {
      // What it refuses (too many connections, say) it has heard.
      return error instanceof pg.DatabaseError;
    } finally {
      probe.end().catch(() => {});
    }
  }

  async function look(): Promise<void> {
    const now = performance.now();
    if (probing || ![...inUse.values()].some((since) => now - since > LONG_MILLISECONDS)) return;
    probing = true;
    const before = [...sockets];
    if (!(await answers())) for (const socket of before) socket.destroy();
    probing = false;
  }

  return {
    socket() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    watch(pool) {
      pool.on('acquire', (client) => inUse.set(client, performance.now()));
      pool.on('release', (_error, client) => inUse.delete(client));
      pool.on('remove', (client) => inUse.delete(client));
      timer = setInterval(() => void look(), LOOK_EVERY_MILLISECONDS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
