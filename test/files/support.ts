import assert from 'node:assert/strict';
import type { Answer, Organization, Person, World } from '../support/world.ts';
import { tokensFor } from '../support/world.ts';

/** An agent, or a customer, who calls the chat APIs. */
export interface Caller {
  api: 'agent' | 'customer';
  /** The header that opens the APIs. */
  authorization: string;
  call(method: string, body: unknown): Promise<Answer>;
  upload(body: BodyInit, headers?: Record<string, string>): Promise<Answer>;
  /** Uploads, and wants it to work. @returns the address, as a path */
  uploaded(bytes: Uint8Array | string, name: string): Promise<string>;
}

export function caller(world: World, api: Caller['api'], token: string, organization: Organization): Caller {
  const query = api === 'customer' ? `?organization_id=${organization.id}` : '';
  const path = (method: string) => `/v3.6/${api}/action/${method}${query}`;
  const authorization = `Bearer ${token}`;
  async function upload(body: BodyInit, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(world.url + path('upload_file'), {
      method: 'POST',
      body,
      headers: { authorization, ...headers },
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
  return {
    api,
    authorization,
    call: (method, body) => world.call(path(method), body, authorization),
    upload,
    async uploaded(bytes, name) {
      const answer = await upload(formWith(bytes, name));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const { url } = answer.body as { url: string };
      assert.ok(url.startsWith(`${world.url}/files/`), url);
      return url.slice(world.url.length);
    },
  };
}

export function formWith(bytes: Uint8Array | string, name: string, field = 'file'): FormData {
  const form = new FormData();
  form.set(field, new Blob([bytes as BlobPart]), name);
  return form;
}

export interface Company {
  organization: Organization;
  owner: Person;
  agent: Caller;
  customer: Caller;
  customerId: string;
}

/** An organization with an agent and a customer who hold tokens. */
export async function company(
  world: World,
  name: string,
  scopes = ['chats--all:rw', 'customers:own'],
): Promise<Company> {
  const organization = await world.organization(name);
  const owner = await world.person(organization);
  const app = await world.app(owner, organization, { scopes });
  const { access_token: agentToken } = await tokensFor(world, owner, app);
  const issued = await world.call(
    '/v2/customer/token',
    { grant_type: 'agent_token', client_id: app.clientId, response_type: 'token' },
    `Bearer ${agentToken}`,
  );
  assert.equal(issued.status, 200, JSON.stringify(issued.body));
  const { access_token: customerToken, entity_id: customerId } = issued.body;
  return {
    organization,
    owner,
    agent: caller(world, 'agent', agentToken, organization),
    customer: caller(world, 'customer', customerToken, organization),
    customerId,
  };
}
