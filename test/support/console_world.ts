import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { consoleMethods } from '../../server/apis/console/index.ts';
import type { App, Session } from '../../server/apis/console/schemas.ts';
import type { ConsoleMethod } from '../../server/apis/registry/method.ts';
import type { Services } from '../../server/apis/services.ts';
import { compose } from '../../server/app/compose.ts';
import type { AccountRole } from '../../server/domain/identity/records.ts';
import { STANDARD_QUOTAS } from '../../server/domain/limits/rate_limits.ts';
import { type MovableClock, movableClock } from '../../server/kernel/clock.ts';
import { openFiles } from '../../server/storage/files/open_files.ts';
import { pageAssets } from '../../server/transport/accounts/page_assets.ts';
import { consoleApi } from '../../server/transport/console/console_api.ts';
import { appIcons } from '../../server/transport/console/icons.ts';
import { takeBodiesAsBytes } from '../../server/transport/http/body.ts';
import { browsers } from '../../server/transport/http/browser.ts';
import { addSecurityHeaders } from '../../server/transport/http/security_headers.ts';
import { webApp } from '../../server/transport/web/web_app.ts';
import { engines } from './databases.ts';

/** What a refusal carries. */
export interface ErrorBody {
  error: {
    type: string;
    message: string;
    fields: { field: string; message: string }[];
    current_version: number;
  };
  request_id: string;
}

export interface Answer<Body = unknown> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** The JSON of the body; which of the two it is, the status tells. */
  body: Body & ErrorBody;
  text: string;
}

export interface CallOptions {
  /** Sent as JSON; a Buffer as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  /** False: the CSRF header is left out. A text: sent in its place. */
  csrf?: boolean | string;
}

export interface TestOrganization {
  id: string;
  licenseId: number;
}

/** Somebody with a browser that is logged in. */
export interface TestPerson {
  accountId: string;
  email: string;
  call<Body>(method: string, url: string, options?: CallOptions): Promise<Answer<Body>>;
  /** Creates an app and, if a type is given, its Authorization block. @returns the app and the secret */
  app(
    name: string,
    type?: 'server_side_app' | 'javascript_app',
  ): Promise<{ app: App; secret: string | undefined }>;
}

export interface ConsoleWorld {
  server: FastifyInstance;
  services: Services;
  clock: MovableClock;
  organization(name: string): Promise<TestOrganization>;
  person(
    organization: TestOrganization,
    who: { name: string; role: AccountRole; suspended?: boolean },
  ): Promise<TestPerson>;
  join(
    person: TestPerson,
    organization: TestOrganization,
    role: AccountRole,
    suspended?: boolean,
  ): Promise<void>;
  /** A browser without a login. */
  stranger(method: string, url: string, options?: CallOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** The Console's surfaces over an SQLite file of their own; each answer is held against its declared schema. */
export async function openConsoleWorld(options: { consoleFolder?: string } = {}): Promise<ConsoleWorld> {
  const clock = movableClock();
  const { database, close } = await engines.sqlite.open();
  const composition = compose({
    database,
    secretKey: randomBytes(32),
    clock,
    settings: {
      productName: 'Gatehouse',
      publicUrl: 'http://gatehouse.test',
      region: 'dal',
      developmentMode: true,
      mail: { from: 'no-reply@gatehouse.test' },
      signingKeyDays: 30,
      auditDays: 180,
      rateQuotas: STANDARD_QUOTAS,
      files: { limitBytes: 1e6, quotaBytes: 1e7 },
      version: '0.0.0',
    },
    contents: openFiles('folder:unused', 'unused'),
  });
  const { services, storage, keyring, random } = composition;

  const server = fastify({ genReqId: () => randomUUID(), exposeHeadRoutes: true, bodyLimit: 64 * 1024 });
  await server.register(fastifyCookie);
  takeBodiesAsBytes(server);
  addSecurityHeaders(server, { https: false });
  const contexts = browsers({ identity: services.identity, keyring, random, https: false });
  const pages = { services, browsers: contexts, assets: pageAssets(server) };
  await server.register(
    consoleApi({ services, browsers: contexts, methods: consoleMethods.map(heldToItsSchema) }),
  );
  await server.register(appIcons({ services }));
  await server.register(
    webApp({
      pages,
      base: '/console',
      title: 'The Developer Console',
      folder: options.consoleFolder ?? '/nonexistent',
      pictures: "'self' data: blob:",
    }),
  );

  async function send<Body>(
    cookies: Record<string, string>,
    method: string,
    url: string,
    { body, headers = {} }: CallOptions,
    csrfToken: string | undefined,
  ): Promise<Answer<Body>> {
    const json = body !== undefined && !Buffer.isBuffer(body);
    const response = await server.inject({
      method: method as 'GET',
      url,
      cookies,
      headers: {
        ...(csrfToken === undefined ? {} : { 'x-csrf-token': csrfToken }),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: json ? JSON.stringify(body) : (body as Buffer) }),
    });
    const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json');
    return {
      status: response.statusCode,
      headers: response.headers,
      body: (isJson && response.body !== '' ? JSON.parse(response.body) : undefined) as Body & ErrorBody,
      text: response.body,
    };
  }

  async function join(
    accountId: string,
    licenseId: number,
    role: AccountRole,
    suspended: boolean,
  ): Promise<void> {
    const now = clock.now();
    await storage.write((stores) =>
      stores.identity.addMembership({
        licenseId,
        accountId,
        accountRole: role,
        chatRole: role === 'member' ? 'normal' : 'administrator',
        suspendedAt: suspended ? now : null,
        createdAt: now,
      }),
    );
  }

  return {
    server,
    services,
    clock,
    async organization(name) {
      const id = randomUUID();
      const licenseId = await storage.write((stores) =>
        stores.identity.addOrganization({ id, name, forceStrict: false, createdAt: clock.now() }),
      );
      assert.ok(licenseId);
      return { id, licenseId };
    },
    async person({ licenseId }, { name, role, suspended = false }) {
      const accountId = randomUUID();
      const email = `${name.toLowerCase()}-${licenseId}@people.test`;
      const actor = { ip: '192.0.2.1', userAgent: 'test', requestId: 'test' };
      await storage.write((stores) =>
        stores.identity.addAccount({
          id: accountId,
          email,
          name,
          passwordHash: 'none: nobody logs in by password here',
          emailConfirmedAt: null,
          createdAt: clock.now(),
        }),
      );
      await join(accountId, licenseId, role, suspended);
      const { cookie } = await storage.write((stores) =>
        services.identity.sessions.begin(stores, { accountId, licenseId, remember: true, actor }),
      );
      const cookies = {
        gatehouse_session: cookie,
        gatehouse_browser: randomBytes(24).toString('base64url'),
      };
      const call = async <Body>(
        method: string,
        url: string,
        callOptions: CallOptions = {},
      ): Promise<Answer<Body>> => {
        const { csrf = method !== 'GET' } = callOptions;
        if (csrf !== true) return send(cookies, method, url, callOptions, csrf || undefined);
        const session = await send<Session>(cookies, 'GET', '/console/api/session', {}, undefined);
        return send(cookies, method, url, callOptions, session.body.csrf_token);
      };
      return {
        accountId,
        email,
        call,
        async app(appName, type) {
          const created = await call<App>('POST', '/console/api/apps', {
            body: { name: appName, product: 'livechat' },
          });
          assert.equal(created.status, 201, created.text);
          if (!type) return { app: created.body, secret: undefined };
          const added = await call<{ app: App; client_secret?: string }>(
            'POST',
            `/console/api/apps/${created.body.id}/authorization`,
            { body: { type } },
          );
          assert.equal(added.status, 200, added.text);
          return { app: added.body.app, secret: added.body.client_secret };
        },
      };
    },
    join: (person, { licenseId }, role, suspended = false) =>
      join(person.accountId, licenseId, role, suspended),
    stranger: (method, url, callOptions = {}) =>
      send({}, method, url, callOptions, typeof callOptions.csrf === 'string' ? callOptions.csrf : undefined),
    async close() {
      await server.close();
      await close();
    },
  };
}

function heldToItsSchema(method: ConsoleMethod): ConsoleMethod {
  const output = Compile(method.output);
  return {
    ...method,
    async handler(context) {
      const answer = await method.handler(context);
      assert.ok(output.Check(answer), `${method.name} answers what it declares`);
      return answer;
    },
  };
}
