import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toGatehouseError } from './error_mapping.ts';

/** The parts of the server as operators tell them apart. */
export type Surface =
  | 'accounts'
  | 'agent_api'
  | 'configuration_api'
  | 'console'
  | 'console_api'
  | 'customer_api'
  | 'docs'
  | 'health'
  | 'oauth'
  | 'oauth2'
  | 'none';

/** Hears how requests end. Nothing that a stranger writes reaches it. */
export interface RequestMeter {
  /** @param route the router's template, never the path that was asked for; `none` where there is no such route */
  answered(route: string, surface: Surface, status: number, seconds: number): void;
  /** @param code one of the closed list of error codes */
  failed(surface: Surface, code: string): void;
}

const BY_PREFIX: readonly [prefix: string, surface: Surface][] = [
  ['/agent/action/', 'agent_api'],
  ['/customer/action/', 'customer_api'],
  ['/configuration/action/', 'configuration_api'],
  ['/v2/', 'oauth'],
  ['/oauth2/', 'oauth2'],
  ['/.well-known/', 'oauth2'],
  ['/console/api', 'console_api'],
  ['/console', 'console'],
  ['/docs', 'docs'],
  ['/healthz', 'health'],
  ['/readyz', 'health'],
];

/** The action APIs are the same surface in each of their versions, and without one. */
const VERSION = /^\/(?:v3\.\d|:version)\//;

export function surfaceOf(route: string): Surface {
  if (!route.startsWith('/')) return 'none';
  const path = route.replace(VERSION, '/');
  return BY_PREFIX.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'accounts';
}

const NO_ROUTE = 'none';

/** Tells a meter of every answer, also where the caller has gone meanwhile. */
export function measureRequests(app: FastifyInstance, meter: RequestMeter): void {
  const surfaces = new Map<string, Surface>();
  function placeOf(request: FastifyRequest): { route: string; surface: Surface } {
    const route = request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE);
    let surface = surfaces.get(route);
    if (surface === undefined) {
      surface = surfaceOf(route);
      surfaces.set(route, surface);
    }
    return { route, surface };
  }
  app.addHook('onResponse', (request, reply, done) => {
    const { route, surface } = placeOf(request);
    meter.answered(route, surface, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.addHook('onError', (request, _reply, error, done) => {
    meter.failed(placeOf(request).surface, toGatehouseError(error).code);
    done();
  });
}
