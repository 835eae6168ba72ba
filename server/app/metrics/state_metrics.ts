import { Counter, Gauge, type Registry } from 'prom-client';
import type { Composition } from '../compose.ts';

/** What is read from the running server when somebody asks, so that it costs nothing in between. */
export function stateMetrics(
  registry: Registry,
  composition: Composition,
  connections: () => Promise<number>,
): void {
  const { database, hasher, services, cluster, tally } = composition;
  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    new Gauge({
      name: `gatehouse_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  };
  /** Counters that are kept elsewhere, and copied. */
  const counter = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    read: () => Iterable<[labels: Record<Label, string>, value: number]>,
  ): void => {
    new Counter<Label>({
      name: `gatehouse_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const [labels, value] of read()) this.inc(labels, value);
      },
    });
  };

  gauge('connections', 'Open connections of clients.', connections);
  gauge('units_waiting', 'Units of work that wait for their commit.', () => database.statistics().queued);
  counter('units_total', 'Units of work that were committed.', [], () => [[{}, database.statistics().units]]);
  counter('commits_total', 'Commits; units divided by commits is the mean size of a batch.', [], () => [
    [{}, database.statistics().commits],
  ]);
  gauge('hashes_running', 'Passwords that are being hashed.', () => hasher.statistics().running);
  gauge('hashes_waiting', 'Passwords that wait to be hashed.', () => hasher.statistics().waiting);
  gauge('cluster_hearing', '1 while the announcements of other servers are heard.', () =>
    cluster.hearing() ? 1 : 0,
  );
  if (database.statistics().pool) {
    const pool = () => database.statistics().pool;
    gauge('pool_connections', 'Connections to PostgreSQL.', () => pool()?.connections ?? 0);
    gauge('pool_idle', 'Connections to PostgreSQL that have nothing to do.', () => pool()?.idle ?? 0);
    gauge('pool_waiting', 'Queries and units that wait for a connection.', () => pool()?.waiting ?? 0);
  }
  const caches = () => Object.entries({ ...services.grants.cacheStatistics(), reads: composition.reads() });
  counter('cache_hits_total', 'Questions that a cache answered.', ['cache'], () =>
    caches().map(([cache, { hits }]) => [{ cache }, hits]),
  );
  counter('cache_misses_total', 'Questions that went on to the database.', ['cache'], () =>
    caches().map(([cache, { misses }]) => [{ cache }, misses]),
  );
  counter('tokens_made_total', 'Tokens, codes and handles that were made, by kind.', ['kind'], () =>
    [...tally.made].map(([kind, count]) => [{ kind }, count]),
  );
  counter(
    'refusals_total',
    'Requests in the name of an app that were refused, by endpoint and reason.',
    ['endpoint', 'reason'],
    () => [...tally.refused()].map(({ endpoint, reason, count }) => [{ endpoint, reason }, count]),
  );
}
