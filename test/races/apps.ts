import assert from 'node:assert/strict';
import type { RaceAnswer, RaceRequest, SignedInRacer } from './arena.ts';
import { until } from './race.ts';

export const REDIRECT = 'https://www.example.com/callback';
const SCOPES = ['chats--all:rw', 'customers:own'];
/** Tokens of one race that are tried on every server. */
const MOST_TRIED = 6;
const BOT_SCOPE = 'chats--access:rw';
export const LIST_CHATS = '/v3.6/agent/action/list_chats';

/** An app that was registered in the Console. */
export interface RaceApp {
  id: string;
  name: string;
  clientId: string;
  clientSecret: string;
  secretId: string;
  /** What a form carries to prove it. */
  client: { client_id: string; client_secret: string };
}

export interface Pair {
  accessToken: string;
  refreshToken: string;
}

/** What scenarios do with apps, codes and tokens. */
export interface AppsOf {
  /** A new server-side app of the owner's organization. */
  app(options?: { rotate?: boolean; bot?: boolean }): Promise<RaceApp>;
  /** Deletes it: an organization may have only so many. */
  drop(app: RaceApp): Promise<void>;
  /** The request that walks a browser through authorization; nobody is asked. */
  authorization(person: SignedInRacer, app: RaceApp): RaceRequest;
  /** @returns the code of an authorization */
  code(person: SignedInRacer, app: RaceApp): Promise<string>;
  codes(person: SignedInRacer, app: RaceApp, count: number): Promise<string[]>;
  pair(person: SignedInRacer, app: RaceApp): Promise<Pair>;
  exchange(app: RaceApp, code: string): RaceRequest;
  /** Asks for a token of the app's bot. */
  asBot(app: RaceApp): RaceRequest;
  /** Whether a token opens anything, on any of the servers. */
  isLive(accessToken: string): Promise<boolean>;
  /** Waits until none of them opens anything, within the second in which servers follow each other. */
  untilDead(accessTokens: readonly string[]): Promise<void>;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

export function appsOf(at: {
  urls: readonly string[];
  send(request: RaceRequest, server?: number): Promise<RaceAnswer>;
  owner: SignedInRacer;
  console(person: SignedInRacer, method: string, path: string, body?: unknown): Promise<RaceAnswer>;
}): AppsOf {
  const { owner, send } = at;
  let apps = 0;

  function authorization({ browser }: SignedInRacer, { clientId }: RaceApp): RaceRequest {
    const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: REDIRECT });
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { method: 'GET', path: `/?${query}`, headers: { cookie, accept: 'text/html' } };
  }

  async function isLive(accessToken: string): Promise<boolean> {
    const look: RaceRequest = { path: '/v2/info', method: 'GET', headers: bearer(accessToken) };
    const answers = await Promise.all(at.urls.map((_, server) => send(look, server)));
    return answers.some(({ status }) => status === 200);
  }

  async function code(person: SignedInRacer, app: RaceApp): Promise<string> {
    const { location, status } = await send(authorization(person, app));
    const found = new URL(location ?? 'about:blank').searchParams.get('code');
    assert.ok(found, `authorization answered ${status} and led to ${location}`);
    return found;
  }

  const exchange = ({ client }: RaceApp, text: string): RaceRequest => ({
    path: '/v2/token',
    form: { grant_type: 'authorization_code', code: text, redirect_uri: REDIRECT, ...client },
  });

  return {
    async app({ rotate = false, bot = false } = {}) {
      const name = `Racing app ${++apps}`;
      const created = await at.console(owner, 'POST', '/apps', { name, product: 'livechat' });
      const path = `/apps/${created.body.id}`;
      const added = await at.console(owner, 'POST', `${path}/authorization`, { type: 'server_side_app' });
      const { body } = await at.console(owner, 'PUT', `${path}/authorization`, {
        version: added.body.app.version,
        redirect_uris: [REDIRECT],
        scopes: [...SCOPES, ...(bot ? [BOT_SCOPE] : [])].map((scope) => ({ scope, required: true })),
        profile: 'compatible',
        switches: { accept_sub_paths: false, allow_plain_http: false, rotate_refresh_tokens: rotate },
      });
      if (bot) await at.console(owner, 'POST', `${path}/bot`, { name: 'Bot' });
      const clientId: string = body.authorization.client_id;
      const clientSecret: string = added.body.client_secret;
      return {
        id: created.body.id,
        name,
        clientId,
        clientSecret,
        secretId: body.authorization.secrets[0].id,
        client: { client_id: clientId, client_secret: clientSecret },
      };
    },
    async drop({ id, name }) {
      await at.console(owner, 'DELETE', `/apps/${id}`, { name });
    },
    authorization,
    code,
    codes: (person, app, count) => Promise.all(Array.from({ length: count }, () => code(person, app))),
    async pair(person, app) {
      const { status, body, text } = await send(exchange(app, await code(person, app)));
      assert.equal(status, 200, text);
      return { accessToken: body.access_token, refreshToken: body.refresh_token };
    },
    exchange,
    asBot: ({ client }) => ({
      path: '/oauth2/token',
      form: { grant_type: 'client_credentials', scope: BOT_SCOPE, ...client },
    }),
    isLive,
    async untilDead(accessTokens) {
      // Of many only some are tried, the first and the last among them: the database is asked for all.
      const step = Math.max(1, Math.floor(accessTokens.length / MOST_TRIED));
      const tried = accessTokens.filter((_, index) => index % step === 0).concat(accessTokens.slice(-1));
      for (const token of tried) await until('the token is dead', async () => !(await isLive(token)));
    },
  };
}
