import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type AuthorizationParameters,
  checkClient,
  checkRequest,
  type RegisteredClient,
  trustRedirect,
} from './authorization_request.ts';
import { type CompatibilityFeature, compatibilityOf } from './compatibility.ts';

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const modern: AuthorizationParameters = {
  response_type: 'code',
  client_id: '81e8a326ec4a63252faa0ae6f660c0c8',
  redirect_uri: 'https://www.example.com/callback',
  scope: 'chats--all:ro',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

function check(change: AuthorizationParameters, client: Partial<RegisteredClient>, forceStrict = false) {
  const { redirect_uri, ...rest } = { ...modern, ...change };
  const parameters = Object.fromEntries(
    Object.entries({ redirect_uri, ...rest }).filter(([, value]) => value !== ''),
  );
  const known = checkClient(parameters, {
    clientId: '81e8a326ec4a63252faa0ae6f660c0c8',
    type: 'server_side_app',
    profile: 'compatible',
    switches: { acceptSubPaths: true, allowPlainHttp: true, rotateRefreshTokens: false },
    redirectUris: ['https://www.example.com/callback', 'http://intranet.example.com/in'],
    scopes: [{ scope: 'chats--all:ro', required: true }],
    visibility: 'private',
    unverified: false,
    organization: { id: 'org-1', licenseId: 1001, forceStrict },
    ...client,
  });
  if (!known.ok) return known;
  const trusted = trustRedirect(known.value);
  return trusted.ok ? checkRequest(trusted.value) : trusted;
}

/** What a request leaves out is written as an empty text. */
const table: [CompatibilityFeature, AuthorizationParameters, Partial<RegisteredClient>?][] = [
  ['implicit_grant', { response_type: 'token' }, { type: 'javascript_app' }],
  ['sub_path_redirect', { redirect_uri: 'https://www.example.com/callback/eu' }],
  ['plain_http_redirect', { redirect_uri: 'http://intranet.example.com/in' }],
  ['no_pkce', { code_challenge: '', code_challenge_method: '' }],
  ['pkce_plain', { code_challenge_method: 'plain' }],
  ['pkce_method_missing', { code_challenge_method: '' }],
  ['pkce_small_s256', { code_challenge_method: 's256' }],
  [
    'pkce_sdk_challenge',
    { code_challenge: Buffer.from('1,-2,3,-4,50000000,-60000000,7,8').toString('base64url') },
  ],
  ['scope_missing', { scope: '' }],
];

describe('what a compatible app does that a strict one may not', () => {
  for (const [feature, change, client = {}] of table)
    it(`is noticed: ${feature}, which the strict profile refuses`, () => {
      const compatible = check(change, client);
      assert.ok(compatible.ok, JSON.stringify(compatible));
      assert.deepEqual(compatibilityOf(compatible.value), [feature]);
      assert.equal(check(change, client, true).ok, false);
    });

  it('is nothing where the strict profile takes the same request', () => {
    const compatible = check({}, {});
    assert.ok(compatible.ok);
    assert.deepEqual(compatibilityOf(compatible.value), []);
    assert.equal(check({}, {}, true).ok, true);
  });

  it('is remembered when the consent page has named the scopes in the request’s stead', () => {
    const shown = check({ scope: 'chats--all:ro', scope_left_out: '1' }, {});
    assert.ok(shown.ok);
    assert.deepEqual(compatibilityOf(shown.value), ['scope_missing']);
  });
});
