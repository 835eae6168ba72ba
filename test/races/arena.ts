import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { type Browser, openBrowser } from '../support/browser_session.ts';
import { type EngineName, engines } from '../support/databases.ts';
import { openSender, type Sender } from '../support/endpoints/request.ts';
import { scratchFolder } from '../support/scratch_folder.ts';
import { type SpawnedServer, spawnServer } from '../support/spawned_server.ts';
import { type AppsOf, appsOf, type RaceApp } from './apps.ts';

export const PASSWORD = 'correct horse battery staple';
/** No race may take longer than this to be answered: what does, has locked itself up. */
const PATIENCE_MS = 30_000;
/** Enough for some rounds at once, each with a connection for every request. */
const CONNECTIONS = 256;

/** One request of a race. */
export interface RaceRequest {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  /** Of the client, as a proxy tells it: for what is counted by address. */
  from?: string;
}

export interface RaceAnswer {
  /** 0 when there was none. */
  status: number;
  location: string | undefined;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of every shape, looked into by the scenarios
  body: any;
}

/** Somebody of the seed. */
export interface Racer {
  accountId: string;
  email: string;
}

/** Somebody with a browser that is logged in. */
export interface SignedInRacer extends Racer {
  browser: Browser;
}

/** Servers as processes of their own, on one database, with people and apps; all scenarios share them. */
export interface Arena extends AppsOf {
  /** One address for each server process. */
  urls: readonly string[];
  /** The organization that apps and people belong to, and its owner. */
  organizationId: string;
  owner: SignedInRacer;
  /** The owner of another organization. */
  neighbour: SignedInRacer;
  /** An app for all scenarios that change nothing of it. Who gets many tokens loses the oldest. */
  shared: RaceApp;
  /** Another, with a token of the owner that nobody takes away. */
  chats: { app: RaceApp; token: string };
  /** Sends it to a server: the one with this number, or whoever is next. */
  send(request: RaceRequest, server?: number): Promise<RaceAnswer>;
  /** The person of a round, in a browser that stays logged in. */
  person(round: number): Promise<SignedInRacer>;
  /** Somebody whom nobody else gets, whose sessions and password may end. */
  spare(): Racer;
  /** A browser that nobody is logged in to. */
  stranger(): Browser;
  /** Calls the Console as a person; it has to agree. */
  console(person: SignedInRacer, method: string, path: string, body?: unknown): Promise<RaceAnswer>;
  /** The same call for a race. */
  consoleRequest(person: SignedInRacer, method: string, path: string, body?: unknown): Promise<RaceRequest>;
  /** The link of the newest mail to somebody. @returns its token */
  mailed(email: string, path: string): Promise<string>;
  /** Looks into the database, as `gatehouse doctor` does: beside the servers. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openArena(
  engine: EngineName,
  servers: number,
  people: { people: number; spares: number },
): Promise<Arena> {
  const database = await engines[engine].create();
  const folder = scratchFolder('races');
  const seedFile = join(folder, 'seed.json');
  const seed = makeSeed(people);
  writeFileSync(seedFile, JSON.stringify(seed.file));
  const flags = [
    ...['--database-url', database.url, '--secret-key', randomBytes(32).toString('hex')],
    ...['--development', '--trust-proxy', '127.0.0.1', '--log-level', 'silent'],
  ];
  const processes: SpawnedServer[] = [];
  const senders: Sender[] = [];
  for (let number = 0; number < servers; number++) {
    const dataDir = join(folder, `data${number}`);
    const more = number === 0 ? ['--seed', seedFile] : [];
    // Each of the people has a password, which the seed's first load hashes.
    const morePatienceMilliseconds = (people.people + people.spares) * 200;
    processes.push(await spawnServer({ dataDir, flags: [...flags, ...more], morePatienceMilliseconds }));
  }
  const urls = processes.map(({ url }) => url);
  const [url = ''] = urls;
  for (const each of urls)
    senders.push(openSender(each, { connections: CONNECTIONS, patienceMs: PATIENCE_MS }));
  let next = 0;

  async function send(request: RaceRequest, server = next++ % senders.length): Promise<RaceAnswer> {
    const { path, form, json, from, method = 'POST' } = request;
    const headers: Record<string, string> = { ...request.headers };
    if (from !== undefined) headers['x-forwarded-for'] = from;
    if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
    if (json !== undefined) headers['content-type'] = 'application/json';
    const text = form ? new URLSearchParams(form).toString() : json === undefined ? '' : JSON.stringify(json);
    try {
      const answer = await (senders[server] as Sender).send({
        method,
        target: path,
        headers,
        body: Buffer.from(text),
      });
      const location = answer.headers.location;
      return {
        status: answer.status,
        location: typeof location === 'string' ? location : undefined,
        text: answer.text,
        body: /^[{[]/.test(answer.text) ? JSON.parse(answer.text) : undefined,
      };
    } catch (error) {
      return { status: 0, location: undefined, text: String(error), body: undefined };
    }
  }

  async function signIn(racer: Racer): Promise<SignedInRacer> {
    const browser = openBrowser(url);
    await browser.logIn(racer.email, PASSWORD);
    return { ...racer, browser };
  }

  const csrfTokens = new Map<Browser, string>();

  async function consoleRequest(
    { browser }: SignedInRacer,
    method: string,
    path: string,
    json?: unknown,
  ): Promise<RaceRequest> {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    let token = csrfTokens.get(browser);
    if (token === undefined) {
      const session = await send({ method: 'GET', path: '/console/api/session', headers: { cookie } });
      token = String(session.body.csrf_token);
      csrfTokens.set(browser, token);
    }
    const headers = { cookie, 'x-csrf-token': token };
    return { method, path: `/console/api${path}`, headers, ...(json === undefined ? {} : { json }) };
  }

  async function console(person: SignedInRacer, method: string, path: string, json?: unknown) {
    const answer = await send(await consoleRequest(person, method, path, json));
    assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status} ${answer.text}`);
    return answer;
  }

  const { query, close: closeQueries } = await openQueries(engine, database);
  const signedIn = new Map<number, Promise<SignedInRacer>>();
  const of = (list: readonly Racer[], round: number): Racer => {
    const racer = list[round];
    assert.ok(racer, `there is nobody for round ${round}`);
    return racer;
  };
  let spent = 0;
  const owner = await signIn(seed.owner);
  const apps = appsOf({ urls, send, owner, console });
  const chatApp = await apps.app();
  return {
    urls,
    organizationId: seed.organizationId,
    owner,
    neighbour: await signIn(seed.neighbour),
    shared: await apps.app(),
    chats: { app: chatApp, token: (await apps.pair(owner, chatApp)).accessToken },
    ...apps,
    send,
    person(round) {
      const known = signedIn.get(round) ?? signIn(of(seed.people, round));
      signedIn.set(round, known);
      return known;
    },
    spare: () => of(seed.spares, spent++),
    stranger: () => openBrowser(url),
    console,
    consoleRequest,
    async mailed(email, path) {
      const rows = await query(
        `select mail_key from mails where recipient = '${email}' order by mail_key desc limit 3`,
      );
      const pattern = new RegExp(`${path}\\?token=([\\w-]+)`);
      for (const { mail_key } of rows) {
        const mail = await send({ method: 'GET', path: `/dev/mail/${mail_key}` });
        const [, token] = pattern.exec(mail.text) ?? [];
        if (token !== undefined) return token;
      }
      assert.fail(`nothing was mailed to ${email} with a link to ${path}`);
    },
    query,
    async close() {
      for (const sender of senders) sender.close();
      for (const server of processes) await server.kill();
      await closeQueries();
      await database.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Row = Record<string, unknown>;

async function openQueries(
  engine: EngineName,
  database: { url: string; file: string | undefined },
): Promise<{ query(sql: string): Promise<Row[]>; close(): Promise<void> }> {
  if (engine === 'sqlite') {
    const connection = new DatabaseSync(database.file ?? '', { readOnly: true });
    return {
      query: async (sql) => connection.prepare(sql).all(),
      close: async () => connection.close(),
    };
  }
  const url = new URL(database.url);
  const schema = url.searchParams.get('schema');
  url.searchParams.delete('schema');
  const client = new pg.Client({ connectionString: url.href, options: `-c search_path=${schema}` });
  await client.connect();
  return { query: async (sql) => (await client.query(sql)).rows, close: () => client.end() };
}

function makeSeed(counts: { people: number; spares: number }) {
  const racer = (email: string): Racer => ({ accountId: randomUUID(), email });
  const racers = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => racer(`${name}${index}@races.test`));
  const account = ({ accountId, email }: Racer, role: string, confirmed: boolean) => ({
    id: accountId,
    email,
    password: PASSWORD,
    role,
    chat_role: 'administrator',
    email_confirmed: confirmed,
  });
  const owner = racer('owner@races.test');
  const neighbour = racer('neighbour@races.test');
  const [runners, spares] = [racers('person', counts.people), racers('spare', counts.spares)];
  const organizationId = randomUUID();
  const file = {
    organizations: [
      {
        id: organizationId,
        name: 'Races',
        accounts: [
          account(owner, 'owner', true),
          ...runners.map((one) => account(one, 'administrator', false)),
          ...spares.map((one) => account(one, 'member', true)),
        ],
      },
      { id: randomUUID(), name: 'Neighbours', accounts: [account(neighbour, 'owner', true)] },
    ],
  };
  return { file, organizationId, owner, neighbour, people: runners, spares };
}
