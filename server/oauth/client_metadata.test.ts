import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readClientMetadata } from './client_metadata.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const redirect_uris = ['https://app.example/callback'];

describe('client metadata (RFC 7591 section 2)', () => {
  it('defaults to a client with a secret, a code and a modest scope', () => {
    const read = readClientMetadata({ redirect_uris });
    assert.ok(read.ok);
    const { scopes, ...rest } = read.metadata;
    assert.equal(scopes.key, 'chats--access:ro');
    assert.deepEqual(rest, {
      name: undefined,
      authMethod: 'client_secret_basic',
      type: 'server_side_app',
      redirectUris: redirect_uris,
      postLogoutRedirectUris: [],
      grantTypes: ['authorization_code', 'refresh_token'],
      clientUri: undefined,
    });
  });

  const good: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['a public client', { token_endpoint_auth_method: 'none' }, { type: 'javascript_app' }],
    [
      'the secret in the form',
      { token_endpoint_auth_method: 'client_secret_post' },
      { type: 'server_side_app' },
    ],
    [
      'a loopback address',
      { redirect_uris: ['http://127.0.0.1/cb'] },
      { redirectUris: ['http://127.0.0.1/cb'] },
    ],
    [
      'an address twice, once',
      { redirect_uris: [...redirect_uris, ...redirect_uris] },
      { redirectUris: redirect_uris },
    ],
    [
      'a device without addresses',
      { redirect_uris: undefined, grant_types: [DEVICE], response_types: [] },
      { redirectUris: [], grantTypes: ['refresh_token', DEVICE] },
    ],
    ['a page of its own', { client_uri: 'https://app.example/' }, { clientUri: 'https://app.example/' }],
    [
      'what nothing here uses',
      { logo_uri: 'https://x/', contacts: 7, jwks: {}, software_id: 'a', 'client_name#de': 'b', tos_uri: [] },
      { type: 'server_side_app' },
    ],
  ];
  for (const [what, change, expected] of good)
    it(`takes ${what}`, () => {
      const read = readClientMetadata({ redirect_uris, ...change });
      assert.ok(read.ok, JSON.stringify(read));
      for (const [name, value] of Object.entries(expected))
        assert.deepEqual((read.metadata as unknown as Record<string, unknown>)[name], value);
    });

  const bad: [string, Record<string, unknown>, string, RegExp][] = [
    ['no redirect URI', { redirect_uris: [] }, 'invalid_redirect_uri', /at least one/],
    [
      'a redirect URI that is no list',
      { redirect_uris: 'https://a.example/' },
      'invalid_redirect_uri',
      /array/,
    ],
    ['http elsewhere', { redirect_uris: ['http://app.example/cb'] }, 'invalid_redirect_uri', /\[0\]/],
    ['a fragment', { redirect_uris: ['https://app.example/cb#x'] }, 'invalid_redirect_uri', /\[0\]/],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri', /\[0\]/],
    ['dot segments', { redirect_uris: ['https://app.example/../cb'] }, 'invalid_redirect_uri', /\[0\]/],
    [
      'too many addresses',
      { redirect_uris: Array(21).fill('https://a.example/') },
      'invalid_redirect_uri',
      /21/,
    ],
    ['a key pair', { token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata', /one of/],
    ['the implicit grant', { grant_types: ['implicit'] }, 'invalid_client_metadata', /implicit/],
    ['acting by itself', { grant_types: ['client_credentials'] }, 'invalid_client_metadata', /bot identity/],
    ['refreshing alone', { grant_types: ['refresh_token'] }, 'invalid_client_metadata', /authorization_code/],
    ['tokens in the address', { response_types: ['token'] }, 'invalid_client_metadata', /"code"/],
    [
      'a code without its grant',
      { grant_types: [DEVICE], response_types: ['code'] },
      'invalid_client_metadata',
      /authorization_code/,
    ],
    ['an unknown scope', { scope: 'everything' }, 'invalid_client_metadata', /everything/],
    ['scopes joined by commas', { scope: 'chats--all:ro,customers:ro' }, 'invalid_client_metadata', /scope/],
    ['an endless name', { client_name: 'x'.repeat(101) }, 'invalid_client_metadata', /101/],
    ['a name that is no text', { client_name: { en: 'x' } }, 'invalid_client_metadata', /text/],
    ['a page that is no https', { client_uri: 'javascript:alert(1)' }, 'invalid_client_metadata', /https/],
  ];
  for (const [what, change, error, words] of bad)
    it(`refuses ${what}: ${error}`, () => {
      const read = readClientMetadata({ redirect_uris, ...change });
      assert.ok(!read.ok);
      assert.equal(read.error, error);
      assert.match(read.message, words);
    });
});
