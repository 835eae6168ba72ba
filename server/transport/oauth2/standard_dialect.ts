import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { RefusalEndpoint } from '../../domain/insight/refused_requests.ts';
import { type PagesDeps, pageRoutes } from '../accounts/pages_plugin.ts';
import { takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { watchRefusals } from '../http/refusals.ts';
import { standardAuthorize, standardAuthorizeForm } from './authorize.ts';
import { deviceAuthorization } from './device_authorization.ts';
import { devicePages } from './device_page.ts';
import { endSession } from './end_session.ts';
import type { Served } from './endpoint.ts';
import { keySet } from './jwks.ts';
import { metadataRoutes } from './metadata.ts';
import { pushedRequest } from './pushed_request.ts';
import { clientRegistration, sendRegistrationError } from './registration.ts';
import { STANDARD_OAUTH, sendStandardError } from './standard_error.ts';
import { GRANT_TYPES, standardToken } from './token.ts';
import { standardIntrospect, standardRevoke } from './token_status.ts';
import { userinfo } from './userinfo.ts';

/**
 * The standard dialect: what any OAuth library speaks, over the same clients, grants and tokens as LiveChat's
 * (RFC 6749, 7009, 7591, 7592, 7662, 8414, 8628, 8707, 9126, 9207, 9728; OpenID Connect Core, Discovery and RP-Initiated
 * Logout).
 */
export function standardDialect(deps: PagesDeps): FastifyPluginAsync {
  const { services } = deps;
  const served: Served = { endpoints: {}, grantTypes: GRANT_TYPES, clientAuthentication: {} };
  return async (app) => {
    await app.register(async (pages) => {
      takeBodiesAsBytes(pages);
      const routes = pageRoutes(pages, deps);
      standardAuthorize(routes, services, served);
      standardAuthorizeForm(pages);
      devicePages(routes, services);
      endSession(pages, routes, deps, served);
    });
    await app.register(async (documents) => {
      allowAnyOrigin(documents, ['GET', 'OPTIONS']);
      documents.setErrorHandler(sendStandardError);
      keySet(documents, services, served);
      metadataRoutes(documents, services, served);
    });
    await app.register(async (person) => userinfo(person, services, served));
    await app.register(async (endpoints) => {
      prepareEndpoints(endpoints, services);
      pushedRequest(endpoints, services, served);
      deviceAuthorization(endpoints, services, served);
      standardToken(endpoints, services, served);
      standardRevoke(endpoints, services, served);
      standardIntrospect(endpoints, services, served);
    });
    await app.register(async (clients) => {
      prepareRegistration(clients);
      clientRegistration(clients, services);
    });
  };
}

/** How the log of refused requests calls an address. */
const ENDPOINTS: Record<string, RefusalEndpoint> = {
  '/oauth2/par': 'par',
  '/oauth2/device_authorization': 'device',
  '/oauth2/revoke': 'revoke',
  '/oauth2/introspect': 'introspect',
};

function prepareEndpoints(app: FastifyInstance, services: Services): void {
  takeBodiesAsBytes(app);
  allowAnyOrigin(app, ['POST', 'OPTIONS']);
  app.setErrorHandler(sendStandardError);
  watchRefusals(app, services.insight.refusals, {
    endpoint: ({ routeOptions }) => ENDPOINTS[routeOptions.url ?? ''] ?? 'token',
    names: STANDARD_OAUTH,
  });
  keepOutOfCaches(app);
}

function prepareRegistration(app: FastifyInstance): void {
  takeBodiesAsBytes(app);
  allowAnyOrigin(app, ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
  app.setErrorHandler(sendRegistrationError);
  keepOutOfCaches(app);
}

function keepOutOfCaches(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    // RFC 6749 §5.1.
    reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
    done();
  });
}
