import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { isCreated } from '../../apis/registry/created.ts';
import type { AccountsMethod } from '../../apis/registry/method.ts';
import { openingScope, reachOf } from '../../apis/registry/opening_scope.ts';
import { validator } from '../../apis/registry/validate.ts';
import type { Services } from '../../apis/services.ts';
import type { AuthenticatedAgent } from '../../domain/grants/authentication.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import { readQuery, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { noteClient, watchRefusals } from '../http/refusals.ts';
import { requestInfo } from '../http/request_info.ts';
import { readInput } from '../http/rest_input.ts';
import { refuseOtherVerbs } from '../http/rest_verbs.ts';
import { LIVECHAT_OAUTH, sendOauthError } from '../oauth/oauth_error.ts';
import { hintAtMetadata, hintAtScope } from '../oauth2/resource_hint.ts';
import { countCall } from './count_call.ts';
import { receiveSmallFile } from './small_file.ts';

/** A company's tagline and logo may have 64 KB each. */
const LARGEST_BODY = 256 * 1024;
/** A picture of one megabyte, and what stands around it in a form. */
const LARGEST_FORM = 1024 * 1024 + 64 * 1024;

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
    const serve = (place: FastifyInstance, method: AccountsMethod): unknown =>
      place.route({
        method: method.http.method,
        url: method.http.path,
        bodyLimit: method.formFile === undefined ? LARGEST_BODY : LARGEST_FORM,
        handler: handlerOf(method, services),
      });
    const [plain, withFile] = [
      methods.filter(({ formFile }) => formFile === undefined),
      methods.filter(({ formFile }) => formFile !== undefined),
    ];
    for (const method of plain) serve(app, method);
    await app.register(async (forms) => {
      await forms.register(fastifyMultipart);
      for (const method of withFile) serve(forms, method);
    });
    refuseOtherVerbs(app, methods, LARGEST_BODY);
  };
}

function handlerOf(method: AccountsMethod, services: Services): RouteHandlerMethod {
  const validate = validator(method.input);
  const { status = 200 } = method.http;
  return async (request, reply) => {
    const { authorization } = request.headers;
    // An open method hands on that nobody came; its declaration has the type for it.
    const agent =
      method.open && authorization === undefined
        ? (undefined as unknown as AuthenticatedAgent)
        : await services.grants.authentication.authenticate(authorization, 'agent', request.ip);
    if (agent) {
      noteClient(request, agent.clientId);
      countCall(reply, services.limits, 'accounts', agent);
    }
    if (method.bearerOnly && agent.credential === 'personal_access_token')
      throw new GatehouseError(
        'authorization',
        `${method.name} takes an access token (Bearer), and no personal access token.`,
        { reason: 'personal_access_token' },
      );
    const scope = agent && openingScope(method.name, agent.scopes, method.scopes as readonly ScopeId[]);
    const answer = await method.handler({
      caller: agent,
      input: validate(await receive(request, method)),
      services,
      request: requestInfo(request),
      reach: reachOf(scope),
      scope,
    });
    if (status === 204) return reply.code(204).send();
    reply.code(isCreated(answer) ? 201 : status).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(answer);
  };
}

async function receive(request: FastifyRequest, method: AccountsMethod): Promise<Record<string, unknown>> {
  if (method.formFile === undefined || !request.isMultipart?.())
    return readInput(request, {}, ['json', 'form']);
  const form = await receiveSmallFile(request, method.formFile);
  return { ...readQuery(request), ...form, ...(request.params as Record<string, string>) };
}
