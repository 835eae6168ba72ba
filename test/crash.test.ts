import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, openBrowser } from './support/browser_session.ts';
import { type SpawnedServer, spawnServer } from './support/spawned_server.ts';

const CLIENT = {
  client_id: '81e8a326ec4a63252faa0ae6f660c0c8',
  client_secret: 'a-secret-for-the-crash-test',
};
const REDIRECT = 'https://www.example.com/callback';
const LOGIN = { email: 'owner@acme.test', password: 'correct horse battery staple' };
/** How often the server is killed under load; a nightly run sets more. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 3);

const SEED = {
  organizations: [
    {
      id: randomUUID(),
      name: 'Acme',
      license_id: 1001,
      accounts: [{ ...LOGIN, name: 'Olivia', role: 'owner' }],
      apps: [
        {
          name: 'List Chats',
          visibility: 'private',
          blocks: {
            authorization: {
              clientId: CLIENT.client_id,
              clientSecret: CLIENT.client_secret,
              type: 'server_side_app',
              profile: 'compatible',
              redirectUri: REDIRECT,
              scopes: [{ scope: 'chats--all:ro', required: true }],
            },
          },
        },
      ],
    },
  ],
};

interface Exchange {
  code: string;
  /** What the server answered; undefined when the connection broke first. */
  status: number | undefined;
  accessToken: string | undefined;
}

describe('a server that is killed (SIGKILL)', () => {
  let folder: string;
  let server: SpawnedServer;
  let browser: Browser;
  const start = () =>
    spawnServer({
      dataDir: join(folder, 'data'),
      flags: ['--seed', join(folder, 'seed.json'), '--log-level', 'silent'],
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-crash-'));
    writeFileSync(join(folder, 'seed.json'), JSON.stringify(SEED));
    server = await start();
    browser = openBrowser(server.url);
    await browser.logIn(LOGIN.email, LOGIN.password);
  });
  after(async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function newCode(): Promise<string> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT.client_id,
      redirect_uri: REDIRECT,
    });
    const answer = await browser.get(`${server.url}/?${query}`);
    return new URL(answer.location ?? '').searchParams.get('code') ?? '';
  }

  async function exchange(code: string): Promise<Exchange> {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      ...CLIENT,
    });
    try {
      const response = await fetch(`${server.url}/v2/token`, { method: 'POST', body });
      const answer = (await response.json()) as { access_token?: string };
      return { code, status: response.status, accessToken: answer.access_token };
    } catch {
      return { code, status: undefined, accessToken: undefined };
    }
  }

  const works = async (token: string) =>
    (await fetch(`${server.url}/v2/info`, { headers: { authorization: `Bearer ${token}` } })).status === 200;

  it('keeps its database and its key from other users', () => {
    for (const name of ['gatehouse.db', 'secret.key'])
      assert.equal(statSync(join(folder, 'data', name)).mode & 0o077, 0, `${name} is readable by others`);
  });

  for (let round = 1; round <= ROUNDS; round++)
    it(`under load has lost nothing that it acknowledged, and lets no code be used twice (kill ${round})`, async () => {
      const codes = await Promise.all(Array.from({ length: 24 }, newCode));
      // The kill falls between the answers: when the first few have arrived, the others are under way.
      let answered = 0;
      const exchanges = codes.map(async (code, index) => {
        const result = await exchange(code);
        if (result.status === 200 && ++answered === 1 + ((round * 5 + index) % 7))
          server.process.kill('SIGKILL');
        return result;
      });
      const results = await Promise.all(exchanges);
      await server.kill();

      server = await start();
      const acknowledged = results.filter((result) => result.status === 200);
      assert.ok(acknowledged.length > 0);
      for (const { accessToken } of acknowledged)
        assert.ok(await works(accessToken ?? ''), 'an acknowledged token is gone');
      for (const { code } of acknowledged) {
        const again = await exchange(code);
        assert.equal(again.status, 400, 'a used code works again after the crash');
      }
      // A code whose answer never arrived is either used or unused, but never good for two.
      for (const { code } of results.filter((result) => result.status === undefined)) {
        const [first, second] = [await exchange(code), await exchange(code)];
        assert.ok([first, second].filter((result) => result.status === 200).length <= 1);
      }
      assert.equal(
        (await browser.get(`${server.url}/account`)).status,
        200,
        'the session outlived the crash',
      );
    });

  it('ends by itself and with code 0 when it is asked to (SIGTERM)', async () => {
    assert.equal(await server.stop(), 0);
    server = await start();
  });
});
