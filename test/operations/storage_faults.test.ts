import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hiddenFields, openBrowser } from '../support/browser_session.ts';
import { type DatabaseProxy, openDatabaseProxy } from '../support/database_proxy.ts';
import { type EmptyDatabase, engines } from '../support/databases.ts';
import { CLIENT, LOGIN, openSite, REDIRECT, type Site } from '../support/site.ts';

interface Write {
  surface: string;
  send(): Promise<Response>;
  /** What the refusal says in the words of its surface. */
  words: RegExp;
}

/** One request for each surface that must be written, with the code or form that it needs. */
async function prepareWrites(site: Site, token: string): Promise<Write[]> {
  const request = (path: string, init: RequestInit) => () =>
    fetch(site.server.url + path, { redirect: 'manual', method: 'POST', ...init });
  const exchange = async () =>
    new URLSearchParams({
      grant_type: 'authorization_code',
      code: await site.newCode(),
      redirect_uri: REDIRECT,
      ...CLIENT,
    });
  const setting = await site.settingRequest();
  const { version } = await site.readSetting();
  const stranger = openBrowser(site.server.url);
  const signIn = await stranger.get('/signin');
  const cookie = [...stranger.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const busy = /temporarily_unavailable/;
  return [
    {
      surface: 'LiveChat token endpoint',
      send: request('/v2/token', { body: await exchange() }),
      words: busy,
    },
    {
      surface: 'standard token endpoint',
      send: request('/oauth2/token', { body: await exchange() }),
      words: busy,
    },
    {
      surface: 'Agent Chat API',
      send: request('/v3.6/agent/action/start_chat', {
        body: '{}',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      }),
      words: /"type":"service_unavailable"/,
    },
    {
      surface: 'Console',
      send: request(setting.path, {
        method: 'PATCH',
        headers: setting.headers,
        body: JSON.stringify({ short_description: 'lost', version }),
      }),
      words: /"type":"service_unavailable"/,
    },
    {
      surface: 'pages',
      send: request('/signin', {
        headers: { cookie, accept: 'text/html' },
        body: new URLSearchParams({ ...hiddenFields(signIn.text), ...LOGIN }),
      }),
      words: /<html/,
    },
  ];
}

async function assertRefused(writes: Write[]): Promise<void> {
  for (const { surface, send, words } of writes) {
    const answer = await send();
    const text = await answer.text();
    assert.equal(answer.status, 503, `${surface}: ${answer.status} ${text.slice(0, 300)}`);
    assert.ok(Number(answer.headers.get('retry-after')) > 0, `${surface} says when to come again`);
    assert.match(text, words, surface);
  }
}

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;

describe('a server whose disk is full', { skip: hasPrlimit ? false : 'prlimit is missing' }, () => {
  let site: Site;
  before(async () => {
    site = await openSite({ flags: ['--development'] });
  });
  after(() => site.remove());

  /** No file of the process may grow past this: the system then answers each write as a full disk does. */
  const limitFiles = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(site.server.process.pid), `--fsize=${bytes}:`]);

  it('answers writes with 503, goes on to read, keeps nothing half-done, and recovers by itself', async () => {
    const first = await site.exchange(await site.newCode());
    const code = await site.newCode();
    const started = await site.agent('start_chat', {}, first.accessToken);
    const chatId = String(started.body.chat_id);
    const setting = await site.readSetting();
    const writes = await prepareWrites(site, first.accessToken);

    limitFiles('4096');
    await assertRefused(writes);
    assert.equal((await site.exchange(code)).status, 503);
    const event = { type: 'message', text: 'lost' };
    const refused = await site.agent('send_event', { chat_id: chatId, event }, first.accessToken);
    assert.equal(refused.status, 503);

    assert.equal(await site.works(first.accessToken), true);
    assert.equal((await site.agent('list_chats', {}, first.accessToken)).status, 200);
    assert.deepEqual(await site.readSetting(), setting);
    // A minute later the session would be marked as seen: that fails, and the page comes all the same.
    await fetch(`${site.server.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"advance_seconds": 61}',
    });
    assert.equal(await site.page('/account'), 200);

    limitFiles('unlimited');
    assert.equal((await site.exchange(code)).status, 200, 'the code was not used up');
    assert.equal(await site.writeSetting('after', setting.version), 200);
    const { body } = await site.agent('get_chat', { chat_id: chatId }, first.accessToken);
    assert.doesNotMatch(JSON.stringify(body), /lost/);
  });
});

describe('a server whose disk turns read-only', () => {
  const entry = fileURLToPath(new URL('../support/read_only_server.ts', import.meta.url));
  let site: Site;
  before(async () => {
    site = await openSite({ command: [process.execPath, '--disable-warning=ExperimentalWarning', entry] });
  });
  after(() => site.remove());

  it('answers writes with 503, goes on to read, and recovers by itself', async () => {
    const first = await site.exchange(await site.newCode());
    const code = await site.newCode();
    const setting = await site.readSetting();
    const writes = await prepareWrites(site, first.accessToken);
    const turn = async (how: string) => {
      site.server.process.kill('SIGUSR2');
      await until(`it is ${how}`, () => site.server.output().includes(`now ${how}`));
    };

    await turn('read-only');
    await assertRefused(writes);
    assert.equal((await site.exchange(code)).status, 503);
    assert.equal(await site.works(first.accessToken), true);
    assert.equal((await site.agent('list_chats', {}, first.accessToken)).status, 200);
    assert.deepEqual(await site.readSetting(), setting);
    assert.equal(await site.page('/account'), 200);

    await turn('writable');
    assert.equal((await site.exchange(code)).status, 200, 'the code was not used up');
    assert.equal(await site.writeSetting('after', setting.version), 200);
  });
});

describe('a server whose PostgreSQL goes away', () => {
  let empty: EmptyDatabase;
  let proxy: DatabaseProxy;
  let site: Site;
  before(async () => {
    empty = await engines.postgres.create();
    proxy = await openDatabaseProxy(empty.url);
    site = await openSite({ flags: ['--database-url', proxy.url] });
  });
  after(async () => {
    await site.remove();
    await proxy.close();
    await empty.remove();
  });

  it('answers 503 on every surface meanwhile, and goes on when it is back', async () => {
    const first = await site.exchange(await site.newCode());
    const code = await site.newCode();
    const setting = await site.readSetting();
    const writes = await prepareWrites(site, first.accessToken);
    const ready = async () => (await fetch(`${site.server.url}/readyz`)).status;
    assert.equal(await ready(), 200);

    await proxy.goAway();
    await assertRefused(writes);
    assert.equal((await site.exchange(code)).status, 503);
    assert.equal(await ready(), 503);
    assert.equal((await fetch(`${site.server.url}/healthz`)).status, 200, 'no reason to restart it');

    await proxy.comeBack();
    assert.equal(await ready(), 200);
    assert.equal((await site.exchange(code)).status, 200);
    assert.equal(await site.works(first.accessToken), true);
    assert.deepEqual(await site.readSetting(), setting);
  });
});

describe('a server whose PostgreSQL falls silent', () => {
  /** As long as an operator's patience; a unit of work may not wait longer for its answer. */
  const BOUND_MILLISECONDS = 8_000;
  let empty: EmptyDatabase;
  let proxy: DatabaseProxy;
  let site: Site;
  before(async () => {
    empty = await engines.postgres.create();
    proxy = await openDatabaseProxy(empty.url);
    site = await openSite({ flags: ['--database-url', proxy.url] });
  });
  after(async () => {
    await site.remove();
    await proxy.close();
    await empty.remove();
  });

  it('answers 503 within seconds, is not ready meanwhile, and goes on when it is heard again', async () => {
    const first = await site.exchange(await site.newCode());
    const codes = await Promise.all(Array.from({ length: 40 }, () => site.newCode()));
    const later = await site.newCode();
    const setting = await site.readSetting();
    const writes = await prepareWrites(site, first.accessToken);
    const ready = async () => (await fetch(`${site.server.url}/readyz`)).status;
    assert.equal(await ready(), 200);

    proxy.fallSilent();
    const timed = async (work: Promise<unknown>) => {
      const begun = performance.now();
      await work;
      const took = performance.now() - begun;
      assert.ok(took < BOUND_MILLISECONDS, `an answer took ${Math.round(took)} ms`);
    };
    // More at once than there are connections: those that wait for one must not wait for ever either.
    const exchanged = await Promise.all([
      ...codes.map(async (code) => {
        const answer = site.exchange(code);
        await timed(answer);
        return (await answer).status;
      }),
      timed(assertRefused(writes.slice(0, 1))),
      timed(ready().then((status) => assert.equal(status, 503))),
    ]);
    assert.ok(exchanged.slice(0, codes.length).every((status) => status === 503));
    await Promise.all(writes.slice(1).map((write) => timed(assertRefused([write]))));
    assert.equal((await fetch(`${site.server.url}/healthz`)).status, 200, 'no reason to restart it');

    proxy.speakAgain();
    await until('it is ready again', async () => (await ready()) === 200);
    assert.equal((await site.exchange(later)).status, 200);
    assert.equal(await site.works(first.accessToken), true);
    assert.deepEqual(await site.readSetting(), setting);
    // What arrived before the silence ended may have been done; it was done once, or not at all.
    for (const code of codes) {
      const answers = [await site.exchange(code), await site.exchange(code)];
      assert.ok(answers.filter(({ status }) => status === 200).length <= 1);
    }
  });
});

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `it did not come to be: ${what}`);
    await wait(5);
  }
}
