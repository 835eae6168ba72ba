import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Type from 'typebox';
import { scopeCatalogue } from '../../wire/scope_catalogue.ts';
import { agentMethod, customerMethod } from '../registry/method.ts';
import { listScopes } from './list_scopes.ts';

const nothing = { summary: 'Do nothing', input: Type.Object({}), output: Type.Object({}) };
const methods = [
  agentMethod({
    ...nothing,
    name: 'list_chats',
    scopes: ['chats--all:ro', 'chats--access:ro'],
    handler: async () => ({}),
  }),
  agentMethod({
    ...nothing,
    name: 'list_webhooks',
    api: 'configuration',
    scopes: ['webhooks--all:ro'],
    handler: async () => ({}),
  }),
  agentMethod({ ...nothing, name: 'open_to_all', scopes: [], handler: async () => ({}) }),
  customerMethod({ ...nothing, name: 'start_chat', handler: async () => ({}) }),
];

describe('The list of scopes', () => {
  const method = listScopes(() => methods);
  const scopes = async () => {
    // The handler asks for nothing of its context.
    const { scopes: all } = await method.handler({} as Parameters<typeof method.handler>[0]);
    return new Map(all.map((scope) => [scope.id, scope]));
  };

  it('holds those that can be chosen, in the order of the catalogue', async () => {
    assert.deepEqual(
      [...(await scopes()).keys()],
      scopeCatalogue.filter(({ selectable }) => selectable).map(({ id }) => id),
    );
    assert.ok(!(await scopes()).has('sessions--all:rw'));
  });

  it('names the methods that a scope opens by itself or by what it contains', async () => {
    const opened = async (id: string) => (await scopes()).get(id)?.methods.map(({ name }) => name);
    assert.deepEqual(await opened('chats--access:ro'), ['list_chats']);
    assert.deepEqual(await opened('chats--all:rw'), ['list_chats']);
    assert.deepEqual(await opened('accounts--my:ro'), []);
    assert.deepEqual((await scopes()).get('webhooks--all:ro')?.methods, [
      { api: 'configuration', name: 'list_webhooks', served: true },
    ]);
  });

  it('shows customers:own as what leads to the Customer Chat API', async () => {
    assert.deepEqual((await scopes()).get('customers:own')?.methods, [
      { api: 'customer', name: 'start_chat', served: true },
    ]);
  });

  it('tells the least role that each needs', async () => {
    assert.equal((await scopes()).get('accounts--my:ro')?.role, 'member');
    assert.equal((await scopes()).get('chats--all:ro')?.role, 'administrator');
    assert.equal((await scopes()).get('chats--access:ro')?.role, 'normal');
  });
});
