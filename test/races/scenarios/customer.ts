import assert from 'node:assert/strict';
import { bearer } from '../apps.ts';
import type { Arena } from '../arena.ts';

/** A new customer of the organization, with a token. */
export async function customerOf(arena: Arena): Promise<{ id: string; token: string }> {
  const { status, body, text } = await arena.send({
    path: '/v2/customer/token',
    headers: bearer(arena.chats.token),
    json: { grant_type: 'agent_token', client_id: arena.chats.app.clientId, response_type: 'token' },
  });
  assert.equal(status, 200, text);
  return { id: body.entity_id, token: body.access_token };
}

/** A request of a customer to the Customer Chat API. */
export const asCustomer = (arena: Arena, token: string, method: string, json: unknown) => ({
  path: `/v3.6/customer/action/${method}?organization_id=${arena.organizationId}`,
  headers: bearer(token),
  json,
});

/** A request of the owner to the Agent Chat API. */
export const asAgent = (arena: Arena, method: string, json: unknown) => ({
  path: `/v3.6/agent/action/${method}`,
  headers: bearer(arena.chats.token),
  json,
});
