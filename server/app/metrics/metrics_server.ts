import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { RequestMeter } from '../../transport/http/measure.ts';
import type { Composition } from '../compose.ts';
import { requestMetrics } from './request_metrics.ts';
import { stateMetrics } from './state_metrics.ts';

export interface Metrics {
  meter: RequestMeter;
  /** Where they are read. */
  url: string;
  close(): Promise<void>;
}

/** Whoever reads metrics needs one connection; more than a few are a mistake. */
const MOST_CONNECTIONS = 16;

/**
 * Serves `/metrics` in Prometheus' text format, on a port of its own: it tells how much is going on, which is
 * nobody's business but the operator's. Loaded only where it is wanted.
 * @throws the error of a port that cannot be listened on
 */
export async function serveMetrics(
  place: { port: number; host: string },
  composition: Composition,
  connections: () => Promise<number>,
): Promise<Metrics> {
  const registry = new Registry();
  // Memory, garbage collection, CPU, and the delay of the event loop.
  collectDefaultMetrics({ register: registry });
  const meter = requestMetrics(registry);
  stateMetrics(registry, composition, connections);

  const server = createServer({ requestTimeout: 10_000, keepAliveTimeout: 120_000 }, (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('GET /metrics\n');
      return;
    }
    registry.metrics().then(
      (text) =>
        response
          .writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' })
          .end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(place.port, place.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    meter,
    url: `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${port}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
