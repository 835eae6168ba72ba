import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentMethodUrl, formPostCommand, listChatsCommand, quote } from './commands.ts';

test('values are quoted so that a shell takes them as they are', () => {
  assert.equal(quote('code=dal:abc-D_1'), 'code=dal:abc-D_1');
  assert.equal(quote('a b'), "'a b'");
  assert.equal(quote("it's $HOME `id`"), "'it'\\''s $HOME `id`'");
  assert.equal(quote(''), "''");
});

test('a trailing slash of the base address does not double', () => {
  assert.equal(
    agentMethodUrl('https://api.example/', 'list_chats'),
    'https://api.example/v3.6/agent/action/list_chats',
  );
});

test('commands go on over lines that a shell joins', () => {
  assert.equal(
    formPostCommand('http://127.0.0.1:8080/v2/token', [['grant_type', 'authorization_code']]),
    'curl -X POST http://127.0.0.1:8080/v2/token \\\n  --data-urlencode grant_type=authorization_code',
  );
  assert.match(
    listChatsCommand('http://127.0.0.1:8080', 'Basic YTpi'),
    /-H 'Authorization: Basic YTpi' \\\n/,
  );
});
