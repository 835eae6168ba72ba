import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { rawBody, readBody, readQuery, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';
import type { Served } from './endpoint.ts';
import { hintAtMetadata } from './resource_hint.ts';
import { sendStandardRefusal } from './standard_error.ts';

const URL = '/oauth2/userinfo';
const LARGEST_BODY = 64 * 1024;

/** Who is behind an access token (OpenID Connect Core 1.0 §5.3). The token comes in the header alone. */
export function userinfo(app: FastifyInstance, services: Services, served: Served): void {
  const { authentication } = services.grants;
  served.endpoints.userinfo_endpoint = URL;
  takeBodiesAsBytes(app);
  allowAnyOrigin(app, ['GET', 'POST', 'OPTIONS']);
  hintAtMetadata(app, services.settings, 'server');
  app.setErrorHandler(sendBearerError);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
    done();
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    refuseTokenElsewhere(request);
    const { authorization } = request.headers;
    if (authorization !== undefined && !/^Bearer /i.test(authorization))
      throw new GatehouseError(
        'authentication',
        'This endpoint takes "Authorization: Bearer <access_token>".',
      );
    const agent = await authentication.authenticate(authorization, 'agent', request.ip);
    if (!agent.scopes.has('openid'))
      throw new GatehouseError('missing_access', 'The access token does not have the scope openid.');
    reply.header('content-type', 'application/json; charset=utf-8');
    const { organization, accountId, scopes } = agent;
    return JSON.stringify(await services.openid.userinfo(organization.licenseId, accountId, scopes));
  };
  app.get(URL, answer);
  app.post(URL, { bodyLimit: LARGEST_BODY }, answer);
  // OPTIONS is answered before it comes here, by the cross-origin rules.
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: URL,
    bodyLimit: LARGEST_BODY,
    handler: async (request, reply) => {
      reply.header('allow', 'GET, POST, OPTIONS');
      throw new GatehouseError('method_not_allowed', `${URL} takes GET or POST, not ${request.method}.`);
    },
  });
}

/** RFC 6750 §2.2 and §2.3 are other ways to send a token; in an address it would be logged. */
function refuseTokenElsewhere(request: FastifyRequest): void {
  const form = rawBody(request).length === 0 ? {} : readBody(request, ['form']);
  if ('access_token' in readQuery(request) || 'access_token' in form)
    throw new GatehouseError(
      'validation',
      'Send the access token in the header Authorization, not as a parameter.',
    );
}

/** RFC 6750 §3.1. What a 401 says in its header, `hintAtMetadata` adds. */
function sendBearerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  if (error.code === 'authentication') return sendStandardRefusal(reply, 401, 'invalid_token', error.message);
  if (error.code === 'missing_access') {
    reply.header('www-authenticate', 'Bearer realm="gatehouse", error="insufficient_scope", scope="openid"');
    return sendStandardRefusal(reply, 403, 'insufficient_scope', error.message);
  }
  if (error.code === 'internal' || error.code === 'service_unavailable')
    return sendStandardRefusal(reply, HTTP_STATUS[error.code], 'server_error', error.message);
  const status =
    HTTP_STATUS[error.code] === 405 || HTTP_STATUS[error.code] === 413 ? HTTP_STATUS[error.code] : 400;
  return sendStandardRefusal(reply, status, 'invalid_request', error.message);
}
