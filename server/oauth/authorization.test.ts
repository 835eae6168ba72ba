import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  answerAddress,
  chooseOrganization,
  decideConsent,
  grantable,
  type OwnOrganization,
} from './authorization_decision.ts';
import type { AuthorizationProblem } from './authorization_problem.ts';
import {
  type AuthorizationParameters,
  checkClient,
  checkRequest,
  type RegisteredClient,
  type RequestChecked,
  trustRedirect,
} from './authorization_request.ts';
import { scopeSet } from './scopes.ts';

const client: RegisteredClient = {
  clientId: '81e8a326ec4a63252faa0ae6f660c0c8',
  type: 'server_side_app',
  profile: 'compatible',
  switches: { acceptSubPaths: false, allowPlainHttp: false, rotateRefreshTokens: false },
  redirectUris: ['https://www.example.com/callback'],
  scopes: [
    { scope: 'chats--all:ro', required: true },
    { scope: 'customers:own', required: false },
  ],
  visibility: 'private',
  unverified: false,
  organization: { id: 'org-1', licenseId: 1001, forceStrict: false },
};
const request: AuthorizationParameters = {
  response_type: 'code',
  client_id: client.clientId,
  redirect_uri: 'https://www.example.com/callback',
};
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

function check(parameters: AuthorizationParameters, of: RegisteredClient = client) {
  const known = checkClient(parameters, of);
  if (!known.ok) return known;
  const trusted = trustRedirect(known.value);
  return trusted.ok ? checkRequest(trusted.value) : trusted;
}

function checked(parameters = request, of = client): RequestChecked {
  const step = check(parameters, of);
  assert.ok(step.ok, JSON.stringify(step));
  return step.value;
}

function problemOf(parameters: AuthorizationParameters, of = client): AuthorizationProblem {
  const step = check(parameters, of);
  assert.ok(!step.ok);
  return step.problem;
}

describe('an authorization request', () => {
  it('that is complete passes every step', () => {
    const { responseType, requested, required, pkce } = checked();
    assert.equal(responseType, 'code');
    assert.deepEqual(requested.ids, ['chats--all:ro', 'customers:own']);
    assert.deepEqual(required.ids, ['chats--all:ro']);
    assert.equal(pkce, null);
  });

  it('may ask for fewer scopes, by commas or spaces', () => {
    assert.deepEqual(checked({ ...request, scope: 'chats--all:ro' }).requested.ids, ['chats--all:ro']);
    assert.deepEqual(checked({ ...request, scope: 'chats--access:ro customers:own' }).requested.ids, [
      'chats--access:ro',
      'customers:own',
    ]);
  });

  const strict: RegisteredClient = { ...client, profile: 'strict' };
  const javascript: RegisteredClient = { ...client, type: 'javascript_app' };
  const refusals: [string, AuthorizationParameters, RegisteredClient, string, string | undefined, string][] =
    [
      [
        'without a redirect_uri',
        { ...request, redirect_uri: '' },
        client,
        'invalid_request',
        'invalid_redirect_uri',
        'redirect_uri',
      ],
      [
        'with a foreign redirect_uri',
        { ...request, redirect_uri: 'https://evil.example/' },
        client,
        'unauthorized_client',
        'invalid_redirect_uri',
        'redirect_uri',
      ],
      [
        'with a near miss',
        { ...request, redirect_uri: 'https://www.example.com/callback/' },
        client,
        'unauthorized_client',
        'invalid_redirect_uri',
        'redirect_uri',
      ],
      [
        'of an app without redirect URIs',
        request,
        { ...client, redirectUris: [] },
        'unauthorized_client',
        'redirect_uri_not_set',
        'redirect_uri',
      ],
      [
        'without a response_type',
        { ...request, response_type: '' },
        client,
        'invalid_request',
        undefined,
        'response_type',
      ],
      [
        'with an unknown response_type',
        { ...request, response_type: 'id_token' },
        client,
        'unsupported_response_type',
        undefined,
        'response_type',
      ],
      [
        'for a token by a server-side app',
        { ...request, response_type: 'token' },
        client,
        'unsupported_response_type',
        undefined,
        'response_type',
      ],
      [
        'for a token in the strict profile',
        { ...request, response_type: 'token' },
        { ...javascript, profile: 'strict' },
        'unsupported_response_type',
        undefined,
        'response_type',
      ],
      [
        'for a code without PKCE by a JavaScript app',
        request,
        javascript,
        'invalid_request',
        undefined,
        'code_challenge',
      ],
      [
        'without PKCE in the strict profile',
        { ...request, scope: 'chats--all:ro' },
        strict,
        'invalid_request',
        undefined,
        'code_challenge',
      ],
      [
        'without scopes in the strict profile',
        { ...request, code_challenge: challenge, code_challenge_method: 'S256' },
        strict,
        'invalid_scope',
        undefined,
        'scope',
      ],
      [
        'with a short challenge',
        { ...request, code_challenge: 'short' },
        client,
        'invalid_request',
        undefined,
        'code_challenge',
      ],
      [
        'with an unknown prompt',
        { ...request, prompt: 'none' },
        client,
        'invalid_request',
        undefined,
        'prompt',
      ],
      [
        'with an unknown scope',
        { ...request, scope: 'chats--all:rx' },
        client,
        'invalid_scope',
        undefined,
        'scope',
      ],
      [
        'with a scope that the app does not have',
        { ...request, scope: 'agents--all:rw' },
        client,
        'invalid_scope',
        undefined,
        'scope',
      ],
      ['of an app without scopes', request, { ...client, scopes: [] }, 'invalid_scope', undefined, 'scope'],
      [
        'with an endless state',
        { ...request, state: 'x'.repeat(2049) },
        client,
        'invalid_request',
        undefined,
        'state',
      ],
    ];
  for (const [what, parameters, of, exception, details, parameter] of refusals)
    it(`${what} is refused as ${exception}`, () => {
      const problem = problemOf(parameters, of);
      assert.equal(problem.exception, exception);
      assert.equal(problem.details, details);
      assert.equal(problem.parameter, parameter);
    });

  it('with an unknown client names the client id and nothing else', () => {
    const step = checkClient({ ...request, client_id: 'nobody' }, undefined);
    assert.ok(!step.ok);
    assert.equal(step.problem.details, 'client_id_not_found');
  });

  it('that misses a redirect URI tells the owner the nearest one', () => {
    const problem = problemOf({ ...request, redirect_uri: 'https://www.example.com/calback' });
    assert.equal(problem.closest, 'https://www.example.com/callback');
    assert.equal(problem.received, 'https://www.example.com/calback');
  });
});

const owner: OwnOrganization = {
  id: 'org-1',
  licenseId: 1001,
  accountRole: 'owner',
  chatRole: 'administrator',
  suspended: false,
};
const elsewhere: OwnOrganization = { ...owner, id: 'org-2', licenseId: 1002 };

describe('the organization', () => {
  const open = (visibility: 'private' | 'public', parameters = request) =>
    checked(parameters, { ...client, visibility });
  it('of a private app is its own, without asking', () => {
    const choice = chooseOrganization(open('private'), [elsewhere, owner]);
    assert.ok(choice.ok && choice.value.kind === 'chosen');
    assert.equal(choice.value.organization.id, 'org-1');
  });
  it('of a private app refuses people from outside', () => {
    const choice = chooseOrganization(open('private'), [elsewhere]);
    assert.ok(!choice.ok);
    assert.equal(choice.problem.exception, 'access_denied');
  });
  it('refuses suspended people', () => {
    assert.ok(!chooseOrganization(open('private'), [{ ...owner, suspended: true }]).ok);
  });
  it('is asked for when a public app could work in several', () => {
    const choice = chooseOrganization(open('public'), [owner, elsewhere]);
    assert.ok(choice.ok && choice.value.kind === 'ask');
    assert.equal(choice.value.organizations.length, 2);
  });
  it('may be named by the request', () => {
    const choice = chooseOrganization(open('public', { ...request, organization_id: 'org-2' }), [
      owner,
      elsewhere,
    ]);
    assert.ok(choice.ok && choice.value.kind === 'chosen');
    assert.equal(choice.value.organization.id, 'org-2');
  });
  it('that the request names must be one of the person', () => {
    assert.ok(
      !chooseOrganization(open('public', { ...request, organization_id: 'org-9' }), [owner, elsewhere]).ok,
    );
  });
});

describe('the scopes that a person can give', () => {
  const agent: OwnOrganization = { ...owner, accountRole: 'member', chatRole: 'normal' };
  it('are all of them for an administrator', () => {
    const scopes = grantable(checked(), owner);
    assert.ok(scopes.ok);
    assert.deepEqual(scopes.value.ids, ['chats--all:ro', 'customers:own']);
  });
  it('end the request when a required one needs a higher role', () => {
    const scopes = grantable(checked(), agent);
    assert.ok(!scopes.ok);
    assert.equal(scopes.problem.exception, 'invalid_scope');
    assert.match(scopes.problem.check, /chats--all:ro.*administrator/);
  });
  it('lose the optional ones that need a higher role', () => {
    const modest: RegisteredClient = {
      ...client,
      scopes: [
        { scope: 'chats--access:ro', required: true },
        { scope: 'customers:own', required: false },
      ],
    };
    const scopes = grantable(checked(request, modest), agent);
    assert.ok(scopes.ok);
    assert.deepEqual(scopes.value.ids, ['chats--access:ro']);
  });
});

describe('consent', () => {
  const all = scopeSet(['chats--all:ro', 'customers:own']);
  const publicRequest = checked(request, { ...client, visibility: 'public' });
  it('is not asked for a private app of the own organization', () => {
    assert.deepEqual(decideConsent(checked(), all, undefined), { kind: 'given' });
  });
  it('is asked there too when the request forces it', () => {
    const forced = checked({ ...request, prompt: 'consent' });
    assert.equal(decideConsent(forced, all, all).kind, 'ask');
  });
  it('is asked the first time for a public app, and not again', () => {
    assert.equal(decideConsent(publicRequest, all, undefined).kind, 'ask');
    assert.deepEqual(decideConsent(publicRequest, all, all), { kind: 'given' });
  });
  it('is asked again when the list grew, and names what is new', () => {
    const decision = decideConsent(publicRequest, all, scopeSet(['chats--all:ro']));
    assert.deepEqual(decision, { kind: 'ask', added: ['customers:own'], grew: true });
  });
  it('counts what an earlier scope implied as given', () => {
    const less = scopeSet(['chats--access:ro']);
    assert.deepEqual(decideConsent(publicRequest, less, scopeSet(['chats--all:ro'])), { kind: 'given' });
  });
  it('is not skipped by the strict profile when the answer does not go to https', () => {
    const strict: RegisteredClient = {
      ...client,
      profile: 'strict',
      redirectUris: ['http://127.0.0.1/callback'],
    };
    const loopback = checked(
      {
        ...request,
        redirect_uri: 'http://127.0.0.1:51111/callback',
        scope: 'chats--all:ro',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      },
      strict,
    );
    assert.equal(decideConsent(loopback, all, undefined).kind, 'ask');
  });
});

describe('the answer', () => {
  it('carries the code in the query, its colon encoded', () => {
    assert.equal(
      answerAddress('https://www.example.com/', 'query', { code: 'dal:abc', state: 'a b&c' }),
      'https://www.example.com/?code=dal%3Aabc&state=a%20b%26c',
    );
  });
  it('carries a token in the fragment', () => {
    assert.equal(
      answerAddress('https://www.example.com/', 'fragment', { access_token: 'dal:abc' }),
      'https://www.example.com/#access_token=dal%3Aabc',
    );
  });
});
