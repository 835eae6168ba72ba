import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authorization, Session } from '../../api/types.ts';
import { authorizeUrl, needsPkce, readPasted, readPastedToken, tokenCommand } from './try_it_requests.ts';

const urls: Session['urls'] = {
  authorize: 'http://127.0.0.1:8080/',
  token: 'http://127.0.0.1:8080/v2/token',
  info: 'http://127.0.0.1:8080/v2/info',
  api: 'http://127.0.0.1:8080',
  customer_token: 'http://127.0.0.1:8080/v2/customer/token',
  docs: '/docs',
  account: '/account',
  sign_out: '/signout',
  postman: '/postman.json',
};

const block: Authorization = {
  client_id: '81e8a326ec4a63252faa0ae6f660c0c8',
  type: 'server_side_app',
  profile: 'compatible',
  redirect_uris: ['https://app.example/cb'],
  post_logout_redirect_uris: [],
  scopes: [
    { scope: 'chats--all:ro', required: true },
    { scope: 'customers:ro', required: false },
  ],
  switches: { accept_sub_paths: false, allow_plain_http: false, rotate_refresh_tokens: false },
  secrets: [],
  bot: null,
  created_at: '2026-01-31T07:11:28.288340Z',
};
const pkce = { verifier: 'v'.repeat(43), challenge: 'c'.repeat(43), method: 'S256' as const };
const redirectUri = 'https://app.example/cb';

test('the authorize address of a compatible server-side app carries no more than it needs', () => {
  const url = new URL(authorizeUrl(urls, block, { redirectUri, state: 'xyz', pkce: null }));
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    response_type: 'code',
    client_id: block.client_id,
    redirect_uri: redirectUri,
    state: 'xyz',
  });
});

test('a strict app names its scopes and carries a challenge', () => {
  const strict: Authorization = { ...block, profile: 'strict' };
  const url = new URL(authorizeUrl(urls, strict, { redirectUri, state: 'xyz', pkce }));
  assert.equal(url.searchParams.get('scope'), 'chats--all:ro,customers:ro');
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
});

test('PKCE is shown where authorize will ask for it', () => {
  assert.equal(needsPkce(block, redirectUri), false);
  assert.equal(needsPkce({ ...block, profile: 'strict' }, redirectUri), true);
  assert.equal(needsPkce({ ...block, type: 'javascript_app' }, redirectUri), true);
  assert.equal(needsPkce(block, 'com.example.app:/cb'), true);
});

test('the token request of a JavaScript app has a verifier and no secret', () => {
  const command = tokenCommand(
    urls,
    { ...block, type: 'javascript_app' },
    { code: 'dal:abc', redirectUri, secret: 'unused', pkce },
  );
  assert.match(command, /--data-urlencode code=dal:abc/);
  assert.match(command, /code_verifier=v{43}/);
  assert.doesNotMatch(command, /client_secret/);
});

test('a pasted address gives its code decoded, with its state', () => {
  const code = { kind: 'code', code: 'dal:abc-D_1', state: 's1' };
  assert.deepEqual(readPasted(' https://app.example/cb?code=dal%3Aabc-D_1&state=s1 '), code);
  assert.deepEqual(readPasted('https://app.example/cb?code=dal%253Aabc-D_1&state=s1'), code);
  assert.deepEqual(readPasted('code=dal%3Aabc-D_1&state=s1'), code);
});

test('a pasted code alone is decoded too', () => {
  assert.deepEqual(readPasted('dal%3Aabc'), { kind: 'code', code: 'dal:abc', state: null });
  assert.deepEqual(readPasted('dal:abc%'), { kind: 'code', code: 'dal:abc%', state: null });
});

test('an address without a code says so, or says why it was refused', () => {
  assert.deepEqual(readPasted(''), { kind: 'nothing' });
  assert.deepEqual(readPasted('https://app.example/cb'), { kind: 'no_code' });
  assert.deepEqual(readPasted('two words'), { kind: 'no_code' });
  assert.deepEqual(readPasted('https://x.example/cb?error=access_denied&error_description=No'), {
    kind: 'refused',
    reason: 'No',
  });
  assert.deepEqual(readPasted('http://127.0.0.1:8080/ooops?oauth_exception=invalid_scope'), {
    kind: 'refused',
    reason: 'invalid_scope',
  });
});

test('the access token is found in a pasted answer, also in one that was cut off', () => {
  assert.equal(readPastedToken('{"access_token": "dal:tok", "expires_in": 28800}'), 'dal:tok');
  assert.equal(readPastedToken('{"access_token": "dal:tok", "expi'), 'dal:tok');
  assert.equal(readPastedToken('dal%3Atok'), 'dal:tok');
  assert.equal(readPastedToken('{"error": "invalid_grant"}'), null);
  assert.equal(readPastedToken(''), null);
});
