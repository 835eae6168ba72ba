import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import { hiddenFields, openBrowser } from './support/browser_session.ts';
import { type Endpoint, endpointsOf } from './support/endpoints/catalogue.ts';
import { type Fixtures, openFixtures } from './support/endpoints/fixtures.ts';
import {
  draftOf,
  openSender,
  openStranger,
  type Sender,
  type WireAnswer,
  wireOf,
} from './support/endpoints/request.ts';
import { openWorld, type World } from './support/world.ts';

/** Fields of answers that are secrets. */
const SECRET_FIELDS =
  /^(access_token|refresh_token|id_token|client_secret|secret|base64|device_code|user_code|request_uri|identity_transfer_token|csrf_token|registration_access_token|code)$/;

/** So much of a secret is looked for first; none is shorter. */
const START = 8;

/** Shown by pages of their own flow, to whom they belong. */
const SHOWN = /csrf|handle|user code/;

describe('secrets, wherever they went through', () => {
  let world: World;
  let sender: Sender;
  let endpoints: Endpoint[];
  let f: Fixtures;
  let logged = '';
  /** What must be found nowhere, by what it is. */
  const secrets = new Map<string, string>();

  function keep(what: string, value: unknown): void {
    // A placeholder of the docs is no secret.
    if (typeof value === 'string' && value.length >= START && !/^<\w+>$/.test(value))
      secrets.set(`${what} ${secrets.size}`, value);
  }

  before(async () => {
    const stream = new Writable({
      write(chunk, _encoding, done) {
        logged += chunk;
        done();
      },
    });
    const logger = pino({ level: 'trace' }, stream);
    world = await openWorld(undefined, ['--trust-proxy', '127.0.0.1'], { logger });
    sender = openSender(world.url);
    ({ endpoints } = await endpointsOf(world));
    await signUpAndChangePasswords();
    await everyEndpoint();
  });
  after(async () => {
    sender.close();
    await world.close();
  });

  async function signUpAndChangePasswords(): Promise<void> {
    const passwords = ['first', 'wrong', 'second', 'third'].map((name) => `canary-${name}-kwyjibo-42-zebra`);
    for (const password of passwords) keep('password', password);
    const [first = '', wrong = '', second = '', third = ''] = passwords;
    const email = 'canary@example.test';
    const browser = openBrowser(world.url);
    const keepCookies = () => {
      for (const [name, value] of browser.cookies) keep(`cookie ${name}`, value);
    };
    await browser.submit('/signup', { name: 'C', email, company: 'C', password: first });
    keepCookies();
    const change = { current_password: first, new_password: second };
    assert.equal((await browser.submit('/account', change, '/account/password')).status, 303);
    await openBrowser(world.url).submit('/signin', { email, password: wrong });
    await openBrowser(world.url).submit('/signin', { email: wrong, password: wrong });
    await openBrowser(world.url).submit('/forgot-password', { email });
    const mails = await world.server.services.identity.outbox.latest(10);
    const links = mails.flatMap(({ text }) => [...text.matchAll(/token=([A-Za-z0-9_:%-]+)/g)]);
    for (const [, token] of links) keep('link', token);
    const link = mails.map(({ text }) => /\/reset-password\?token=\S+/.exec(text)?.[0]).find(Boolean) ?? '';
    await openBrowser(world.url).submit(link, { password: 'short' });
    assert.equal((await openBrowser(world.url).submit(link, { password: third })).status, 303);
    await browser.submit('/signin', { email, password: third, keep_logged_in: '1' });
    keepCookies();
  }

  /** Right requests to all there is, and the same with their body broken off, which is when parsers quote it. */
  async function everyEndpoint(): Promise<void> {
    const stranger = await openStranger(world);
    for (const [index, endpoint] of endpoints.entries()) {
      if (index % 4 === 0) {
        f = await openFixtures(world);
        keepFixtures(f);
      }
      for (const sample of endpoint.samples(f)) {
        const request = wireOf(draftOf(endpoint, sample, f, stranger));
        keepAnswer(
          await sender.send({ ...request, body: request.body.subarray(0, request.body.length - 3) }),
        );
        keepAnswer(await sender.send({ ...request, headers: { ...request.headers, 'content-type': 'a/b' } }));
        keepAnswer(await sender.send(request));
        keepAnswer(await sender.send(request));
      }
    }
  }

  function keepFixtures(made: Fixtures): void {
    const { code, standardCode, verifier, accessToken, refreshToken, personalToken, customerToken } = made;
    for (const value of [code, standardCode, accessToken, refreshToken, personalToken.secret, customerToken])
      keep('token', value);
    keep('verifier', verifier);
    for (const value of [made.identityTransfer, made.deviceCode, made.requestUri]) keep('token', value);
    keep('token', made.registered.token);
    keep('user code', made.userCode);
    keep('handle', made.handle);
    for (const value of [made.resetToken, made.confirmToken]) keep('link', value);
    for (const app of [made.app, made.victim]) keep('client secret', app.clientSecret);
    keep('csrf token', made.person.csrfToken);
    for (const [name, value] of made.person.browser.cookies) keep(`cookie ${name}`, value);
  }

  function keepAnswer({ headers, text }: WireAnswer): void {
    for (const cookie of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== '__lc_cid') keep(`cookie ${name}`, decodeURIComponent(value));
    }
    const location = String(headers.location ?? '');
    for (const [, name = '', value = ''] of location.matchAll(/[?&#](code|access_token|handle)=([^&]*)/g))
      keep(name, decodeURIComponent(value));
    if (String(headers['content-type']).startsWith('text/html')) {
      const { handle } = hiddenFields(text);
      keep('handle', handle);
    }
    if (!String(headers['content-type']).startsWith('application/json') || text === '') return;
    JSON.parse(text, (name, value: unknown) => {
      if (SECRET_FIELDS.test(name)) keep(name, value);
      return value;
    });
  }

  /** @returns what is in the text, in whatever spelling. One pass, however many secrets there are. */
  function found(text: string, except: RegExp = /^$/): string[] {
    const byStart = new Map<string, [spelling: string, what: string][]>();
    for (const [what, secret] of secrets) {
      if (except.test(what)) continue;
      const bare = secret.replace(/^(?:dal:|urn:ietf:params:oauth:request_uri:)/, '');
      for (const spelling of new Set([bare, encodeURIComponent(bare), Buffer.from(bare).toString('hex')])) {
        const start = spelling.slice(0, START);
        byStart.set(start, [...(byStart.get(start) ?? []), [spelling, what]]);
      }
    }
    const hits = new Set<string>();
    for (let at = 0; at + START <= text.length; at++)
      for (const [spelling, what] of byStart.get(text.slice(at, at + START)) ?? [])
        if (text.startsWith(spelling, at))
          hits.add(`${what}: …${text.slice(Math.max(0, at - 100), at + 20)}…`);
    return [...hits].slice(0, 20);
  }

  it('are many', () => {
    assert.ok(secrets.size > 500, `${secrets.size} secrets`);
    const kinds = [...secrets.keys()].join();
    for (const kind of [
      'password',
      'access_token',
      'refresh_token',
      'secret',
      'cookie gatehouse_session',
      'cookie __lc_cst',
      'link',
    ])
      assert.ok(kinds.includes(kind), `there was no ${kind}`);
  });

  it('are in no line of the log, at its most talkative', () => {
    assert.ok(logged.split('\n').length > 500);
    assert.deepEqual(found(logged), []);
  });

  it('are in no byte of the database, its journal included', () => {
    assert.ok(world.file);
    for (const suffix of ['', '-wal', '-shm']) {
      const file: string = world.file + suffix;
      if (existsSync(file)) assert.deepEqual(found(readFileSync(file, 'latin1')), [], file);
    }
  });

  it('are on no page, and in no list, that is asked for afterwards', async () => {
    let pages = 0;
    for (const endpoint of endpoints.filter(
      ({ method, url }) => method === 'GET' && !url.startsWith('/dev/mail'),
    ))
      for (const sample of endpoint.samples(f)) {
        if (
          ['agent', 'customer', 'registered'].includes(sample.as) ||
          sample.query?.token ||
          sample.query?.code
        )
          continue;
        const request = wireOf(draftOf(endpoint, sample, f, { cookie: '', csrfToken: '' }));
        const { text } = await sender.send(request);
        assert.deepEqual(found(text, SHOWN), [], endpoint.name);
        pages += 1;
      }
    assert.ok(pages > 40);
  });
});
