import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../../api/types.ts';
import { groupScopes, includedIn, methodsFound, searchScopes } from './scope_search.ts';

function scope(id: string, group: string, implies: string[], methods: string[]): Scope {
  return {
    id,
    title: id,
    consent: `Consent of ${id}`,
    group,
    role: 'normal',
    implies,
    methods: methods.map((name) => ({ api: 'agent', name, served: true })),
  };
}
const catalogue = [
  scope('chats--all:rw', 'Chats', ['chats--all:ro'], ['start_chat']),
  scope('chats--all:ro', 'Chats', [], ['list_chats', 'get_chat']),
  scope('tags:ro', 'Tags', [], ['list_tags']),
];
const ids = (scopes: readonly Scope[]) => scopes.map(({ id }) => id);

test('scopes are found by id, consent phrase, group and method, and by several words at once', () => {
  assert.deepEqual(ids(searchScopes(catalogue, 'tags:ro')), ['tags:ro']);
  assert.deepEqual(ids(searchScopes(catalogue, 'LIST_CHATS')), ['chats--all:ro']);
  assert.deepEqual(ids(searchScopes(catalogue, 'chats start')), ['chats--all:rw']);
  assert.deepEqual(ids(searchScopes(catalogue, '  ')), ids(catalogue));
  assert.deepEqual(searchScopes(catalogue, 'nothing'), []);
});

test('the methods are shown only when the search is about one of them', () => {
  assert.equal(methodsFound(catalogue[1] as Scope, 'list_ch'), true);
  assert.equal(methodsFound(catalogue[1] as Scope, 'consent'), false);
  assert.equal(methodsFound(catalogue[1] as Scope, ''), false);
});

test('groups keep the order of the catalogue', () => {
  assert.deepEqual(
    groupScopes(catalogue).map(([group, members]) => [group, members.length]),
    [
      ['Chats', 2],
      ['Tags', 1],
    ],
  );
});

test('a scope that another chosen one includes is named', () => {
  assert.equal(includedIn('chats--all:ro', ['chats--all:rw'], catalogue)?.id, 'chats--all:rw');
  assert.equal(includedIn('chats--all:ro', ['tags:ro'], catalogue), undefined);
  assert.equal(includedIn('chats--all:rw', ['chats--all:rw'], catalogue), undefined);
});
