import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Services } from '../../apis/services.ts';
import type { IssuedCustomerToken } from '../../domain/grants/customer_tokens.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { readBody, readQuery, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { requestInfo } from '../http/request_info.ts';
import { validator } from '../http/validate.ts';
import { sendOauthError } from './oauth_error.ts';

const LARGEST_BODY = 64 * 1024;
const text = () => Type.Optional(Type.String({ maxLength: 4096 }));

const readCustomerTokenRequest = validator(
  Type.Object({
    grant_type: Type.String({ maxLength: 128 }),
    client_id: Type.String({ minLength: 1, maxLength: 128 }),
    response_type: text(),
    entity_id: text(),
    organization_id: text(),
    redirect_uri: text(),
    expires_in: Type.Optional(Type.Union([Type.Integer(), Type.String({ pattern: '^[0-9]{1,9}$' })])),
  }),
);

/** LiveChat's Customer Accounts API (docs: authorization/customer-authorization): tokens of customers. */
export function customerEndpoints(services: Services): FastifyPluginAsync {
  const { customers, authentication } = services.grants;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    allowAnyOrigin(app, ['GET', 'POST', 'DELETE', 'OPTIONS']);
    app.setErrorHandler((error, request, reply) => sendOauthError(error, request, reply));
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      done();
    });

    app.post('/v2/customer/token', { bodyLimit: LARGEST_BODY }, async (request) => {
      const body = readCustomerTokenRequest(readBody(request, ['json', 'form']));
      if (body.response_type && body.response_type !== 'token')
        throw new GatehouseError('validation', '`response_type` should be "token".', {
          fields: [{ field: 'response_type', message: 'It should be "token".' }],
        });
      if (body.grant_type !== 'agent_token')
        throw new GatehouseError(
          'unsupported_grant_type',
          `grant_type is "${body.grant_type.replace(/[^\x20-\x7e]/g, '?').slice(0, 64)}". It should be agent_token.`,
        );
      const agent = await authentication.authenticate(request.headers.authorization, 'agent', request.ip);
      if (body.organization_id && body.organization_id !== agent.organization.id)
        throw new GatehouseError(
          'validation',
          '`organization_id` is not the organization of the access token.',
          {
            fields: [{ field: 'organization_id', message: 'Leave it out, or send that of the token.' }],
          },
        );
      const issued = await customers.byAgentToken(
        agent,
        {
          clientId: body.client_id,
          entityId: body.entity_id || undefined,
          expiresIn: body.expires_in === undefined ? undefined : Number(body.expires_in),
        },
        requestInfo(request),
      );
      return answer(issued);
    });

    app.get('/v2/customer/info', async (request) => {
      const found = await customers.inspect(presentedToken(request));
      if (found) return answer(found);
      throw new GatehouseError('authentication', 'This is not a live access token of a customer.');
    });

    app.delete('/v2/customer/token', { bodyLimit: LARGEST_BODY }, async (request) => {
      if (await customers.revoke(presentedToken(request))) return {};
      throw new GatehouseError('authentication', 'This is not a live access token of a customer.');
    });
  };
}

function answer(issued: IssuedCustomerToken): Record<string, unknown> {
  return {
    access_token: issued.accessToken,
    client_id: issued.clientId,
    entity_id: issued.customerId,
    expires_in: issued.expiresInSeconds,
    organization_id: issued.organizationId,
    token_type: 'Bearer',
  };
}

function presentedToken(request: FastifyRequest): string {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? readQuery(request).code;
  if (token) return token;
  throw new GatehouseError(
    'authentication',
    'No token came. Send it as "Authorization: Bearer <token>", or as the parameter `code`.',
  );
}
