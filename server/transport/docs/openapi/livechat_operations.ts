import Type, { type TSchema } from 'typebox';
import type { ErrorCode } from '../../../kernel/errors.ts';
import { customerTokenRequest, identityTransferRequest } from '../../oauth/customer_requests.ts';
import { tokenRequest } from '../../oauth/token_endpoints.ts';
import { oauthError } from './error_examples.ts';
import {
  answer,
  makeOperation,
  type Operation,
  type Plan,
  pathParameter,
  queryParameter,
} from './operation.ts';
import { AGENT_TOKEN, CLIENT_SECRET, CUSTOMER_TOKEN } from './security.ts';

const text = Type.String();
const EXAMPLE_CLIENT = 'cd2ce6d1a8cd4e9ea02a14b9e6f7c8d9';
const REDIRECT = 'https://www.example.com/callback';

const token = {
  access_token: Type.String({ description: 'It begins with the region, such as `dal:`.' }),
  client_id: text,
  expires_in: Type.Integer({ description: 'Seconds.' }),
  organization_id: Type.String({ format: 'uuid' }),
  token_type: Type.Literal('Bearer'),
};
const agentToken = { ...token, account_id: text, scope: Type.String({ description: 'Joined by commas.' }) };
const issued = Type.Object({ ...agentToken, refresh_token: Type.Optional(text) });
const customerToken = Type.Object({
  ...token,
  entity_id: Type.String({ format: 'uuid', description: 'The customer.' }),
});
const nothing = Type.Object({});

const TAG = 'Authorization';
const CUSTOMER_TAG = 'Customer authorization';
const ANY: readonly ErrorCode[] = ['internal', 'service_unavailable'];

type Endpoint = Omit<Plan, 'tag' | 'errors' | 'errorSchema'> & { errors: readonly ErrorCode[]; tag?: string };

function endpoint({ errors, tag = TAG, ...plan }: Endpoint): Operation {
  return makeOperation({
    ...plan,
    tag,
    errors: [...new Set([...errors, ...ANY])].map(oauthError),
    errorSchema: 'OauthError',
  });
}

/** LiveChat takes forms and JSON alike. */
function either(schema: TSchema, example: Record<string, unknown>): NonNullable<Plan['body']> {
  return {
    'application/x-www-form-urlencoded': { schema, example },
    'application/json': { schema, example },
  };
}

const tokenInQuery = queryParameter(
  'code',
  Type.String({ description: 'The token, where it does not come in the header.' }),
  false,
);
const byAgent = [{ [AGENT_TOKEN]: [] }, {}];
const byCustomer = [{ [CUSTOMER_TOKEN]: [] }, {}];

const AUTHORIZE: readonly [name: string, required: boolean, description: string][] = [
  ['client_id', true, 'The app.'],
  ['response_type', true, '`code`, or `token` for a JavaScript app with the Compatible profile.'],
  ['redirect_uri', true, 'One that the app has registered.'],
  ['state', false, 'Comes back with the answer.'],
  ['scope', false, 'Joined by commas. Left out: all scopes of the app.'],
  ['prompt', false, '`consent`: ask the person even where nothing is new.'],
  ['organization_id', false, 'The organization, where the person has several.'],
  ['code_challenge', false, 'RFC 7636.'],
  ['code_challenge_method', false, '`S256`, or `plain` with the Compatible profile.'],
];

const customerTokenPlan = {
  verb: 'post',
  tag: CUSTOMER_TAG,
  security: [{ [AGENT_TOKEN]: ['customers:own'] }, {}],
  body: either(customerTokenRequest, {
    grant_type: 'agent_token',
    client_id: EXAMPLE_CLIENT,
    response_type: 'token',
  }),
  answers: { '200': answer('The token of the customer.', customerToken) },
  errors: [
    'validation',
    'authentication',
    'authorization',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'not_found',
    'too_many_requests',
  ],
} as const satisfies Partial<Endpoint>;

const inGroup = [
  pathParameter('organization_id', Type.String({ format: 'uuid', description: 'The organization.' })),
  pathParameter('group_id', Type.Integer({ minimum: 0, description: 'The group of the customer.' })),
];

/** LiveChat's dialect: authorize, tokens of agents, tokens of customers. */
export const livechatOperations: readonly Operation[] = [
  endpoint({
    verb: 'get',
    path: '/',
    id: 'authorize',
    summary: 'Ask a person to allow an app',
    description:
      'Opened in a browser. The answer goes to the redirect URI; where there is nothing to ask, at once. A request whose redirect URI cannot be trusted ends on `/ooops`.',
    security: [{}],
    parameters: AUTHORIZE.map(([name, required, description]) =>
      queryParameter(name, Type.String({ description }), required),
    ),
    answers: {
      '200': { description: 'A page, where no authorization is asked for.', content: { 'text/html': {} } },
      '303': {
        description:
          'To the redirect URI with `code` and `state`, or to a page where the person logs in or answers.',
        headers: { Location: { schema: { type: 'string' } } },
      },
    },
    errors: ['validation'],
  }),
  endpoint({
    verb: 'post',
    path: '/v2/token',
    id: 'token',
    summary: 'Exchange a code or a refresh token for tokens',
    description: 'A form or JSON; the client secret in the body or by HTTP Basic.',
    security: [{ [CLIENT_SECRET]: [] }, {}],
    body: either(tokenRequest, {
      grant_type: 'authorization_code',
      code: 'dal:cAbC',
      client_id: EXAMPLE_CLIENT,
      client_secret: '<client_secret>',
      redirect_uri: REDIRECT,
    }),
    answers: { '200': answer('The tokens.', issued) },
    errors: [
      'validation',
      'invalid_client',
      'invalid_grant',
      'unauthorized_client',
      'unsupported_grant_type',
      'too_many_requests',
    ],
  }),
  endpoint({
    verb: 'delete',
    path: '/v2/token',
    id: 'revoke_token',
    summary: 'Revoke an access token or a refresh token',
    security: byAgent,
    parameters: [tokenInQuery],
    answers: { '200': answer('It is dead now, and its family with it.', nothing) },
    errors: ['validation', 'authentication', 'not_found'],
  }),
  endpoint({
    verb: 'get',
    path: '/v2/info',
    id: 'token_info',
    summary: 'Look at an access token',
    security: byAgent,
    parameters: [tokenInQuery],
    answers: { '200': answer('Whose it is and what it opens.', Type.Object(agentToken)) },
    errors: ['validation', 'authentication'],
  }),
  endpoint({
    ...customerTokenPlan,
    path: '/v2/customer/token',
    id: 'customer_token',
    summary: 'Get a token for a customer',
    description:
      '`agent_token`: the app makes a customer, or names one by `entity_id`. `cookie`: the browser is the customer it was. `identity_token`: an identity is handed over.',
  }),
  endpoint({
    ...customerTokenPlan,
    path: '/v2/customer/{organization_id}/{group_id}/token',
    id: 'customer_token_in_group',
    summary: 'Get a token for a customer of a group',
    parameters: inGroup,
  }),
  endpoint({
    verb: 'delete',
    path: '/v2/customer/token',
    id: 'revoke_customer_token',
    tag: CUSTOMER_TAG,
    summary: 'Revoke the access token of a customer',
    security: byCustomer,
    parameters: [tokenInQuery],
    answers: { '200': answer('It is dead now.', nothing) },
    errors: ['authentication'],
  }),
  endpoint({
    verb: 'get',
    path: '/v2/customer/info',
    id: 'customer_token_info',
    tag: CUSTOMER_TAG,
    summary: 'Look at the access token of a customer',
    security: byCustomer,
    parameters: [tokenInQuery],
    answers: { '200': answer('Whose it is.', customerToken) },
    errors: ['authentication'],
  }),
  endpoint({
    verb: 'post',
    path: '/v2/customer/identity_transfer',
    id: 'identity_transfer',
    tag: CUSTOMER_TAG,
    summary: 'Hand the identity of a customer to another browser',
    security: [{ [AGENT_TOKEN]: ['customers:own'] }, { [CUSTOMER_TOKEN]: [] }],
    body: either(identityTransferRequest, { bearer_type: 'customer', client_id: EXAMPLE_CLIENT }),
    answers: {
      '200': answer(
        'A token that is exchanged once, by the grant `identity_token`.',
        Type.Object({ identity_transfer_token: text, expires_in: Type.Integer() }),
      ),
    },
    errors: [
      'validation',
      'authentication',
      'authorization',
      'invalid_client',
      'unauthorized_client',
      'not_found',
    ],
  }),
];
