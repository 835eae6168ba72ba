import {
  type AccountsMethod,
  type ConsoleMethod,
  isOpen,
  type Method,
} from '../../../server/apis/registry/method.ts';
import { allMethods } from '../../../server/apis/registry/registry.ts';
import type { ServedRoute } from '../../../server/transport/server.ts';
import type { World } from '../world.ts';
import type { Fixtures } from './fixtures.ts';
import { SAMPLES, type Sample } from './samples.ts';
import { sampleOf } from './schema_sample.ts';

/** A route with the requests that it takes. */
export interface Endpoint extends ServedRoute {
  /** `POST /v2/token`. */
  name: string;
  samples(fixtures: Fixtures): Sample[];
}

const nameOf = ({ method, url }: ServedRoute): string => `${method} ${url}`;

/**
 * Every address that does something, from the running server's own routes, with a way to ask it rightly. Left
 * out are HEAD and OPTIONS, which the server adds by itself, and addresses that only say "not by this method".
 */
export async function endpointsOf(world: World): Promise<{ endpoints: Endpoint[]; unknown: string[] }> {
  const declared = new Map(
    allMethods().flatMap((method) => routesOf(method).map((route) => [nameOf(route), method])),
  );
  const endpoints: Endpoint[] = [];
  const unknown: string[] = [];
  for (const route of world.routes) {
    if (['HEAD', 'OPTIONS', 'TRACE', 'QUERY'].includes(route.method) || /\/\*$/.test(route.url)) {
      if (!['GET /console/*', 'GET /inbox/*'].includes(nameOf(route))) continue;
    }
    // The same methods in other versions, and in the one that a header names.
    if (/^\/(v3\.[457]\/)?(agent|customer|configuration)\/action\//.test(route.url)) continue;
    const name = nameOf(route);
    const method = declared.get(name);
    const written = SAMPLES[name];
    if (written) endpoints.push({ ...route, name, samples: written });
    else if (method) endpoints.push({ ...route, name, samples: (f) => [declaredSample(method, route, f)] });
    else if (await onlyRefuses(world, route)) continue;
    else if (route.method === 'GET' && !route.url.includes(':'))
      endpoints.push({ ...route, name, samples: () => [{ as: 'person' }] });
    else unknown.push(name);
  }
  return { endpoints, unknown };
}

async function onlyRefuses(world: World, { method, url }: ServedRoute): Promise<boolean> {
  const answer = await fetch(world.url + url.replace(/:[a-z_]+/g, '0'), { method, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status === 405 || (answer.status === 404 && url === '/console/api');
}

const isRest = (method: Method): method is ConsoleMethod | AccountsMethod =>
  method.api === 'console' || method.api === 'accounts';

function routesOf(method: Method): ServedRoute[] {
  if (isRest(method)) return [{ method: method.http.method, url: method.http.path }];
  const url = `/v3.6/${method.api}/action/${method.name}`;
  return (isOpen(method) ? ['GET', 'POST'] : ['POST']).map((verb) => ({ method: verb, url }));
}

function declaredSample(method: Method, route: ServedRoute, f: Fixtures): Sample {
  const known = knownValues(f);
  const { properties = {} } = method.input as { properties?: Record<string, unknown> };
  const input: Record<string, unknown> = {
    ...(sampleOf({ type: 'object', properties }, known) as Record<string, unknown>),
    ...withKnown((method.example ?? {}) as Record<string, unknown>, known),
  };
  if (method.api === 'customer' && route.method === 'GET') return { as: 'nobody', query: asQuery(input) };
  if (method.api === 'customer')
    return {
      as: method.open ? 'nobody' : 'customer',
      query: { organization_id: f.organizationId },
      json: input,
    };
  if (!isRest(method)) return { as: 'agent', json: input };
  const path = method.http.path.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = input[name];
    delete input[name];
    return encodeURIComponent(String(value));
  });
  const as = method.api === 'accounts' ? 'agent' : 'person';
  if (method.api === 'console' && method.rawBody) {
    const [type = 'image/png'] = method.rawBody;
    return { as: 'person', path, bytes: { type, data: Buffer.from('89504e470d0a1a0a0000000d', 'hex') } };
  }
  if (method.http.method !== 'GET') return { as, path, json: input };
  return { as, path, query: asQuery(input) };
}

function asQuery(input: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** Examples name things of the demo data; here they name those that are there. */
function withKnown(
  example: Record<string, unknown>,
  known: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, Object.hasOwn(known, name) ? known[name] : value]),
  );
}

function knownValues(f: Fixtures): Record<string, unknown> {
  const client = f.victim.details.client;
  return {
    app_id: f.victim.details.app.id,
    secret_id: String(f.victim.details.secrets[0]?.key ?? 1),
    version: f.victim.details.app.version,
    id: f.personalToken.id,
    organization_id: f.organizationId,
    chat_id: f.chatId,
    thread_id: f.threadId,
    client_id: client?.clientId,
    email: `${crypto.randomUUID()}@example.test`,
    redirect_uris: ['https://www.example.com/callback'],
    scope: 'chats--all:ro',
    page_id: undefined,
  };
}
