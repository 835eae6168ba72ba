import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { surfaceOf } from './support/endpoints/answers.ts';
import { type Endpoint, endpointsOf } from './support/endpoints/catalogue.ts';
import { openFixtures } from './support/endpoints/fixtures.ts';
import {
  draftOf,
  openSender,
  openStranger,
  type Sender,
  type Stranger,
  type WireAnswer,
  type WireRequest,
  wireOf,
} from './support/endpoints/request.ts';
import { authorizeQuery, openWorld, type World } from './support/world.ts';

/** What a response must carry, and (null) must not. */
type Expected = Record<string, RegExp | null>;

const NO_STORE = /(^|, *)no-store/;
const EVERYWHERE: Expected = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'x-request-id': /^[0-9a-f-]{36}$/,
  server: null,
  'x-powered-by': null,
};

/** No inline code or style, no framing, no base, nothing from elsewhere. */
const STRICT_POLICY =
  /^(?!.*unsafe)(?!.*\*)(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?=.*base-uri 'none')(?=.*form-action 'self')/;

const CONSOLE_POLICY =
  /^(?=.*default-src 'none')(?=.*script-src 'self';)(?=.*frame-ancestors 'none')(?=.*base-uri 'none')(?=.*form-action 'self')/;

const PAGE: Expected = {
  'content-security-policy': STRICT_POLICY,
  'x-frame-options': /^DENY$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'cache-control': NO_STORE,
  'access-control-allow-origin': null,
};
/** Answers that hold tokens, secrets or somebody's data. */
const PRIVATE_JSON: Expected = { 'cache-control': NO_STORE };

/** The classes of answers by what they are and where they come from; the first that fits. */
const CLASSES: readonly {
  name: string;
  fits(path: string, answer: WireAnswer): boolean;
  expected: Expected;
}[] = [
  {
    name: 'a redirect of a page',
    fits: (path, { status }) => status >= 300 && status < 400 && !/^\/(docs|favicon\.ico)$/.test(path),
    expected: { 'cache-control': NO_STORE, 'access-control-allow-origin': null },
  },
  {
    name: 'the page of the Console or the inbox',
    fits: (path, { headers }) => isHtml(headers) && /^\/(console|inbox)/.test(path),
    // Its component library writes style elements.
    expected: { ...PAGE, 'content-security-policy': CONSOLE_POLICY },
  },
  { name: 'a page', fits: (_, { headers }) => isHtml(headers), expected: PAGE },
  {
    name: 'a static file',
    fits: (path, { status }) =>
      status === 200 &&
      /^\/(assets|(console|inbox)\/(assets|icons|favicon|color_scheme)|chat\/assets|docs\/images)/.test(path),
    expected: {
      'content-security-policy': /^(?!.*script-src 'unsafe)(?=.*default-src 'none')/,
      'cache-control': /max-age=\d+|no-cache/,
      'cross-origin-resource-policy': /^same-origin$/,
    },
  },
  {
    name: 'a document for everybody',
    fits: (path) =>
      /^\/(healthz|readyz|postman\.json|openapi\.json|dev\/clock|\.well-known\/|oauth2\/jwks|docs$|favicon\.ico)/.test(
        path,
      ),
    expected: {},
  },
  {
    name: "the Console's API",
    fits: (path) => surfaceOf(path) === 'console',
    expected: { ...PRIVATE_JSON, 'access-control-allow-origin': null },
  },
  { name: 'everything else', fits: () => true, expected: PRIVATE_JSON },
];

const isHtml = (headers: WireAnswer['headers']): boolean =>
  /^text\/html/.test(String(headers['content-type']));

function problemsOf(headers: WireAnswer['headers'], expected: Expected): string[] {
  return Object.entries(expected).flatMap(([name, wanted]) => {
    const value = headers[name];
    if (wanted === null) return value === undefined ? [] : [`${name} is there: ${value}`];
    return wanted.test(String(value ?? '')) ? [] : [`${name}: ${value}`];
  });
}

describe('the headers of every class of answers', () => {
  let world: World;
  let sender: Sender;
  let stranger: Stranger;
  let endpoints: Endpoint[];
  before(async () => {
    world = await openWorld(undefined, ['--trust-proxy', '127.0.0.1']);
    sender = openSender(world.url);
    stranger = await openStranger(world);
    ({ endpoints } = await endpointsOf(world));
  });
  after(async () => {
    sender.close();
    await world.close();
  });

  /** One right request and one of each way to be refused. */
  const WAYS: Record<string, (request: WireRequest) => WireRequest> = {
    right: (request) => request,
    'by another method': (request) => ({ ...request, method: 'PUT' }),
    'somewhere else': (request) => ({ ...request, target: `${request.target.split('?')[0]}/nothing/here` }),
    'with a doubled parameter': (request) => ({
      ...request,
      target: `${request.target.split('?')[0]}?a=1&a=2`,
    }),
    'of another type': (request) => ({
      ...request,
      headers: { ...request.headers, 'content-type': 'image/gif' },
      body: Buffer.from('GIF89a'),
    }),
    'too large': (request) => ({ ...request, body: Buffer.alloc(1_100_000, 'a') }),
    'of nobody': ({ headers: { accept = '*/*' }, ...request }) => ({ ...request, headers: { accept } }),
    'as a browser asks': (request) => ({ ...request, headers: { ...request.headers, accept: 'text/html' } }),
  };

  it('are all there, whatever is asked and however it is refused', async () => {
    const seen = new Map<string, number>();
    const statuses = new Set<number>();
    const problems: string[] = [];
    let f = await openFixtures(world);
    for (const endpoint of endpoints) {
      if (endpoint.method !== 'GET') f = await openFixtures(world);
      const samples = endpoint.samples(f);
      for (const [way, change] of Object.entries(WAYS))
        for (const sample of way === 'right' ? samples : samples.slice(0, 1)) {
          const request = change(wireOf(draftOf(endpoint, sample, f, stranger)));
          if (request.method === 'GET' && way === 'too large') continue;
          const answer = await sender.send(request);
          const path = request.target.split('?')[0] ?? '';
          const found = CLASSES.find(({ fits }) => fits(path, answer));
          assert.ok(found);
          seen.set(found.name, (seen.get(found.name) ?? 0) + 1);
          statuses.add(answer.status);
          for (const problem of problemsOf(answer.headers, { ...EVERYWHERE, ...found.expected }))
            problems.push(`${endpoint.name} ${way} (${answer.status}, ${found.name}): ${problem}`);
        }
    }
    assert.deepEqual(problems, []);
    assert.deepEqual([...seen.keys()].sort(), CLASSES.map(({ name }) => name).sort());
    for (const status of [200, 303, 400, 401, 403, 404, 405, 413, 415, 422])
      assert.ok(statuses.has(status), `no answer had the status ${status}`);
  });

  const UNREADABLE: [what: string, bytes: string, status: RegExp][] = [
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1.1 431 /,
    ],
    ['no HTTP', 'HELO mail.example\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', /^HTTP\/1.1 400 /],
    ['a bare line feed in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n', /^HTTP\/1.1 400 /],
    [
      'two lengths (RFC 9112 §6.3)',
      'POST /v2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
      /^HTTP\/1.1 400 /,
    ],
    [
      'a length and chunks (RFC 9112 §6.1)',
      'POST /v2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1.1 400 /,
    ],
    [
      'a wrong chunk',
      'POST /v2/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      /^HTTP\/1.1 400 /,
    ],
    [
      'an address with a bad escape',
      'GET /docs/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      /^HTTP\/1.1 400 /,
    ],
    [
      'an address that is too long for its route',
      `GET /docs/${'a'.repeat(300)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1.1 400 /,
    ],
  ];
  for (const [what, bytes, status] of UNREADABLE)
    it(`are on what is refused before any route is found: ${what}`, async () => {
      const answer = await raw(new URL(world.url).port, bytes);
      assert.match(answer, status);
      assert.match(answer, /x-content-type-options: nosniff\r\n/i);
      assert.match(answer, /referrer-policy: no-referrer\r\n/i);
      assert.doesNotMatch(answer, /\r\n(server|x-powered-by):/i);
      const [, body = ''] = answer.split('\r\n\r\n');
      assert.match(JSON.parse(body).error.message, /.{20}/);
    });

  it('are all that is answered to HEAD, also where it cannot be read', async () => {
    const bytes = `HEAD / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`;
    const answer = await raw(new URL(world.url).port, bytes);
    assert.match(answer, /^HTTP\/1.1 431 [\s\S]*\r\n\r\n$/);
  });

  it('admit the redirect of the app, and nothing else, on pages of a flow', async () => {
    const f = await openFixtures(world);
    for (const path of [`/grant-access?handle=${f.handle}`, `/signin?handle=${f.handle}&switch=1`]) {
      const { headers } = await f.person.browser.get(path);
      const [, targets] = /form-action ([^;]*)/.exec(headers.get('content-security-policy') ?? '') ?? [];
      assert.equal(targets, "'self' https://www.example.com");
    }
    const { headers } = await f.person.browser.get(authorizeQuery(f.app));
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });
});

describe('on https', () => {
  it('browsers are told to stay there, and cookies are for this host alone', async () => {
    const world = await openWorld(undefined, ['--public-url', 'https://chat.example.test']);
    try {
      for (const path of ['/signin', '/v2/info', '/healthz', '/nothing', '/docs/%zz']) {
        const { headers } = await fetch(world.server.address + path);
        assert.equal(headers.get('strict-transport-security'), 'max-age=63072000; includeSubDomains', path);
        for (const cookie of headers.getSetCookie())
          assert.match(
            cookie,
            /^__Host-(?=.*; Path=\/)(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)(?!.*Domain)/,
          );
      }
      const broken = await raw(new URL(world.server.address).port, 'X\r\n\r\n');
      assert.match(broken, /strict-transport-security/);
    } finally {
      await world.close();
    }
  });
});

/** Says these bytes, and gives all that comes back until the server hangs up. */
function raw(port: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no end; so far: ${answer}`)));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
