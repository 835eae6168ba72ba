import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../apis/services.ts';
import { credentialProblem } from '../../domain/grants/authentication.ts';
import type { CookieGrantAnswer } from '../../domain/grants/customer_cookie_grant.ts';
import type { IssuedCustomerToken } from '../../domain/grants/customer_tokens.ts';
import { MICROS_PER_SECOND } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { readQuery, takeBodiesAsBytes } from '../http/body.ts';
import { allowAnyOrigin } from '../http/cross_origin.ts';
import { watchRefusals } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import {
  allowRegisteredPages,
  openToAnyPage,
  openToNoPage,
  openToPage,
  originOf,
} from './customer_cross_origin.ts';
import { type CustomerTokenRequest, readTokenRequest, readTransferRequest } from './customer_requests.ts';
import { LIVECHAT_OAUTH, sendOauthError } from './oauth_error.ts';

const LARGEST_BODY = 64 * 1024;
const TOKEN = '/v2/customer/token';
/** LiveChat's specification ends it with a slash, its guide and SDK do not. */
const GROUP_TOKENS = [
  '/v2/customer/:organization_id/:group_id/token',
  '/v2/customer/:organization_id/:group_id/token/',
];
const INFO = '/v2/customer/info';
const TRANSFER = '/v2/customer/identity_transfer';

/** LiveChat's names of the customer's cookies. */
const CUSTOMER_COOKIE = '__lc_cid';
const SECRET_COOKIE = '__lc_cst';
const COOKIE_SECONDS = 63_072_000;

/** LiveChat's Customer Accounts API (docs: authorization/customer-authorization): tokens of customers. */
export function customerEndpoints(services: Services): FastifyPluginAsync {
  const { customers, authentication } = services.grants;

  async function issue(
    wanted: CustomerTokenRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<IssuedCustomerToken> {
    if (wanted.grantType === 'cookie') return issueByCookie(wanted, request, reply);
    openToAnyPage(reply);
    if (wanted.grantType === 'agent_token') {
      const agent = await authentication.authenticate(
        request.headers.authorization,
        'agent',
        request.ip,
        'customer',
      );
      return customers.byAgentToken(agent, wanted, actorOf(request));
    }
    const { code } = wanted;
    if (code === undefined)
      throw new GatehouseError('validation', '`code` is missing. Send the identity transfer token.', {
        fields: [{ field: 'code', message: 'It is missing.' }],
      });
    return customers.transfers.exchange({ ...wanted, code }, actorOf(request));
  }

  /** The only grant whose right is the browser's own, so that foreign pages must not use it or read its answer. */
  async function issueByCookie(
    wanted: CustomerTokenRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<IssuedCustomerToken> {
    const page = await customers.cookie.page(wanted.clientId, originOf(request));
    if (page.originRegistered && page.origin !== undefined) openToPage(reply, page.origin);
    else openToNoPage(reply);
    const { [CUSTOMER_COOKIE]: id, [SECRET_COOKIE]: secret } = request.cookies;
    const cookies = id && secret ? { id, secret } : undefined;
    const answer = await customers.cookie.issue(page, { ...wanted, cookies }, actorOf(request));
    setCookies(reply, answer);
    return answer.issued;
  }

  async function tokenRoutes(app: FastifyInstance): Promise<void> {
    allowRegisteredPages(app, {
      urls: [TOKEN, ...GROUP_TOKENS],
      methods: ['POST', 'DELETE', 'OPTIONS'],
      isKnownOrigin: customers.isKnownOrigin,
    });
    for (const url of [TOKEN, ...GROUP_TOKENS])
      app.post(url, { bodyLimit: LARGEST_BODY }, async (request, reply) =>
        tokenAnswer(await issue(readTokenRequest(request), request, reply)),
      );
    app.delete(TOKEN, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
      openToAnyPage(reply);
      if (await customers.revoke(presentedToken(request))) return {};
      throw new GatehouseError('authentication', 'This is not a live access token of a customer.');
    });
    refuseMethods(app, [TOKEN], ['GET', 'PUT', 'PATCH']);
    refuseMethods(app, GROUP_TOKENS, ['GET', 'PUT', 'PATCH', 'DELETE']);
  }

  async function otherRoutes(app: FastifyInstance): Promise<void> {
    allowAnyOrigin(app, ['GET', 'POST', 'OPTIONS']);
    // A preflight is answered by the hook, which runs where there is a route.
    for (const url of [INFO, TRANSFER]) app.options(url, async (_request, reply) => reply.code(204).send());

    app.get(INFO, async (request) => {
      const found = await customers.inspect(presentedToken(request));
      if (found) return tokenAnswer(found);
      throw new GatehouseError('authentication', 'This is not a live access token of a customer.');
    });

    app.post(TRANSFER, { bodyLimit: LARGEST_BODY }, async (request) => {
      const wanted = readTransferRequest(request);
      const bearer = await bearerOf(request, wanted.bearerType);
      const { token, expiresInSeconds } = await customers.transfers.create(bearer, wanted, actorOf(request));
      return { identity_transfer_token: token, expires_in: expiresInSeconds };
    });
    refuseMethods(app, [INFO], ['POST', 'PUT', 'PATCH', 'DELETE']);
    refuseMethods(app, [TRANSFER], ['GET', 'PUT', 'PATCH', 'DELETE']);
  }

  async function bearerOf(request: FastifyRequest, type: 'agent' | 'customer') {
    const { authorization } = request.headers;
    try {
      return type === 'agent'
        ? await authentication.authenticate(authorization, 'agent', request.ip, 'customer')
        : await authentication.authenticate(authorization, 'customer', request.ip);
    } catch (error) {
      const problem = credentialProblem(error);
      const words = problem && MISNAMED_BEARER[problem];
      if (!words || !isGatehouseError(error)) throw error;
      const { reason, refusal } = error;
      throw new GatehouseError('authentication', words, {
        ...(reason === undefined ? {} : { reason }),
        ...(refusal ? { refusal } : {}),
      });
    }
  }

  return async (app: FastifyInstance) => {
    takeBodiesAsBytes(app);
    app.setErrorHandler((error, request, reply) => sendOauthError(error, request, reply));
    watchRefusals(app, services.insight.refusals, {
      endpoint: () => 'customer_token',
      names: LIVECHAT_OAUTH,
    });
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
      done();
    });
    await app.register(tokenRoutes);
    await app.register(otherRoutes);
  };
}

/** Here both families are taken, so that the usual words would mislead. */
const MISNAMED_BEARER: Partial<Record<NonNullable<ReturnType<typeof credentialProblem>>, string>> = {
  agentOnCustomer:
    'bearer_type is customer, and the token is an agent\'s. Send "bearer_type": "agent", or a customer\'s access token.',
  customerOnAgent:
    'bearer_type is agent, and the token is a customer\'s. Send "bearer_type": "customer", or an agent\'s access token.',
  personalOnCustomer:
    "A personal access token is no customer's. Send the access token that the app got for its customer.",
};

function refuseMethods(
  app: FastifyInstance,
  urls: readonly string[],
  methods: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[],
): void {
  for (const url of urls)
    app.route({
      method: [...methods],
      url,
      bodyLimit: LARGEST_BODY,
      handler: async (request) => {
        throw new GatehouseError('method_not_allowed', `This address does not take ${request.method}.`);
      },
    });
}

/**
 * Sets the cookies as LiveChat documents them. `Secure` also on a development server without https: browsers
 * make an exception for `localhost`, and other pages could not send the cookies otherwise (`SameSite=None`).
 */
function setCookies(reply: FastifyReply, { cookies, cookiesExpireAt }: CookieGrantAnswer): void {
  const attributes = {
    path: '/v2/customer',
    httpOnly: true,
    secure: true,
    sameSite: 'none',
    maxAge: COOKIE_SECONDS,
    expires: new Date(cookiesExpireAt / (MICROS_PER_SECOND / 1000)),
  } as const;
  reply.setCookie(CUSTOMER_COOKIE, cookies.id, attributes);
  reply.setCookie(SECRET_COOKIE, cookies.secret, attributes);
}

function tokenAnswer(issued: IssuedCustomerToken): Record<string, unknown> {
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
