import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { UsageCounter } from '../../domain/insight/app_usage.ts';
import { claimedClient } from './refusals.ts';

const ACTION = /^\/v3\.\d\/(agent|customer|configuration)\/action\/([a-z_]+)$/;

/** What an owner calls a request: a method by its name in every version, an endpoint by its address. */
export function usageNameOf(verb: string, route: string): string {
  const [, api, method] = ACTION.exec(route) ?? [];
  return api === undefined ? `${verb} ${route}` : `${api}.${method}`;
}

/** Counts each answer to an app. The name is made once for each route. */
export function countUsage(app: FastifyInstance, usage: UsageCounter): void {
  const names = new Map<string, Map<string, string>>();

  function nameOf({ method, routeOptions }: FastifyRequest): string {
    const route = routeOptions.url ?? '';
    let ofVerb = names.get(method);
    if (ofVerb === undefined) {
      ofVerb = new Map();
      names.set(method, ofVerb);
    }
    let name = ofVerb.get(route);
    if (name === undefined) {
      name = usageNameOf(method, route);
      ofVerb.set(route, name);
    }
    return name;
  }

  app.addHook('onResponse', (request, reply, done) => {
    const clientId = claimedClient(request);
    // A preflight is the browser's own, and says nothing of the app.
    if (clientId !== undefined && request.method !== 'OPTIONS')
      usage.counted(clientId, nameOf(request), reply.statusCode, reply.elapsedTime);
    done();
  });
}
