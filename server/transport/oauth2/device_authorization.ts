import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { isGatehouseError } from '../../kernel/errors.ts';
import { showUserCode } from '../../oauth/standard_user_code.ts';
import { paths } from '../../pages/paths.ts';
import { tellProblem } from '../http/refusals.ts';
import { type Served, serveEndpoint } from './endpoint.ts';
import { sendStandardRefusal } from './standard_error.ts';
import { readResources } from './token.ts';

export const DEVICE_PARAMETERS = ['scope', 'resource'] as const;

/** RFC 8628 §3.1: a device without a browser asks for a code that a person takes to one. */
export function deviceAuthorization(app: FastifyInstance, services: Services, served: Served): void {
  const { exchange, devices } = services.grants;
  serveEndpoint(app, served, exchange, {
    member: 'device_authorization_endpoint',
    url: '/oauth2/device_authorization',
    parameters: DEVICE_PARAMETERS,
    async handler({ request, reply, form, client }) {
      const issuer = services.settings.publicUrl;
      const resources = readResources(form.resource, issuer);
      const started = await devices
        .start(client, { scope: form.scope, resources, issuer }, request.ip)
        .catch((error: unknown) => {
          if (isGatehouseError(error) && error.code === 'too_many_requests') return error;
          throw error;
        });
      // In the words that devices know (RFC 8628 §3.5), with the status and the header that everybody knows.
      if (isGatehouseError(started)) {
        reply.header('retry-after', String(started.retryAfterSeconds ?? 60));
        return sendStandardRefusal(reply, 429, 'slow_down', started.message);
      }
      if (!started.ok) {
        const { exception, check } = started.problem;
        tellProblem(services.insight.refusals, request, 'device', client.known, started.problem);
        request.log.info({ client_id: client.known.client.clientId, exception, check }, 'device refused');
        return sendStandardRefusal(reply, 400, exception, check);
      }
      const { deviceCode, userCode, expiresInSeconds, intervalSeconds } = started.value;
      const shown = showUserCode(userCode);
      return {
        device_code: deviceCode,
        user_code: shown,
        verification_uri: issuer + paths.device,
        verification_uri_complete: `${issuer}${paths.device}?user_code=${shown}`,
        expires_in: expiresInSeconds,
        interval: intervalSeconds,
      };
    },
  });
}
