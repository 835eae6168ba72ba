import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openWorld, type World } from '../support/world.ts';

/** For people's browsers: no page of another origin asks there. */
const PAGES = ['authorization_endpoint', 'end_session_endpoint'];
/** Not only forms by POST. */
const OTHER = [...PAGES, 'userinfo_endpoint'];

describe('the metadata of the authorization server (RFC 8414)', () => {
  let world: World;
  let document: Record<string, unknown>;
  before(async () => {
    world = await openWorld();
    const response = await fetch(`${world.url}/.well-known/oauth-authorization-server`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    document = (await response.json()) as Record<string, unknown>;
  });
  after(() => world.close());

  const endpoints = () => Object.entries(document).filter(([name]) => name.endsWith('_endpoint'));

  it('says who issues, what is asked and how', () => {
    const { scopes_supported: scopes, grant_types_supported: grants, ...rest } = document;
    const plain = Object.entries(rest).filter(([name]) => !/_endpoint|_uri$/.test(name));
    assert.deepEqual(Object.fromEntries(plain), {
      issuer: world.url,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      protected_resources: [
        world.url,
        `${world.url}/v3.6/agent`,
        `${world.url}/v3.6/customer`,
        `${world.url}/v3.6/configuration`,
      ],
      service_documentation: `${world.url}/docs/standard-oauth`,
      ui_locales_supported: ['en'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      claim_types_supported: ['normal'],
      claims_supported: [
        'iss',
        'sub',
        'aud',
        'exp',
        'iat',
        'auth_time',
        'amr',
        'nonce',
        'at_hash',
        'sid',
        'name',
        'email',
        'email_verified',
        'urn:gatehouse:organization_id',
      ],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    });
    assert.equal(document.jwks_uri, `${world.url}/oauth2/jwks`);
    assert.ok(['openid', 'profile', 'email'].every((scope) => (scopes as string[]).includes(scope)));
    assert.ok((scopes as string[]).includes('chats--all:ro'));
    assert.ok((grants as string[]).includes('authorization_code'));
  });

  it('says the same to who asks by OpenID Connect Discovery', async () => {
    const response = await fetch(`${world.url}/.well-known/openid-configuration`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual(await response.json(), document);
  });

  it('names endpoints that are served, all of this server, and the ways to prove oneself there', async () => {
    assert.ok(endpoints().length >= 2);
    for (const [name, address] of endpoints()) {
      assert.ok(String(address).startsWith(`${world.url}/oauth2/`));
      const response = await fetch(String(address), { redirect: 'manual' });
      assert.notEqual(response.status, 404, name);
      if (OTHER.includes(name)) continue;
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
      assert.equal(((await response.json()) as { error: string }).error, 'invalid_request');
    }
    const secret = ['client_secret_basic', 'client_secret_post'];
    assert.deepEqual(document.token_endpoint_auth_methods_supported, [...secret, 'none']);
  });

  it('names grant types that are served, and no other is', async () => {
    const token = async (type: string) => {
      const body = new URLSearchParams({ grant_type: type, client_id: 'f'.repeat(32) });
      const response = await fetch(String(document.token_endpoint), { method: 'POST', body });
      return ((await response.json()) as { error: string }).error;
    };
    // An unknown client is told so first; what happens after is the token endpoint's own test.
    for (const type of document.grant_types_supported as string[])
      assert.equal(await token(type), 'invalid_client');
    for (const type of ['password', 'implicit'])
      assert.ok(!(document.grant_types_supported as string[]).includes(type));
  });

  it('lets pages of other origins ask the endpoints', async () => {
    for (const [name, address] of endpoints()) {
      if (PAGES.includes(name)) continue;
      const response = await fetch(String(address), {
        method: 'OPTIONS',
        headers: {
          origin: 'https://app.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
      assert.equal(response.status, 204, name);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.match(response.headers.get('access-control-allow-methods') ?? '', /POST/);
      assert.match(response.headers.get('access-control-allow-headers') ?? '', /authorization/);
    }
  });
});
