import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { Logger } from 'pino';
import { readConfig } from '../../server/app/config.ts';
import { type RunningServer, startServer } from '../../server/app/start.ts';
import type { AppDetails } from '../../server/domain/apps/records.ts';
import type { AccountRole, ChatRole } from '../../server/domain/identity/records.ts';
import type { ResolveTxt } from '../../server/domain/sign_in_rules/domains.ts';
import type { ClientSwitches, ClientType, Profile } from '../../server/oauth/client_profile.ts';
import type { ServedRoute } from '../../server/transport/server.ts';
import { type Browser, openBrowser } from './browser_session.ts';
import { engines, type TestEngine } from './databases.ts';
import { scratchFolder } from './scratch_folder.ts';

export const PASSWORD = 'correct horse battery staple';
export const REDIRECT = 'https://www.example.com/callback';

export interface Person {
  accountId: string;
  email: string;
  /** A browser that is logged in as this person. */
  browser: Browser;
}

export interface Organization {
  id: string;
  licenseId: number;
}

export interface AppOptions {
  type?: ClientType;
  profile?: Profile;
  scopes?: string[];
  optional?: string[];
  redirectUris?: string[];
  postLogoutRedirectUris?: string[];
  switches?: Partial<ClientSwitches>;
  visibility?: 'private' | 'public';
}

export interface RegisteredApp {
  details: AppDetails;
  clientId: string;
  clientSecret: string;
}

/** A running server with nothing in it, and short ways to fill it; every test file has its own. */
export interface World {
  server: RunningServer;
  url: string;
  /** Every address that is served, as the router has them. */
  routes: readonly ServedRoute[];
  /** Of the database, where it is a file. */
  file: string | undefined;
  organization(name?: string): Promise<Organization>;
  person(
    organization: Organization,
    roles?: { account?: AccountRole; chat?: ChatRole; groups?: number[]; email?: string },
  ): Promise<Person>;
  app(owner: Person, organization: Organization, options?: AppOptions): Promise<RegisteredApp>;
  /** Changes a membership as somebody would who has the database open. */
  changeMembership(
    person: Person,
    set: { chat_role?: ChatRole; account_role?: AccountRole; suspended_at?: number | null },
  ): Promise<void>;
  stranger(): Browser;
  /** Sends a form, as the token endpoint takes it. */
  token(form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  call(path: string, body: unknown, authorization?: string): Promise<Answer>;
  /** The index of the archives follows the chats in the background: afterwards it has caught up, and rows stand still. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of every shape, looked into by the tests
  body: any;
}

export async function openWorld(
  engine: TestEngine = engines.sqlite,
  flags: string[] = [],
  options: { logger?: Logger; resolveTxt?: ResolveTxt } = {},
): Promise<World> {
  const database = await engine.create();
  const folder = scratchFolder('world');
  const config = readConfig(
    [
      '--port',
      '0',
      '--data-dir',
      folder,
      '--database-url',
      database.url,
      '--development',
      '--rate-limits',
      '0',
      ...flags,
    ],
    {},
  );
  const routes: ServedRoute[] = [];
  const server = await startServer(config, {
    logger: options.logger ?? false,
    // Tests ask no name server.
    resolveTxt: options.resolveTxt ?? (async () => ({ kind: 'records', records: [] })),
    onRoute: (route) => routes.push(route),
  }).catch(async (error: unknown) => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const { composition, services, url } = server;
  let people = 0;

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : readJson(text),
    };
  }

  return {
    server,
    url,
    routes,
    file: database.file,
    async organization(name = 'Acme') {
      const id = crypto.randomUUID();
      const licenseId = await composition.storage.write(async ({ identity }) => {
        const added = await identity.addOrganization({
          id,
          name,
          forceStrict: false,
          createdAt: server.clock.now(),
        });
        assert.ok(added !== undefined);
        await identity.addGroup(added, { id: 0, name: 'General' }, server.clock.now());
        return added;
      });
      return { id, licenseId };
    },
    async person(
      { licenseId },
      { account = 'owner', chat = 'administrator', groups = [0], email: named } = {},
    ) {
      const accountId = crypto.randomUUID();
      const email = named ?? `person${++people}@example.test`;
      const passwordHash = await composition.hasher.hash(PASSWORD);
      const now = server.clock.now();
      await composition.storage.write(async ({ identity }) => {
        await identity.addAccount({
          id: accountId,
          email,
          name: `Person ${people}`,
          passwordHash,
          emailConfirmedAt: now,
          createdAt: now,
        });
        const membership = { licenseId, accountId, accountRole: account, chatRole: chat, suspendedAt: null };
        await identity.addMembership({ ...membership, createdAt: now });
        for (const group of groups) await identity.addToGroup(licenseId, group, accountId);
      });
      const browser = openBrowser(url);
      await browser.logIn(email, PASSWORD);
      return { accountId, email, browser };
    },
    async app(owner, { licenseId }, options = {}) {
      const { type = 'server_side_app', scopes = ['chats--all:ro'], optional = [] } = options;
      const actor = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
      const editor = { licenseId, accountId: owner.accountId, actor };
      const created = await services.apps.create(editor, { name: 'List Chats', product: 'livechat' });
      const added = await services.apps.addAuthorization(editor, created.app.id, type);
      const block = added.details.client;
      assert.ok(block);
      const details = await services.apps.updateAuthorization(editor, created.app.id, {
        version: added.details.app.version,
        redirectUris: options.redirectUris ?? [REDIRECT],
        postLogoutRedirectUris: options.postLogoutRedirectUris ?? [],
        scopes: [
          ...scopes.map((scope) => ({ scope, required: true })),
          ...optional.map((scope) => ({ scope, required: false })),
        ],
        profile: options.profile ?? 'compatible',
        switches: { ...block.switches, ...options.switches },
      });
      if (options.visibility === 'public') await makePublic(server, created.app.id);
      return { details, clientId: block.clientId, clientSecret: added.clientSecret ?? '' };
    },
    async changeMembership({ accountId }, set) {
      await composition.database.write((session) =>
        session.execute((db) => db.updateTable('memberships').set(set).where('account_id', '=', accountId)),
      );
      composition.forget();
    },
    stranger: () => openBrowser(url),
    token: (form, headers = {}) =>
      send('/v2/token', { method: 'POST', body: new URLSearchParams(form), headers }),
    call: (path, body, authorization) =>
      send(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          'content-type': 'application/json',
          ...(authorization === undefined ? {} : { authorization }),
        },
      }),
    async settle() {
      while ((await services.archives.indexer.work()) > 0);
    },
    async close() {
      await server.close();
      await database.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Publishing has no page yet; the seed format has it. */
async function makePublic(server: RunningServer, appId: string): Promise<void> {
  await server.composition.database.write((session) =>
    session.execute((db) => db.updateTable('apps').set({ visibility: 'public' }).where('id', '=', appId)),
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The parameters of an authorization request for an app. */
export function authorizeQuery(app: RegisteredApp, more: Record<string, string> = {}): string {
  return `/?${new URLSearchParams({ response_type: 'code', client_id: app.clientId, redirect_uri: REDIRECT, ...more })}`;
}

/** Walks a logged-in browser through authorization without consent. @returns the code */
export async function codeFor(
  person: Person,
  app: RegisteredApp,
  more: Record<string, string> = {},
): Promise<string> {
  const answer = await person.browser.get(authorizeQuery(app, more));
  assert.equal(answer.status, 303, `authorization led to ${answer.location ?? answer.text.slice(0, 200)}`);
  const code = new URL(answer.location ?? '').searchParams.get('code');
  assert.ok(code, `authorization led to ${answer.location}`);
  return code;
}

/** Exchanges a fresh code. */
export async function tokensFor(
  world: World,
  person: Person,
  app: RegisteredApp,
): Promise<{ access_token: string; refresh_token: string; expires_in: number; scope: string }> {
  const answer = await world.token(exchangeForm(app, await codeFor(person, app)));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

export function exchangeForm(app: RegisteredApp, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    client_id: app.clientId,
    ...(app.clientSecret ? { client_secret: app.clientSecret } : {}),
    redirect_uri: REDIRECT,
  };
}

export function refreshForm(app: RegisteredApp, refreshToken: string): Record<string, string> {
  return {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: app.clientId,
    ...(app.clientSecret ? { client_secret: app.clientSecret } : {}),
  };
}
