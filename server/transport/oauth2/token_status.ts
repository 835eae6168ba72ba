import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { introspectionAnswer } from '../../oauth/introspection.ts';
import { actorOf } from '../http/request_info.ts';
import { need, type Served, serveEndpoint } from './endpoint.ts';

/** `token_type_hint` is taken and not needed: a token of this server says by itself what it is. */
export const TOKEN_STATUS_PARAMETERS = ['token', 'token_type_hint'] as const;

/** RFC 7009: an app gives a token back. */
export function standardRevoke(app: FastifyInstance, services: Services, served: Served): void {
  const { exchange, revocation } = services.grants;
  serveEndpoint(app, served, exchange, {
    member: 'revocation_endpoint',
    url: '/oauth2/revoke',
    parameters: TOKEN_STATUS_PARAMETERS,
    async handler({ request, reply, form, client }) {
      const token = need(form.token, 'token', 'the access token or refresh token to revoke');
      await revocation.revoke(client, token, actorOf(request));
      return reply.code(200).send();
    },
  });
}

/** RFC 7662: the server of an app asks what a token is worth. */
export function standardIntrospect(app: FastifyInstance, services: Services, served: Served): void {
  const { exchange, introspection } = services.grants;
  serveEndpoint(app, served, exchange, {
    member: 'introspection_endpoint',
    url: '/oauth2/introspect',
    parameters: TOKEN_STATUS_PARAMETERS,
    confidential: true,
    async handler({ form, client }) {
      const token = need(form.token, 'token', 'the token to look at');
      const found = await introspection.introspect(client, token);
      return introspectionAnswer(found, services.settings.publicUrl);
    },
  });
}
