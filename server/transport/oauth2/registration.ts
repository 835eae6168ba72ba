import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { Registered, RegisteredSelf } from '../../domain/registration/dynamic_registration.ts';
import { type ErrorCode, GatehouseError } from '../../kernel/errors.ts';
import { formatScopes } from '../../oauth/scopes.ts';
import { readOauthBody } from '../http/body.ts';
import { toGatehouseError } from '../http/error_mapping.ts';
import { noteClient, tellRefusal, watchRefusals } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { STANDARD_OAUTH, sendStandardError, sendStandardRefusal } from './standard_error.ts';

const LARGEST_BODY = 32 * 1024;
const BEARER = /^Bearer +(\S+)$/i;

/** Where apps of an organization register. */
export function registrationPath(organizationId: string): string {
  return `/oauth2/register/${organizationId}`;
}

/** RFC 7591: an app makes itself known; RFC 7592: and reads, changes and removes what it said. */
export function clientRegistration(app: FastifyInstance, services: Services): void {
  const { registration } = services;
  // An app that is not there yet has no owner to tell; one that looks after itself has.
  watchRefusals(app, services.insight.refusals, {
    endpoint: () => 'registration',
    names: { ...STANDARD_OAUTH, ...REGISTRATION_ERRORS },
  });
  app.addHook('preHandler', (request, _reply, done) => {
    noteClient(request, namesOf(request).clientId);
    done();
  });
  const endpoint = registrationPath(':organization_id');
  const client = `${endpoint}/:client_id`;

  app.post(endpoint, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const { organizationId } = namesOf(request);
    const body = readOauthBody(request, ['json']);
    const outcome = await registration.register(organizationId, bearerOf(request), body, actorOf(request));
    return answer(reply, outcome, 201);
  });
  app.get(client, async (request, reply) => {
    const { organizationId, clientId } = namesOf(request);
    const value = await registration.read(organizationId, clientId, bearerOf(request));
    return answer(reply, { ok: true, value }, 200);
  });
  app.put(client, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
    const { organizationId, clientId } = namesOf(request);
    const body = readOauthBody(request, ['json']);
    const bearer = bearerOf(request);
    const outcome = await registration.update(organizationId, clientId, bearer, body, actorOf(request));
    if (!outcome.ok) tellMetadata(request, clientId, outcome);
    return answer(reply, outcome, 200);
  });
  app.delete(client, async (request, reply) => {
    const { organizationId, clientId } = namesOf(request);
    await registration.delete(organizationId, clientId, bearerOf(request), actorOf(request));
    return reply.code(204).send();
  });

  const verbs: [string, ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[], string][] = [
    [endpoint, ['GET', 'PUT', 'PATCH', 'DELETE'], 'POST'],
    [client, ['POST', 'PATCH'], 'GET, PUT, DELETE'],
  ];
  for (const [url, others, taken] of verbs)
    app.route({
      method: others,
      url,
      bodyLimit: LARGEST_BODY,
      handler: async (request, reply) => {
        reply.header('allow', `${taken}, OPTIONS`);
        throw new GatehouseError(
          'method_not_allowed',
          `This address takes ${taken}; this was ${request.method}.`,
        );
      },
    });

  /** What is wrong with metadata is an answer and no error, so that nobody else tells it. */
  function tellMetadata(
    request: FastifyRequest,
    clientId: string,
    { error, message }: Extract<Registered<never>, { ok: false }>,
  ): void {
    const reason = 'invalid_parameters';
    const refusal = { endpoint: 'registration', clientId, error, reason, check: message } as const;
    tellRefusal(services.insight.refusals, request, refusal);
  }

  /** RFC 7591 §3.2.1, with what RFC 7592 §3 adds. */
  function answer(reply: FastifyReply, outcome: Registered<RegisteredSelf>, status: number): unknown {
    if (!outcome.ok) return sendStandardRefusal(reply, 400, outcome.error, outcome.message);
    const {
      client: of,
      name,
      registration: own,
      organizationId,
      clientSecret,
      registrationToken,
    } = outcome.value;
    const address = `${services.settings.publicUrl}${registrationPath(organizationId)}/${of.clientId}`;
    reply.code(status).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify({
      client_id: of.clientId,
      client_id_issued_at: Math.floor(own.createdAt / 1_000_000),
      // Zero: it does not expire. A read does not repeat the secret, of which only a hash is kept.
      ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
      ...(of.type === 'server_side_app' ? { client_secret_expires_at: 0 } : {}),
      registration_access_token: registrationToken,
      registration_client_uri: address,
      client_name: name,
      ...(own.clientUri === null ? {} : { client_uri: own.clientUri }),
      redirect_uris: of.redirectUris,
      ...(of.postLogoutRedirectUris.length > 0
        ? { post_logout_redirect_uris: of.postLogoutRedirectUris }
        : {}),
      grant_types: own.grantTypes,
      response_types: own.grantTypes.includes('authorization_code') ? ['code'] : [],
      token_endpoint_auth_method: own.authMethod,
      scope: formatScopes(
        of.scopes.map(({ scope }) => scope),
        'standard',
      ),
    });
  }
}

function namesOf(request: FastifyRequest): { organizationId: string; clientId: string } {
  const { organization_id: organizationId = '', client_id: clientId = '' } = request.params as Record<
    string,
    string | undefined
  >;
  return { organizationId: organizationId.toLowerCase(), clientId };
}

/** @throws GatehouseError `authentication` for a header that is no Bearer */
function bearerOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  throw new GatehouseError(
    'authentication',
    'The Authorization header is not understood. Send "Bearer" and the token.',
  );
}

/** Where the endpoints of registration say it otherwise than the others. */
const REGISTRATION_ERRORS = {
  authentication: 'invalid_token',
  authorization: 'access_denied',
  limit_reached: 'access_denied',
  validation: 'invalid_client_metadata',
  unsupported_media_type: 'invalid_client_metadata',
  conflict: 'invalid_client_metadata',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** The codes of RFC 6750 §3.1 for the token, those of RFC 7591 §3.2.2 for the rest. */
export function sendRegistrationError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toGatehouseError(thrown);
  switch (error.code) {
    case 'authentication':
      reply.header('www-authenticate', 'Bearer realm="gatehouse", error="invalid_token"');
      return sendStandardRefusal(reply, 401, REGISTRATION_ERRORS[error.code], error.message);
    case 'authorization':
    case 'limit_reached':
      return sendStandardRefusal(reply, 403, REGISTRATION_ERRORS[error.code], error.message);
    case 'validation':
    case 'unsupported_media_type':
    case 'conflict':
      return sendStandardRefusal(reply, 400, REGISTRATION_ERRORS[error.code], error.message);
    default:
      return sendStandardError(thrown, request, reply);
  }
}
