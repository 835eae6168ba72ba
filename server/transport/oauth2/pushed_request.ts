import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { PUSHED_REQUEST_SECONDS } from '../../oauth/pushed_request.ts';
import { tellProblem } from '../http/refusals.ts';
import { AUTHORIZATION_PARAMETERS, standardParameters } from './authorize.ts';
import { type Served, serveEndpoint } from './endpoint.ts';
import { sendStandardRefusal } from './standard_error.ts';

/** RFC 9126: an app sends its authorization request ahead of the browser, which then carries a reference only. */
export function pushedRequest(app: FastifyInstance, services: Services, served: Served): void {
  const { exchange, pushed } = services.grants;
  serveEndpoint(app, served, exchange, {
    member: 'pushed_authorization_request_endpoint',
    url: '/oauth2/par',
    parameters: [...AUTHORIZATION_PARAMETERS, 'login_hint', 'request_uri'],
    async handler({ request, reply, form, client }) {
      if (form.request_uri !== undefined)
        throw new GatehouseError(
          'validation',
          'request_uri is what this endpoint gives. Send the parameters of the request themselves.',
        );
      const parameters = standardParameters(form, services.settings.publicUrl);
      parameters.client_id = client.known.client.clientId;
      const stored = await pushed.push(client, parameters, request.ip);
      if (!stored.ok) {
        const { exception, check } = stored.problem;
        tellProblem(services.insight.refusals, request, 'par', client.known, stored.problem);
        request.log.info({ client_id: parameters.client_id, exception, check }, 'pushed request refused');
        return sendStandardRefusal(reply, 400, exception, check);
      }
      reply.code(201);
      return { request_uri: stored.value, expires_in: PUSHED_REQUEST_SECONDS };
    },
  });
}
