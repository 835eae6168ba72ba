import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { validator } from '../../apis/registry/validate.ts';
import type { NamedOrganization } from '../../domain/grants/customer_issue.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { readOauthBody, readQuery } from '../http/body.ts';
import { noteClient } from '../http/refusals.ts';

const text = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));
const clientId = Type.String({ minLength: 1, maxLength: 128, description: 'The app.' });
const count = (pattern: string, description: string) =>
  Type.Optional(Type.Union([Type.Integer(), Type.String({ pattern })], { description }));

export const customerTokenRequest = Type.Object({
  grant_type: Type.String({
    minLength: 1,
    maxLength: 128,
    description: '`cookie`, `agent_token` or `identity_token`.',
  }),
  client_id: clientId,
  response_type: text('`token`; may be left out.'),
  entity_id: text('With `agent_token`: a customer who is known. Without it there is a new one.'),
  organization_id: text('The organization.'),
  license_id: count('^([0-9]{1,15})?$', 'The same by its number.'),
  redirect_uri: text('One of the redirect URIs of the app.'),
  expires_in: count('^([0-9]{1,9})?$', 'Seconds that the token shall live; never longer than usual.'),
  code: text('With `identity_token`: the identity transfer token.'),
  code_verifier: text('With `identity_token`, where a challenge was sent.'),
});
const readTokenBody = validator(customerTokenRequest);

export const identityTransferRequest = Type.Object({
  bearer_type: Type.Union([Type.Literal('agent'), Type.Literal('customer')], {
    description: 'Whose access token comes with the request.',
  }),
  client_id: clientId,
  customer_id: text("With an agent's token: whose identity is handed over."),
  code_challenge: text('RFC 7636.'),
  code_challenge_method: text('`S256`.'),
});
const readTransferBody = validator(identityTransferRequest);

/** LiveChat's guide calls the last `identity_transfer` in its text, and `identity_token` in its table. */
const GRANTS = {
  cookie: 'cookie',
  agent_token: 'agent_token',
  identity_token: 'identity_token',
  identity_transfer: 'identity_token',
} as const;

export type CustomerGrantType = (typeof GRANTS)[keyof typeof GRANTS];

/** Parameters that mean something with one grant alone. Elsewhere they show that another was meant. */
const BELONGS_TO: Record<'entity_id' | 'code' | 'code_verifier', CustomerGrantType> = {
  entity_id: 'agent_token',
  code: 'identity_token',
  code_verifier: 'identity_token',
};

export interface CustomerTokenRequest {
  grantType: CustomerGrantType;
  clientId: string;
  organization: NamedOrganization;
  groupId: number | undefined;
  entityId: string | undefined;
  redirectUri: string | undefined;
  code: string | undefined;
  codeVerifier: string | undefined;
  expiresIn: number | undefined;
}

/** Reads a request for a customer's token, with what its address says. @throws GatehouseError */
export function readTokenRequest(request: FastifyRequest): CustomerTokenRequest {
  refuseSecretsInAddress(request);
  const raw = readOauthBody(request, ['json', 'form']);
  noteClient(request, raw.client_id);
  const body = readTokenBody(raw);
  if (body.response_type && body.response_type !== 'token')
    throw problem('response_type', '`response_type` should be "token".', 'It should be "token".');
  const grantType = Object.hasOwn(GRANTS, body.grant_type)
    ? GRANTS[body.grant_type as keyof typeof GRANTS]
    : undefined;
  if (!grantType)
    throw new GatehouseError(
      'unsupported_grant_type',
      `grant_type is "${printable(body.grant_type)}". It should be cookie, agent_token or identity_token.`,
    );
  for (const [name, grant] of Object.entries(BELONGS_TO))
    if (body[name as keyof typeof BELONGS_TO] && grant !== grantType)
      throw problem(
        name,
        `\`${name}\` belongs to grant_type=${grant}; this is grant_type=${grantType}. Leave it out, or use that grant.`,
        `Only with grant_type=${grant}.`,
      );
  return {
    grantType,
    clientId: body.client_id,
    ...readPlace(request, body),
    entityId: lowerCase(body.entity_id),
    redirectUri: body.redirect_uri || undefined,
    code: body.code || undefined,
    codeVerifier: body.code_verifier || undefined,
    expiresIn: readCount(body.expires_in),
  };
}

export interface TransferTokenRequest {
  bearerType: 'agent' | 'customer';
  clientId: string;
  customerId: string | undefined;
  codeChallenge: string | undefined;
  codeChallengeMethod: string | undefined;
}

/** Reads a request for an identity transfer token. @throws GatehouseError */
export function readTransferRequest(request: FastifyRequest): TransferTokenRequest {
  const raw = readOauthBody(request, ['json', 'form']);
  noteClient(request, raw.client_id);
  const body = readTransferBody(raw);
  return {
    bearerType: body.bearer_type,
    clientId: body.client_id,
    customerId: lowerCase(body.customer_id),
    codeChallenge: body.code_challenge || undefined,
    codeChallengeMethod: body.code_challenge_method || undefined,
  };
}

/** Organization and group, from the body and from an address such as `/v2/customer/<organization>/<group>/token`. */
function readPlace(
  request: FastifyRequest,
  body: { organization_id?: string | undefined; license_id?: number | string | undefined },
): { organization: NamedOrganization; groupId: number | undefined } {
  const parameters = request.params as { organization_id?: string; group_id?: string };
  const inBody = lowerCase(body.organization_id);
  const inAddress = lowerCase(parameters.organization_id);
  if (inBody !== undefined && inAddress !== undefined && inBody !== inAddress)
    throw problem(
      'organization_id',
      '`organization_id` differs between the address and the body. The body may leave it out.',
      'It differs from the one in the address.',
    );
  const group = parameters.group_id;
  // LiveChat's specification calls it a UUID; groups are integers everywhere else.
  if (group !== undefined && !/^(?:0|[1-9][0-9]{0,9})$/.test(group))
    throw problem(
      'group_id',
      `The group in the address is "${printable(group)}". It should be the group's number, such as 0.`,
      'It should be the number of a group.',
    );
  return {
    organization: { id: inAddress ?? inBody, licenseId: readCount(body.license_id) },
    groupId: group === undefined ? undefined : Number(group),
  };
}

function readCount(value: number | string | undefined): number | undefined {
  return value === undefined || value === '' ? undefined : Number(value);
}

/** UUIDs are written small here; an empty parameter counts as not sent (RFC 6749 §3.1). */
function lowerCase(value: string | undefined): string | undefined {
  return value ? value.toLowerCase() : undefined;
}

/** Secrets in an address end up in logs of every proxy on the way. */
function refuseSecretsInAddress(request: FastifyRequest): void {
  const query = readQuery(request);
  for (const name of ['code', 'code_verifier'])
    if (name in query)
      throw problem(
        name,
        `\`${name}\` came in the address, where it would be logged. Send it in the body.`,
        'Send it in the body.',
      );
}

function problem(field: string, message: string, short: string): GatehouseError {
  return new GatehouseError('validation', message, { fields: [{ field, message: short }] });
}

function printable(value: string): string {
  return value.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);
}
