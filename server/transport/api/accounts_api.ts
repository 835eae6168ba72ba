import type { FastifyInstance, FastifyPluginAsync, RouteHandlerMethod } from 'fastify';
import type { AccountsMethod } from '../../apis/registry/method.ts';
import { openingScope, reachOf } from '../../apis/registry/opening_scope.ts';
import { validator } from '../../apis/registry/validate.ts';
import type { Services } from '../../apis/services.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import { takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { noteClient, watchRefusals } from '../http/refusals.ts';
import { requestInfo } from '../http/request_info.ts';
import { readInput } from '../http/rest_input.ts';
import { refuseOtherVerbs } from '../http/rest_verbs.ts';
import { LIVECHAT_OAUTH, sendOauthError } from '../oauth/oauth_error.ts';
import { hintAtMetadata, hintAtScope } from '../oauth2/resource_hint.ts';
import { countCall } from './count_call.ts';

const LARGEST_BODY = 256 * 1024;

/**
 * The Global Accounts API, made from the declarations: REST under `/v2`, opened by an agent's access token or a
 * personal access token. A customer's token is refused with words.
 */
export function accountsApi(options: {
  methods: readonly AccountsMethod[];
  services: Services;
}): FastifyPluginAsync {
  const { methods, services } = options;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    allowAnyOrigin(app, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
    app.setErrorHandler((error, request, reply) => {
      hintAtScope(reply, error, services.settings, 'server');
      return sendOauthError(error, request, reply);
    });
    watchRefusals(app, services.insight.refusals, { endpoint: () => 'accounts_api', names: LIVECHAT_OAUTH });
    hintAtMetadata(app, services.settings, 'server');
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store');
      done();
    });
    for (const method of methods)
      app.route({
        method: method.http.method,
        url: method.http.path,
        bodyLimit: LARGEST_BODY,
        handler: handlerOf(method, services),
      });
    refuseOtherVerbs(app, methods, LARGEST_BODY);
  };
}

function handlerOf(method: AccountsMethod, services: Services): RouteHandlerMethod {
  const validate = validator(method.input);
  return async (request, reply) => {
    const { authorization } = request.headers;
    const agent = await services.grants.authentication.authenticate(authorization, 'agent', request.ip);
    noteClient(request, agent.clientId);
    countCall(reply, services.limits, 'accounts', agent);
    if (method.bearerOnly && agent.credential === 'personal_access_token')
      throw new GatehouseError(
        'authorization',
        `${method.name} takes an access token (Bearer), and no personal access token.`,
        { reason: 'personal_access_token' },
      );
    const scope = openingScope(method.name, agent.scopes, method.scopes as readonly ScopeId[]);
    const answer = await method.handler({
      caller: agent,
      input: validate(readInput(request, {}, ['json', 'form'])),
      services,
      request: requestInfo(request),
      reach: reachOf(scope),
      scope,
    });
    reply.code(method.http.status ?? 200).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(answer);
  };
}
