import Type, { type TSchema } from 'typebox';
import type { ErrorCode } from '../../../kernel/errors.ts';
import { END_SESSION_PARAMETERS } from '../../../oauth/end_session.ts';
import { protectedResourceMetadataPath } from '../../../oauth/metadata.ts';
import { type ResourceName, resourceNames } from '../../../oauth/resource_indicator.ts';
import { AUTHORIZATION_PARAMETERS } from '../../oauth2/authorize.ts';
import { DEVICE_PARAMETERS } from '../../oauth2/device_authorization.ts';
import { TOKEN_PARAMETERS } from '../../oauth2/token.ts';
import { TOKEN_STATUS_PARAMETERS } from '../../oauth2/token_status.ts';
import { type ErrorExample, standardError } from './error_examples.ts';
import { answer, type Json, makeOperation, type Operation, type Plan, queryParameter } from './operation.ts';
import { registrationOperations } from './registration_operations.ts';
import { AGENT_TOKEN, CLIENT_SECRET } from './security.ts';

const TAG = 'Standard OAuth';
const text = Type.String();
const any = Type.Record(Type.String(), Type.Unknown());

type FormParameter =
  | (typeof AUTHORIZATION_PARAMETERS)[number]
  | (typeof TOKEN_PARAMETERS)[number]
  | (typeof TOKEN_STATUS_PARAMETERS)[number]
  | 'login_hint'
  | 'request_uri';

/** What each parameter of the standard dialect says. One that is new does not compile without a line. */
const WORDS: Record<FormParameter, string> = {
  response_type: '`code`.',
  client_id: 'The app.',
  redirect_uri: 'One that the app has registered.',
  state: 'Comes back with the answer.',
  scope: 'Joined by spaces.',
  prompt: '`none`, `login`, `consent` or `select_account`.',
  organization_id: 'The organization, where the person has several.',
  email: 'Who is expected to log in; `login_hint` is the same.',
  login_hint: 'Who is expected to log in.',
  code_challenge: 'RFC 7636.',
  code_challenge_method: '`S256`.',
  resource: 'The API that the token shall be for (RFC 8707).',
  nonce: 'Comes back in the ID token.',
  max_age: 'Seconds since the last login that are not too long ago.',
  id_token_hint: 'An ID token of the person who is expected.',
  request: 'Not taken; push the request ahead instead.',
  request_uri: 'What `/oauth2/par` answered.',
  grant_type:
    '`authorization_code`, `refresh_token`, `client_credentials` or `urn:ietf:params:oauth:grant-type:device_code`.',
  code: 'The code that arrived at the redirect URI.',
  code_verifier: 'RFC 7636.',
  refresh_token: 'Of the app.',
  device_code: 'Of the device authorization endpoint.',
  token: 'The token that is meant.',
  token_type_hint: 'Taken, and not needed.',
};

const tokens = Type.Object({
  access_token: text,
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  refresh_token: Type.Optional(text),
  scope: Type.String({ description: 'Joined by spaces.' }),
  id_token: Type.Optional(text),
  account_id: Type.Optional(text),
  bot_id: Type.Optional(text),
  organization_id: Type.String({ format: 'uuid' }),
});

const introspection = Type.Object({
  active: Type.Boolean(),
  scope: Type.Optional(text),
  client_id: Type.Optional(text),
  sub: Type.Optional(text),
  username: Type.Optional(text),
  iss: Type.Optional(text),
  iat: Type.Optional(Type.Integer()),
  exp: Type.Optional(Type.Integer()),
  token_type: Type.Optional(text),
  aud: Type.Optional(Type.Union([text, Type.Array(text)])),
  organization_id: Type.Optional(text),
});

const person = Type.Object({
  sub: text,
  name: Type.Optional(text),
  email: Type.Optional(text),
  email_verified: Type.Optional(Type.Boolean()),
});

const anyError: readonly ErrorExample[] = [standardError('internal'), standardError('service_unavailable')];

type Endpoint = Omit<Plan, 'tag' | 'errorSchema'>;

function endpoint(plan: Endpoint): Operation {
  return makeOperation({
    ...plan,
    tag: TAG,
    errors: [...plan.errors, ...anyError],
    errorSchema: 'StandardError',
  });
}

function form(names: readonly FormParameter[], required: readonly FormParameter[], example: Json) {
  const clients: [string, TSchema][] = [
    ['client_id', Type.Optional(Type.String({ description: WORDS.client_id }))],
    ['client_secret', Type.Optional(Type.String({ description: 'Where it does not come by HTTP Basic.' }))],
  ];
  const own = names.map((name): [string, TSchema] => {
    const schema = Type.String({ maxLength: 4096, description: WORDS[name] });
    return [name, required.includes(name) ? schema : Type.Optional(schema)];
  });
  const schema = Type.Object(Object.fromEntries([...clients, ...own]));
  return { 'application/x-www-form-urlencoded': { schema, example } };
}

const byClient = [{ [CLIENT_SECRET]: [] }, {}];
const codes = (...names: ErrorCode[]) => names.map((code) => standardError(code));
const toRedirectUri = {
  description: 'To the redirect URI, or to a page where the person logs in or answers.',
  headers: { Location: { schema: { type: 'string' } } },
};
const html = { content: { 'text/html': {} } };

const authorization = [...AUTHORIZATION_PARAMETERS, 'login_hint', 'request_uri'] as const;
const authorizationBody = form(authorization, [], {
  response_type: 'code',
  client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9',
  redirect_uri: 'https://www.example.com/callback',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
});

const documents: Operation[] = [
  ...[
    ['/.well-known/oauth-authorization-server', 'authorization_server_metadata', 'RFC 8414'],
    ['/.well-known/openid-configuration', 'openid_configuration', 'OpenID Connect Discovery 1.0'],
  ].map(([path = '', id = '', source]) =>
    endpoint({
      verb: 'get',
      path,
      id,
      summary: `Read the addresses of this server (${source})`,
      security: [{}],
      answers: { '200': answer('The metadata.', any) },
      errors: [],
    }),
  ),
  ...resourceNames.map((name: ResourceName) =>
    endpoint({
      verb: 'get',
      path: protectedResourceMetadataPath(name),
      id: `protected_resource_metadata_${name}`,
      summary:
        name === 'server' ? 'Read what opens this server (RFC 9728)' : `Read what opens the API ${name}`,
      security: [{}],
      answers: { '200': answer('The metadata.', any) },
      errors: [],
    }),
  ),
  endpoint({
    verb: 'get',
    path: '/oauth2/jwks',
    id: 'jwks',
    summary: 'Read the keys that sign ID tokens',
    security: [{}],
    answers: { '200': answer('The keys.', Type.Object({ keys: Type.Array(any) })) },
    errors: [],
  }),
];

const userinfoErrors = [
  standardError('validation'),
  standardError('authentication', 'invalid_token', 401),
  standardError('missing_access', 'insufficient_scope', 403),
];

/** The standard dialect: what any OAuth library speaks. */
export const standardOperations: readonly Operation[] = [
  endpoint({
    verb: 'get',
    path: '/oauth2/authorize',
    id: 'standard_authorize',
    summary: 'Ask a person to allow an app (RFC 6749 §4.1.1)',
    description: 'Opened in a browser. `iss` comes with each answer (RFC 9207).',
    security: [{}],
    parameters: authorization.map((name) =>
      queryParameter(name, Type.String({ description: WORDS[name] }), name === 'client_id'),
    ),
    answers: { '303': toRedirectUri },
    errors: codes('validation'),
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/authorize',
    id: 'standard_authorize_by_form',
    summary: 'The same by a form of the app’s page',
    security: [{}],
    body: authorizationBody,
    answers: { '303': toRedirectUri },
    errors: codes('validation', 'entity_too_large'),
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/token',
    id: 'standard_token',
    summary: 'Get tokens (RFC 6749 §3.2)',
    security: byClient,
    body: form(TOKEN_PARAMETERS, ['grant_type'], {
      grant_type: 'refresh_token',
      refresh_token: '<refresh_token>',
    }),
    answers: { '200': answer('The tokens.', tokens) },
    errors: [
      ...codes(
        'validation',
        'invalid_client',
        'invalid_grant',
        'invalid_scope',
        'invalid_target',
        'unauthorized_client',
        'unsupported_grant_type',
        'too_many_requests',
      ),
      ...['authorization_pending', 'slow_down', 'access_denied', 'expired_token'].map((type) => ({
        ...standardError('validation', type, 400),
        code: type as ErrorCode,
      })),
    ],
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/revoke',
    id: 'standard_revoke',
    summary: 'Give a token back (RFC 7009)',
    security: byClient,
    body: form(TOKEN_STATUS_PARAMETERS, ['token'], { token: '<token>' }),
    answers: { '200': { description: 'It is dead now, or was never one of this app.' } },
    errors: codes('validation', 'invalid_client'),
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/introspect',
    id: 'standard_introspect',
    summary: 'Ask what a token is worth (RFC 7662)',
    security: byClient,
    body: form(TOKEN_STATUS_PARAMETERS, ['token'], { token: '<token>' }),
    answers: { '200': answer('What it is worth.', introspection) },
    errors: codes('validation', 'invalid_client'),
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/par',
    id: 'pushed_authorization_request',
    summary: 'Send an authorization request ahead (RFC 9126)',
    security: byClient,
    body: authorizationBody,
    answers: {
      '201': answer(
        'A reference to it.',
        Type.Object({ request_uri: text, expires_in: Type.Integer({ description: 'Seconds.' }) }),
      ),
    },
    errors: [
      ...codes('validation', 'invalid_client', 'invalid_scope', 'invalid_target', 'too_many_requests'),
      ...['unauthorized_client', 'unsupported_response_type', 'invalid_redirect_uri'].map((type) => ({
        ...standardError('validation', type, 400),
        code: type as ErrorCode,
      })),
    ],
  }),
  endpoint({
    verb: 'post',
    path: '/oauth2/device_authorization',
    id: 'device_authorization',
    summary: 'Begin on a device without a browser (RFC 8628)',
    security: byClient,
    body: form(DEVICE_PARAMETERS, [], { scope: 'chats--all:ro' }),
    answers: {
      '200': answer(
        'The code that a person takes to a browser.',
        Type.Object({
          device_code: text,
          user_code: text,
          verification_uri: text,
          verification_uri_complete: text,
          expires_in: Type.Integer(),
          interval: Type.Integer(),
        }),
      ),
    },
    errors: [
      ...codes('validation', 'invalid_client', 'invalid_scope', 'invalid_target', 'unauthorized_client'),
      standardError('too_many_requests', 'slow_down', 429),
    ],
  }),
  ...(['get', 'post'] as const).map((verb) =>
    endpoint({
      verb,
      path: '/oauth2/userinfo',
      id: verb === 'get' ? 'userinfo' : 'userinfo_by_post',
      summary: 'Read who a token is of (OpenID Connect Core 1.0 §5.3)',
      security: [{ [AGENT_TOKEN]: ['openid'] }],
      answers: { '200': answer('The person.', person) },
      errors: userinfoErrors,
    }),
  ),
  ...(['get', 'post'] as const).map((verb) =>
    endpoint({
      verb,
      path: '/oauth2/logout',
      id: verb === 'get' ? 'end_session' : 'end_session_by_form',
      summary: 'Sign a person out of the browser (RP-Initiated Logout 1.0)',
      security: [{}],
      ...(verb === 'get'
        ? {
            parameters: END_SESSION_PARAMETERS.map((name) =>
              queryParameter(name, Type.String({ maxLength: 4096 }), false),
            ),
          }
        : {
            body: {
              'application/x-www-form-urlencoded': {
                schema: Type.Object(
                  Object.fromEntries(END_SESSION_PARAMETERS.map((name) => [name, Type.Optional(text)])),
                ),
                example: { state: 'xyz' },
              },
            },
          }),
      answers: { '200': { description: 'A page.', ...html }, '303': toRedirectUri },
      errors: codes('validation'),
    }),
  ),
  ...documents,
  ...registrationOperations,
];
