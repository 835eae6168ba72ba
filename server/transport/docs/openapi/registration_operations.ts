import Type from 'typebox';
import { registrableAuthMethods } from '../../../oauth/client_metadata.ts';
import { standardError } from './error_examples.ts';
import { answer, makeOperation, type Operation, type Plan, pathParameter } from './operation.ts';
import { REGISTRATION_TOKEN } from './security.ts';

const text = Type.String();
const optional = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Optional(schema);

const metadata = {
  client_name: optional(Type.String({ maxLength: 100 })),
  client_uri: optional(text),
  redirect_uris: Type.Optional(Type.Array(text, { maxItems: 20 })),
  post_logout_redirect_uris: Type.Optional(Type.Array(text)),
  grant_types: Type.Optional(Type.Array(text)),
  response_types: Type.Optional(Type.Array(text)),
  token_endpoint_auth_method: Type.Optional(Type.Enum(registrableAuthMethods)),
  scope: optional(Type.String({ description: 'Joined by spaces.' })),
};

const client = Type.Object({
  client_id: text,
  client_id_issued_at: Type.Integer(),
  client_secret: Type.Optional(text),
  client_secret_expires_at: Type.Optional(Type.Integer()),
  registration_access_token: Type.Optional(text),
  registration_client_uri: text,
  ...metadata,
});

const organization = pathParameter(
  'organization_id',
  Type.String({ format: 'uuid', description: 'Where the app registers.' }),
);
const inOrganization = [
  organization,
  pathParameter('client_id', Type.String({ description: 'The app itself.' })),
];
const example = {
  client_name: 'Coffee',
  redirect_uris: ['https://www.example.com/callback'],
  scope: 'chats--access:ro',
};

const invalid = standardError('validation', 'invalid_client_metadata', 400);
const errors = [
  invalid,
  standardError('authentication', 'invalid_token', 401),
  standardError('authorization', 'access_denied', 403),
  standardError('entity_too_large'),
  standardError('too_many_requests'),
  standardError('internal'),
];
const invalidUri = {
  ...standardError('validation', 'invalid_redirect_uri', 400),
  code: 'invalid_redirect_uri' as never,
};

function endpoint(plan: Omit<Plan, 'tag' | 'errors' | 'errorSchema'>): Operation {
  const own = plan.body ? [...errors, invalidUri] : errors;
  return makeOperation({ ...plan, tag: 'Dynamic registration', errors: own, errorSchema: 'StandardError' });
}

const path = '/oauth2/register/{organization_id}';
const own = `${path}/{client_id}`;
const byItself = [{ [REGISTRATION_TOKEN]: [] }];

/** RFC 7591 and RFC 7592. */
export const registrationOperations: readonly Operation[] = [
  endpoint({
    verb: 'post',
    path,
    id: 'register_client',
    summary: 'Register an app (RFC 7591)',
    security: [{ [REGISTRATION_TOKEN]: [] }, {}],
    parameters: [organization],
    body: { 'application/json': { schema: Type.Object(metadata), example } },
    answers: { '201': answer('The app.', client) },
  }),
  endpoint({
    verb: 'get',
    path: own,
    id: 'read_client',
    summary: 'Read what an app registered (RFC 7592)',
    security: byItself,
    parameters: inOrganization,
    answers: { '200': answer('The app.', client) },
  }),
  endpoint({
    verb: 'put',
    path: own,
    id: 'update_client',
    summary: 'Change what an app registered (RFC 7592)',
    security: byItself,
    parameters: inOrganization,
    body: {
      'application/json': {
        schema: Type.Object({ client_id: text, ...metadata }),
        example: { client_id: 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9', ...example },
      },
    },
    answers: { '200': answer('The app.', client) },
  }),
  endpoint({
    verb: 'delete',
    path: own,
    id: 'delete_client',
    summary: 'Remove an app that registered itself (RFC 7592)',
    security: byItself,
    parameters: inOrganization,
    answers: { '204': { description: 'It is gone.' } },
  }),
];
