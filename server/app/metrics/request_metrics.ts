import { Counter, Histogram, type Registry } from 'prom-client';
import type { RequestMeter, Surface } from '../../transport/http/measure.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Rates and latencies of requests, and what failed. A child is looked up once for each combination of labels. */
export function requestMetrics(registry: Registry): RequestMeter {
  const durations = new Histogram({
    name: 'gatehouse_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['route', 'surface', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'gatehouse_errors_total',
    help: 'Requests that ended with an error, by its code.',
    labelNames: ['surface', 'code'],
    registers: [registry],
  });
  const children = new Map<string, { observe(seconds: number): void }[]>();

  return {
    answered(route: string, surface: Surface, status: number, seconds: number) {
      const statusClass = Math.floor(status / 100);
      let ofRoute = children.get(route);
      if (!ofRoute) {
        ofRoute = [];
        children.set(route, ofRoute);
      }
      ofRoute[statusClass] ??= durations.labels(route, surface, `${statusClass}xx`);
      ofRoute[statusClass].observe(seconds);
    },
    failed: (surface, code) => errors.inc({ surface, code }),
  };
}
