import { Agent, request as httpRequest } from 'node:http';
import { hiddenFields } from '../browser_session.ts';
import type { World } from '../world.ts';
import type { Endpoint } from './catalogue.ts';
import type { Fixtures } from './fixtures.ts';
import type { SignedIn } from './people.ts';
import type { Sample } from './samples.ts';

/** Names and values as they go over the wire: encoded already, right or wrong. */
export type Pair = [name: string, value: string];

export type Body =
  | { kind: 'none' }
  | { kind: 'form'; pairs: Pair[] }
  | { kind: 'json'; value: Record<string, unknown> }
  | { kind: 'bytes'; bytes: Buffer };

/** A request in parts that can be got wrong one by one. */
export interface Draft {
  method: string;
  path: string;
  query: Pair[];
  headers: Record<string, string | string[]>;
  body: Body;
}

export interface WireRequest {
  method: string;
  target: string;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const encoded = (fields: Record<string, string>): Pair[] =>
  Object.entries(fields).map(([name, value]) => [encodeURIComponent(name), encodeURIComponent(value)]);

/** What a stranger's browser carries: a name, and the CSRF token that goes with it. */
export interface Stranger {
  cookie: string;
  csrfToken: string;
}

export async function openStranger(world: World): Promise<Stranger> {
  const browser = world.stranger();
  const { csrf_token: csrfToken = '' } = hiddenFields((await browser.get('/signin')).text);
  return { cookie: `gatehouse_browser=${browser.cookies.get('gatehouse_browser')}`, csrfToken };
}

/** Writes a sample down as a right request of the person, token or app that it names. */
export function draftOf(
  endpoint: Pick<Endpoint, 'method' | 'url'>,
  sample: Sample,
  f: Fixtures,
  stranger: Stranger,
  person: SignedIn = f.person,
): Draft {
  const { as } = sample;
  const headers: Draft['headers'] = { ...authorizationOf(as, f), accept: '*/*' };
  const isConsole = endpoint.url.startsWith('/console/api');
  const csrfToken = as === 'stranger' ? stranger.csrfToken : person.csrfToken;
  if (as === 'person') headers.cookie = person.cookieHeader();
  if (as === 'stranger') headers.cookie = stranger.cookie;
  if (isConsole && endpoint.method !== 'GET') headers['x-csrf-token'] = csrfToken;
  return {
    method: endpoint.method,
    path: sample.path ?? endpoint.url,
    query: encoded(sample.query ?? {}),
    headers,
    body: bodyOf(
      sample,
      headers,
      (as === 'person' || as === 'stranger') && !isConsole ? csrfToken : undefined,
    ),
  };
}

function bodyOf(sample: Sample, headers: Draft['headers'], csrfToken: string | undefined): Body {
  if (sample.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    const token: Record<string, string> =
      csrfToken === undefined || sample.foreignForm ? {} : { csrf_token: csrfToken };
    return { kind: 'form', pairs: encoded({ ...token, ...sample.form }) };
  }
  if (sample.json) {
    headers['content-type'] = 'application/json';
    return { kind: 'json', value: structuredClone(sample.json) };
  }
  if (sample.bytes) {
    headers['content-type'] = sample.bytes.type;
    return { kind: 'bytes', bytes: sample.bytes.data };
  }
  return { kind: 'none' };
}

function authorizationOf(as: Sample['as'], f: Fixtures): Record<string, string> {
  const basic = (user: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`,
  });
  switch (as) {
    case 'agent':
      return { authorization: `Bearer ${f.accessToken}` };
    case 'registered':
      return { authorization: `Bearer ${f.registered.token}` };
    case 'customer':
      return { authorization: `Bearer ${f.customerToken}` };
    case 'personal':
      return basic(f.person.accountId, f.personalToken.secret);
    case 'client':
      return basic(f.app.clientId, f.app.clientSecret);
    default:
      return {};
  }
}

export function wireOf({ method, path, query, headers, body }: Draft): WireRequest {
  const text = (pairs: readonly Pair[]) => pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const bytes = {
    none: () => Buffer.alloc(0),
    form: () => Buffer.from(body.kind === 'form' ? text(body.pairs) : '', 'latin1'),
    json: () => Buffer.from(body.kind === 'json' ? (JSON.stringify(body.value) ?? '') : ''),
    bytes: () => (body.kind === 'bytes' ? body.bytes : Buffer.alloc(0)),
  }[body.kind]();
  return { method, target: query.length > 0 ? `${path}?${text(query)}` : path, headers, body: bytes };
}

export interface Sender {
  /** @throws when no whole answer came within the bound */
  send(request: WireRequest): Promise<WireAnswer>;
  close(): void;
}

/** Sends what no well-behaved client would. Connections are kept. */
export function openSender(url: string, { connections = 8, patienceMs = 15_000 } = {}): Sender {
  const { port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const request = httpRequest({
          agent,
          hostname: '127.0.0.1',
          port,
          method,
          path: target,
          headers: { ...headers, ...(body.length > 0 ? { 'content-length': String(body.length) } : {}) },
        });
        request.setTimeout(patienceMs, () => request.destroy(new Error(`no answer in ${patienceMs} ms`)));
        request.on('error', reject);
        request.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** The same request for a terminal, whatever bytes are in it. */
export function curlOf(url: string, { method, target, headers, body }: WireRequest): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `-H ${quoted(`${name}: ${value}`)}`),
  );
  const data =
    body.length > 0 ? [`--data-binary @<(base64 -d <<< ${body.subarray(0, 8192).toString('base64')})`] : [];
  return ['curl -sS -i --path-as-is -X', method, quoted(url + target), ...lines, ...data].join(' ');
}
