// Gatehouse as it is started for people, on a durable database of its own. Only what a load needs to begin with
// (codes, tokens, chats) is put into the storage directly; all that is measured goes through HTTP.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { purgeAll } from '../../server/app/background.ts';
import { readConfig } from '../../server/app/config.ts';
import { startServer } from '../../server/app/start.ts';
import { seconds } from '../../server/kernel/clock.ts';
import { serveTarget } from '../harness/target.ts';
import { fillTokens } from './gatehouse_tokens.ts';
import { openBenchWorld } from './gatehouse_world.ts';

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'gatehouse-bench-'));
const database = process.argv[2] ?? `sqlite:${join(folder, 'gatehouse.db')}`;
const flags = ['--port', '0', '--host', '127.0.0.1', '--data-dir', folder, '--log-level', 'silent'];
// A load is one credential that calls as fast as it can.
flags.push('--rate-limits', '0');
const server = await startServer(
  readConfig([...flags, '--database-url', database, ...process.argv.slice(3)], {}),
  { logger: false },
);
const world = await openBenchWorld(server);

let chats: string[] | undefined;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const secrets = { client_id: world.clientId, client_secret: world.clientSecret };
const body = (fields: Record<string, string>): string =>
  new URLSearchParams({ ...secrets, ...fields }).toString();

serveTarget(
  server.address,
  {
    exchange: async (count) => ({
      method: 'POST',
      path: '/v2/token',
      headers: form,
      once: true,
      bodies: (await world.codes(count)).map((code) =>
        body({ grant_type: 'authorization_code', code, redirect_uri: world.redirectUri }),
      ),
    }),
    refresh: async (count) => ({
      method: 'POST',
      path: '/v2/token',
      headers: form,
      once: true,
      bodies: (await world.refreshTokens(count)).map((token) =>
        body({ grant_type: 'refresh_token', refresh_token: token }),
      ),
    }),
    introspect: async (count) => ({
      method: 'POST',
      path: '/oauth2/introspect',
      headers: form,
      once: false,
      bodies: (await world.accessTokens(Math.min(count, 1000))).map((token) => body({ token })),
    }),
    info: async () => ({
      method: 'GET',
      path: '/v2/info',
      headers: { authorization: `Bearer ${(await world.accessTokens(1))[0]}` },
      once: false,
      bodies: [],
    }),
    list_chats: async () => ({
      method: 'POST',
      path: '/v3.6/agent/action/list_chats',
      headers: { ...json, authorization: `Bearer ${await world.agentToken()}` },
      once: false,
      bodies: ['{"limit":10}'],
    }),
    send_event: async () => {
      chats ??= await world.activeChats(1000);
      return {
        method: 'POST',
        path: '/v3.6/agent/action/send_event',
        headers: { ...json, authorization: `Bearer ${await world.agentToken()}` },
        once: false,
        bodies: chats.map((chat) =>
          JSON.stringify({ chat_id: chat, event: { type: 'message', text: 'Hello, how can I help you?' } }),
        ),
      };
    },
    /** Not a load: lets so many seconds pass, and does what the server does in the background meanwhile. */
    age: async (count) => {
      server.clock.advance(seconds(count));
      const { grants, insight, files, registration } = server.services;
      await purgeAll(grants.purge);
      await purgeAll(insight.purge);
      await Promise.all([registration.purge(), files.purge()]);
      while ((await server.services.archives.indexer.work()) > 0);
      return { method: 'GET', path: '/healthz', headers: {}, once: false, bodies: [] };
    },
    /** Not a load: fills the token tables up to `count` live access tokens. */
    fill_tokens: async (count) => {
      await fillTokens(world, count);
      return { method: 'GET', path: '/healthz', headers: {}, once: false, bodies: [] };
    },
  },
  async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
