import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, openBrowser } from './browser_session.ts';
import { scratchFolder } from './scratch_folder.ts';
import { type SpawnedServer, type SpawnOptions, spawnServer } from './spawned_server.ts';

export const CLIENT = {
  client_id: '81e8a326ec4a63252faa0ae6f660c0c8',
  client_secret: 'a-secret-of-the-seed',
};
export const REDIRECT = 'https://www.example.com/callback';
export const LOGIN = { email: 'owner@acme.test', password: 'correct horse battery staple' };
const ACCOUNT_ID = '6d2c1d50-5a4c-4f7a-9d70-5f0a52a6c101';
const PERSONAL_TOKEN = 'dal:a-personal-token-of-the-seed';

const SEED = {
  organizations: [
    {
      id: randomUUID(),
      name: 'Acme',
      license_id: 1001,
      accounts: [{ id: ACCOUNT_ID, ...LOGIN, name: 'Olivia', role: 'owner' }],
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
              scopes: [
                { scope: 'chats--all:ro', required: true },
                { scope: 'chats--all:rw', required: true },
              ],
            },
          },
        },
      ],
      personal_access_tokens: [
        { account: LOGIN.email, name: 'ci', token: PERSONAL_TOKEN, scopes: ['chats--all:ro'] },
      ],
      sample_chats: 5,
    },
  ],
};

/** What a token request brought; the status is undefined when the connection broke first. */
export interface TokenAnswer {
  status: number | undefined;
  accessToken: string;
  refreshToken: string;
}

export interface ApiAnswer {
  status: number | undefined;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A server as a process of its own, with one organization, app and person, that can be ended and started again. */
export interface Site {
  folder: string;
  dataDir: string;
  /** The process that runs at the moment. */
  server: SpawnedServer;
  /** Logged in as the owner; its cookies outlive the process. */
  browser: Browser;
  start(more?: Partial<SpawnOptions>): Promise<SpawnedServer>;
  page(path: string): Promise<number>;
  newCode(): Promise<string>;
  exchange(code: string): Promise<TokenAnswer>;
  refresh(refreshToken: string): Promise<TokenAnswer>;
  revoke(token: string): Promise<number | undefined>;
  /** Whether an access token opens anything. */
  works(token: string): Promise<boolean>;
  /** Whether the personal access token opens anything. */
  personalTokenWorks(): Promise<boolean>;
  /** Calls the Agent Chat API. */
  agent(method: string, body: unknown, token: string): Promise<ApiAnswer>;
  /** The short description of the app, as the Console reads and writes it. */
  readSetting(): Promise<{ description: string; version: number }>;
  writeSetting(description: string, version: number): Promise<number | undefined>;
  /** What to send, besides a body, to change the app in the Console. */
  settingRequest(): Promise<{ path: string; headers: Record<string, string> }>;
  remove(): Promise<void>;
}

export async function openSite(options: Partial<SpawnOptions> = {}): Promise<Site> {
  const folder = scratchFolder('site');
  const dataDir = join(folder, 'data');
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(SEED));
  const start = ({ flags = [], ...more }: Partial<SpawnOptions> = {}) =>
    spawnServer({
      dataDir,
      ...options,
      ...more,
      flags: ['--log-level', 'silent', ...(options.flags ?? []), ...flags],
    });

  async function call(path: string, init: RequestInit): Promise<ApiAnswer> {
    try {
      const response = await fetch(site.server.url + path, init);
      const text = await response.text();
      const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
      return { status: response.status, headers: response.headers, body };
    } catch {
      return { status: undefined, headers: new Headers(), body: {} };
    }
  }

  async function token(form: Record<string, string>): Promise<TokenAnswer> {
    const { status, body } = await call('/v2/token', {
      method: 'POST',
      body: new URLSearchParams({ ...form, ...CLIENT }),
    });
    return {
      status,
      accessToken: String(body.access_token ?? ''),
      refreshToken: String(body.refresh_token ?? ''),
    };
  }

  function consoleHeaders(): Record<string, string> {
    const cookie = [...site.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { cookie, 'content-type': 'application/json' };
  }

  const console = (path: string) => call(`/console/api${path}`, { headers: consoleHeaders() });

  let appId: string | undefined;
  async function appPath(): Promise<string> {
    if (appId === undefined) {
      const { body } = await console('/apps');
      appId = (body.apps as { id: string }[])[0]?.id;
    }
    return `/apps/${appId}`;
  }

  const server = await start({ flags: ['--seed', join(folder, 'seed.json')] });
  const site: Site = {
    folder,
    dataDir,
    server,
    browser: openBrowser(server.url),
    async start(more) {
      site.server = await start(more);
      return site.server;
    },
    page: async (path) => (await site.browser.get(site.server.url + path)).status,
    async newCode() {
      const { client_id } = CLIENT;
      const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: REDIRECT });
      const answer = await site.browser.get(`${site.server.url}/?${query}`);
      return new URL(answer.location ?? 'about:blank').searchParams.get('code') ?? '';
    },
    exchange: (code) => token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT }),
    refresh: (refreshToken) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    revoke: async (text) =>
      (await call('/v2/token', { method: 'DELETE', headers: { authorization: `Bearer ${text}` } })).status,
    works: async (text) =>
      (await call('/v2/info', { headers: { authorization: `Bearer ${text}` } })).status === 200,
    async personalTokenWorks() {
      const authorization = `Basic ${Buffer.from(`${ACCOUNT_ID}:${PERSONAL_TOKEN}`).toString('base64')}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await call('/v3.6/agent/action/list_chats', { method: 'POST', headers, body: '{}' });
      return answer.status === 200;
    },
    agent: (method, body, text) =>
      call(`/v3.6/agent/action/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async readSetting() {
      const { body } = await console(await appPath());
      return { description: String(body.short_description), version: Number(body.version) };
    },
    async settingRequest() {
      const { body } = await console('/session');
      const headers = { 'x-csrf-token': String(body.csrf_token), ...consoleHeaders() };
      return { path: `/console/api${await appPath()}`, headers };
    },
    async writeSetting(description, version) {
      const { path, headers } = await site.settingRequest();
      const body = JSON.stringify({ short_description: description, version });
      return (await call(path, { method: 'PATCH', headers, body })).status;
    },
    async remove() {
      await site.server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await site.browser.logIn(LOGIN.email, LOGIN.password);
  return site;
}
