import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ConsoleCaller } from '../../apis/registry/caller.ts';
import type { ConsoleMethod } from '../../apis/registry/method.ts';
import { validator } from '../../apis/registry/validate.ts';
import type { Services } from '../../apis/services.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { takeBodiesAsBytes } from '../http/body.ts';
import type { BrowserContext, Browsers } from '../http/browser.ts';
import { requestInfo } from '../http/request_info.ts';
import { readInput } from '../http/rest_input.ts';
import { refuseOtherVerbs } from '../http/rest_verbs.ts';
import { checkAccess } from './console_access.ts';
import { consoleCaller } from './console_caller.ts';
import { sendConsoleError } from './console_error.ts';
import { checkTokenScopes, tokenCaller } from './console_token.ts';

const BASE = '/console/api';
/** An app's picture may have as much; 50 redirect URIs of 2048 characters have less than half. */
const LARGEST_BODY = 256 * 1024;

/**
 * The Developer Console's JSON API, made from the declarations. A call is opened by the session cookie and,
 * unless it only reads, by the CSRF token in a header, or by a personal access token; then come its person's
 * role, its input and its handler.
 */
export function consoleApi(options: {
  services: Services;
  browsers: Browsers;
  methods: readonly ConsoleMethod[];
}): FastifyPluginAsync {
  const { services, browsers, methods } = options;
  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    app.setErrorHandler((error, request, reply) => sendConsoleError(error, request, reply));
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store');
      done();
    });

    for (const method of methods)
      app.route({
        method: method.http.method,
        url: method.http.path,
        bodyLimit: LARGEST_BODY,
        handler: handlerOf(method, services, browsers),
      });

    refuseOtherVerbs(app, methods, LARGEST_BODY);

    const unknown = async (): Promise<never> => {
      throw new GatehouseError('not_found', 'The Console API has nothing at this address.');
    };
    app.all(BASE, { bodyLimit: LARGEST_BODY }, unknown);
    app.all(`${BASE}/*`, { bodyLimit: LARGEST_BODY }, unknown);
  };
}

function handlerOf(method: ConsoleMethod, services: Services, browsers: Browsers) {
  const validate = validator(method.input);
  const { status = 200, path } = method.http;
  const fileName = /\/([a-z_]+\.json)$/.exec(path)?.[1];

  async function callerOf(
    of: ConsoleMethod,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ConsoleCaller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const { caller, scopes } = await tokenCaller(services, authorization, request.ip);
      checkAccess(of, caller);
      checkTokenScopes(of, scopes);
      return caller;
    }
    const browser = await browsers.read(request, reply);
    const caller = await consoleCaller(services.identity, browser);
    if (of.http.method !== 'GET') checkCsrf(browsers, browser, request);
    checkAccess(of, caller);
    return caller;
  }

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const caller = await callerOf(method, request, reply);
    const input = validate(readInput(request, method));
    const answer = await method.handler({
      caller,
      input,
      services,
      request: requestInfo(request),
      reach: 'all',
      scope: undefined,
    });
    reply.code(status);
    if (status === 204) return reply.send();
    reply.header('content-type', 'application/json; charset=utf-8');
    // An address that ends like a file is one, to be kept by the browser.
    if (fileName) reply.header('content-disposition', `attachment; filename="${fileName}"`);
    return JSON.stringify(answer);
  };
}

/** A foreign page can make the browser send the cookie, but not this header. */
function checkCsrf(browsers: Browsers, browser: BrowserContext, request: FastifyRequest): void {
  try {
    browsers.checkCsrf(browser, request.headers['x-csrf-token']);
  } catch (error) {
    if (!isGatehouseError(error)) throw error;
    throw new GatehouseError(
      'authorization',
      "The header x-csrf-token is missing or is another session's. Read /console/api/session again and send its csrf_token.",
      { reason: 'csrf_token_wrong' },
    );
  }
}
