import fastifyMultipart from '@fastify/multipart';
import type {
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  RouteHandlerMethod,
} from 'fastify';
import { renderAnswer } from '../../apis/present/lasting.ts';
import { LIVECHAT_TYPE } from '../../apis/present/livechat_error.ts';
import { type AgentMethod, type CustomerMethod, isOpen } from '../../apis/registry/method.ts';
import { openingScope, reachOf } from '../../apis/registry/opening_scope.ts';
import { validator } from '../../apis/registry/validate.ts';
import type { Services } from '../../apis/services.ts';
import {
  type ApiVersion,
  apiVersions,
  isInVersion,
  lifecycleHeaders,
  STABLE_VERSION,
  versionMapper,
} from '../../apis/versions/versions.ts';
import type { ActionApiName, Payload } from '../../apis/versions/wording.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import { readBody, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { noteClient, watchRefusals } from '../http/refusals.ts';
import { requestInfo } from '../http/request_info.ts';
import { hintAtMetadata, hintAtScope } from '../oauth2/resource_hint.ts';
import { countCall } from './count_call.ts';
import { sendLivechatError } from './livechat_error.ts';
import { withOrganization } from './named_organization.ts';
import { nearestName } from './nearest_name.ts';
import { openRead } from './open_reads.ts';
import { receiveUpload } from './uploads.ts';

export type ActionMethod = AgentMethod | CustomerMethod;

/** LiveChat's own bound is the upload's: 10 MB. Uploads come with a bound of their own. */
const LARGEST_BODY = 1024 * 1024;

/**
 * One of LiveChat's action APIs over HTTP: `POST /v3.6/<api>/action/<method>`, made from the declarations, and
 * the same for its other versions. The version may also come in the header `X-API-Version`; without one it is
 * the stable one. A call is authenticated, then read and validated, then its scopes are checked, then it is handled.
 */
export function actionApi(options: {
  api: ActionApiName;
  methods: readonly ActionMethod[];
  services: Services;
}): FastifyPluginAsync {
  const { api, methods, services } = options;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    allowAnyOrigin(app, api === 'customer' ? ['GET', 'POST', 'OPTIONS'] : ['POST', 'OPTIONS']);
    app.setErrorHandler((error, request, reply) => {
      hintAtScope(reply, error, services.settings, api);
      return sendLivechatError(error, request, reply);
    });
    watchRefusals(app, services.insight.refusals, { endpoint: () => `${api}_api`, names: LIVECHAT_TYPE });
    hintAtMetadata(app, services.settings, api);
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-debug-id', request.id);
      reply.header('cache-control', 'no-store');
      done();
    });

    const refuse = unknownMethod(api, methods);
    const handlers = new Map(
      methods.map((method) => {
        const validate = validator(method.input);
        const versions = apiVersions.filter((version) => isInVersion(version, api, method.name));
        return [
          method.name,
          new Map(versions.map((version) => [version, action(method, version, services, validate)])),
        ];
      }),
    );
    const verbs = new Map(methods.map((method) => [method.name, verbsOf(method)]));
    for (const version of apiVersions) {
      const base = `/v${version}/${api}/action`;
      const serve = (on: FastifyInstance, method: ActionMethod): void => {
        const handler = handlers.get(method.name)?.get(version);
        if (handler)
          on.route({
            method: verbsOf(method),
            url: `${base}/${method.name}`,
            bodyLimit: LARGEST_BODY,
            handler,
          });
      };
      for (const method of methods) if (!method.upload) serve(app, method);
      const uploading = methods.filter(({ upload }) => upload);
      // Bodies of uploads are read as they arrive; those of all others come whole.
      if (uploading.length > 0)
        await app.register(async (uploads) => {
          await uploads.register(fastifyMultipart);
          for (const method of uploading) serve(uploads, method);
        });
      app.all(`${base}/*`, { bodyLimit: LARGEST_BODY }, async (request) => refuse(request, version));
    }

    app.all(`/${api}/action/*`, { bodyLimit: LARGEST_BODY }, async function (request, reply) {
      const version = readVersion(String(request.headers['x-api-version'] ?? STABLE_VERSION));
      const handler = handlers.get(nameIn(request))?.get(version);
      if (!handler || !verbs.get(nameIn(request))?.includes(request.method)) return refuse(request, version);
      return handler.call(this, request, reply);
    });
    app.all(`/:version/${api}/action/*`, { bodyLimit: LARGEST_BODY }, async (request) =>
      readVersion((request.params as { version: string }).version),
    );
  };
}

type Validate = ReturnType<typeof validator<ActionMethod['input']>>;

/** A call's input as it came, and what is to be done with it after the call. */
interface Received {
  input: Record<string, unknown>;
  /** Removes an upload that was not kept. */
  done(): Promise<void>;
}

async function receive(request: FastifyRequest, method: ActionMethod, services: Services): Promise<Received> {
  if (!method.upload) return { input: readBody(request, ['json']), done: async () => {} };
  const file = await receiveUpload(request, services.files);
  return { input: { file }, done: file.discard };
}

function action(
  method: ActionMethod,
  version: ApiVersion,
  services: Services,
  validateStable: Validate,
): RouteHandlerMethod {
  const mapper = versionMapper(version, method.api, method.name);
  const validate: Validate = mapper
    ? (input) => validateStable(mapper.request(input as Payload))
    : validateStable;
  const call = caller(method, services, validate);
  const lifecycle = lifecycleHeaders[version];
  return async (request, reply) => {
    // Before anything can be refused: an old client has to hear it of refusals too.
    if (lifecycle) reply.header(lifecycle.name, lifecycle.until);
    const answer = await call(request, reply);
    reply.header('content-type', 'application/json; charset=utf-8');
    return renderAnswer(mapper ? mapper.answer(answer) : answer);
  };
}

const nameIn = (request: FastifyRequest): string => (request.params as { '*': string })['*'];

/** @throws GatehouseError `unsupported_version` */
function readVersion(text: string): ApiVersion {
  const version = apiVersions.find((known) => known === text || `v${known}` === text);
  if (version) return version;
  throw new GatehouseError(
    'unsupported_version',
    `The version "${text.slice(0, 16)}" is not served. Use v${STABLE_VERSION}.`,
    { data: { supported_versions: [...apiVersions] } },
  );
}

const verbsOf = (method: ActionMethod): string[] => (isOpen(method) ? ['GET', 'POST'] : ['POST']);

function unknownMethod(api: ActionApiName, methods: readonly ActionMethod[]) {
  const names = methods.map(({ name }) => name);
  const called = new Map(
    methods.map((method) => [method.name, isOpen(method) ? 'GET' : 'POST, with a JSON body']),
  );
  return (request: FastifyRequest, version: ApiVersion): never => {
    const name = nameIn(request);
    if (names.includes(name) && !isInVersion(version, api, name))
      throw new GatehouseError(
        'not_found',
        `Version ${version} has no method ${name}; v${STABLE_VERSION} has.`,
      );
    if (names.includes(name))
      throw new GatehouseError(
        'method_not_allowed',
        `${name} is called by ${called.get(name)}; this was ${request.method}.`,
      );
    const nearest = nearestName(name, names);
    throw new GatehouseError(
      'not_found',
      `There is no method "${name.slice(0, 64)}" in this API.${nearest ? ` Did you mean "${nearest}"?` : ''}`,
    );
  };
}

function caller(
  method: ActionMethod,
  services: Services,
  validate: Validate,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  if (isOpen(method)) return openRead(method, services, validate);
  if (method.api === 'customer')
    return async (request, reply) => {
      const customer = await services.grants.authentication.authenticate(
        request.headers.authorization,
        'customer',
        request.ip,
      );
      noteClient(request, customer.clientId);
      countCall(reply, services.limits, 'customer', customer);
      await services.customers.door.check(customer.organization.licenseId, {
        customerId: customer.customerId,
        ip: request.ip,
      });
      const received = await receive(request, method, services);
      try {
        return await method.handler({
          caller: customer,
          input: validate(withOrganization(request, received.input)),
          services,
          request: requestInfo(request),
          reach: 'all',
          scope: undefined,
        });
      } finally {
        await received.done();
      }
    };
  const wanted = method.scopes as readonly ScopeId[];
  return async (request, reply) => {
    const agent = await services.grants.authentication.authenticate(
      request.headers.authorization,
      'agent',
      request.ip,
      method.api,
      { evenSuspended: method.evenSuspended },
    );
    noteClient(request, agent.clientId);
    countCall(reply, services.limits, method.api, agent);
    const scope = openingScope(method.name, agent.scopes, wanted);
    const received = await receive(request, method, services);
    try {
      return await method.handler({
        caller: agent,
        input: validate(received.input),
        services,
        request: requestInfo(request),
        reach: reachOf(scope),
        scope,
      });
    } finally {
      await received.done();
    }
  };
}
