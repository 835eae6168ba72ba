import assert from 'node:assert/strict';
import type { TestEngine } from './databases.ts';
import {
  type Answer,
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  tokensFor,
  type World,
} from './world.ts';

/** A world with one organization, its owner, and an app whose tokens open the chat APIs. */
export interface ChatWorld {
  world: World;
  organization: Organization;
  owner: Person;
  app: RegisteredApp;
  /** Calls a method of the Agent Chat API as the owner. */
  agent(method: string, body?: unknown): Promise<Answer>;
  /** A new customer. @param headers of all their requests */
  customer(headers?: Record<string, string>): Promise<CustomerCaller>;
  close(): Promise<void>;
}

export interface CustomerCaller {
  id: string;
  authorization: string;
  /** Calls a method of the Customer Chat API. */
  call(method: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Reads by GET. */
  read(method: string, query?: Record<string, string>): Promise<Answer>;
}

export const CHAT_SCOPES = ['chats--all:rw', 'customers:rw', 'customers:own', 'customers.ban:rw'];

export async function openChatWorld(
  engine?: TestEngine,
  flags: string[] = [],
  scopes: string[] = CHAT_SCOPES,
): Promise<ChatWorld> {
  const world = await openWorld(engine, flags);
  const organization = await world.organization();
  const owner = await world.person(organization);
  const app = await world.app(owner, organization, { scopes });
  const bearer = `Bearer ${(await tokensFor(world, owner, app)).access_token}`;

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(world.url + path, init);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  return {
    world,
    organization,
    owner,
    app,
    agent: (method, body = {}) => world.call(`/v3.6/agent/action/${method}`, body, bearer),
    async customer(headers = {}) {
      const issued = await world.call(
        '/v2/customer/token',
        { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
        bearer,
      );
      assert.equal(issued.status, 200, JSON.stringify(issued.body));
      const authorization = `Bearer ${issued.body.access_token}`;
      const base = '/v3.6/customer/action';
      return {
        id: issued.body.entity_id,
        authorization,
        call: (method, body = {}, more = {}) =>
          send(`${base}/${method}?organization_id=${organization.id}`, {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { authorization, 'content-type': 'application/json', ...headers, ...more },
          }),
        read: (method, query = {}) =>
          send(`${base}/${method}?${new URLSearchParams({ organization_id: organization.id, ...query })}`, {
            headers: { authorization, ...headers },
          }),
      };
    },
    close: () => world.close(),
  };
}

/** The call was good. @returns its body */
// biome-ignore lint/suspicious/noExplicitAny: JSON of every shape, looked into by the tests
export function good(answer: Answer): any {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

/** The call was refused, with this type and in these words. */
export function refused(answer: Answer, status: number, type: string, words: RegExp = /.{10}/): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.error.type, type);
  assert.match(answer.body.error.message, words);
}
