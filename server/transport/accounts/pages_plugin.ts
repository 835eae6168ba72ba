import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { Account } from '../../domain/identity/records.ts';
import { type GatehouseError, GatehouseError as Refusal } from '../../kernel/errors.ts';
import { type ErrorKind, errorPage } from '../../pages/error_page.ts';
import type { PageContext } from '../../pages/layout.ts';
import { readBody, readQuery } from '../http/body.ts';
import type { BrowserContext, Browsers } from '../http/browser.ts';
import { HTTP_STATUS, toGatehouseError } from '../http/error_mapping.ts';
import { watchRefusals } from '../http/refusals.ts';
import { pagePolicy } from '../http/security_headers.ts';
import { LIVECHAT_OAUTH } from '../oauth/oauth_error.ts';
import type { PageAssets } from './page_assets.ts';

export interface PagesDeps {
  services: Services;
  browsers: Browsers;
  assets: PageAssets;
}

/** A request for a page, with all that is known of the browser behind it. */
export interface PageRequest {
  request: FastifyRequest;
  reply: FastifyReply;
  browser: BrowserContext;
  query: Record<string, string>;
  /** Of a POST whose CSRF token was right. */
  form: Record<string, string>;
  context: PageContext;
}

const UNKNOWN_BROWSER: BrowserContext = {
  browserId: '',
  active: undefined,
  attemptCookie: undefined,
  csrfToken: '',
};

type PageHandler = (page: PageRequest) => Promise<FastifyReply | string>;

const LARGEST_FORM = 64 * 1024;
const LARGEST_FOREIGN_FORM = 320 * 1024;

/** Routes of server-rendered pages: cookies, CSRF, headers and error pages are here, once. */
export interface PageRoutes {
  get(path: string, handler: PageHandler): void;
  post(path: string, handler: PageHandler): void;
  /** A form that another site sends by the person's browser: no cookie comes with it, and no CSRF token can. */
  postFromElsewhere(path: string, handler: PageHandler): void;
}

export function pageRoutes(app: FastifyInstance, deps: PagesDeps): PageRoutes {
  app.setErrorHandler((error, request, reply) => sendErrorPage(deps, error, request, reply));
  // Only authorization requests name an app.
  watchRefusals(app, deps.services.insight.refusals, { endpoint: () => 'authorize', names: LIVECHAT_OAUTH });

  async function open(request: FastifyRequest, reply: FastifyReply): Promise<PageRequest> {
    return pageOf(request, reply, await deps.browsers.read(request, reply));
  }

  function pageOf(request: FastifyRequest, reply: FastifyReply, browser: BrowserContext): PageRequest {
    pagePolicy(reply);
    reply.header('cache-control', 'no-store').header('content-type', 'text/html; charset=utf-8');
    return {
      request,
      reply,
      browser,
      query: readQuery(request),
      form: {},
      context: pageContext(deps, browser),
    };
  }

  return {
    get(path, handler) {
      app.get(path, async (request, reply) => {
        const page = await open(request, reply);
        // A page of a flow may end in a code, which must not be issued for who only asks for the headers.
        if (request.method === 'HEAD' && page.query.handle !== undefined)
          throw new Refusal('method_not_allowed', 'This address is opened by GET.');
        return handler(page);
      });
    },
    post(path, handler) {
      app.post(path, { bodyLimit: LARGEST_FORM }, async (request, reply) => {
        const page = await open(request, reply);
        const form = readBody(request, ['form']) as Record<string, string>;
        deps.browsers.checkCsrf(page.browser, form.csrf_token);
        return handler({ ...page, form });
      });
    },
    postFromElsewhere(path, handler) {
      app.post(path, { bodyLimit: LARGEST_FOREIGN_FORM }, async (request, reply) => {
        // The browser keeps its cookies to itself, and must not be given others in their place.
        const page = pageOf(request, reply, UNKNOWN_BROWSER);
        return handler({ ...page, form: readBody(request, ['form']) as Record<string, string> });
      });
    },
  };
}

export function pageContext(
  { services, assets }: PagesDeps,
  browser: BrowserContext | undefined,
): PageContext {
  const account: Account | undefined = browser?.active?.account;
  return {
    assets,
    csrfToken: browser?.csrfToken,
    productName: services.settings.productName,
    signedInAs: account && { name: account.name, email: account.email },
    developmentMode: services.settings.developmentMode,
  };
}

const PAGES: Partial<Record<GatehouseError['code'], ErrorKind>> = {
  validation: 400,
  authorization: 403,
  missing_access: 403,
  not_found: 404,
  method_not_allowed: 405,
  entity_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  service_unavailable: 503,
  internal: 500,
};

/** A page for whatever went wrong; what is unexpected is logged and says nothing. */
export function sendErrorPage(
  deps: PagesDeps,
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = toGatehouseError(thrown);
  if (error.code === 'internal') request.log.error({ err: error.cause ?? error }, 'internal error');
  const kind = error.reason === 'csrf_token_wrong' ? 'csrf' : (PAGES[error.code] ?? 400);
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  pagePolicy(reply)
    .code(HTTP_STATUS[error.code])
    .header('cache-control', 'no-store')
    .header('content-type', 'text/html; charset=utf-8');
  return reply.send(
    errorPage(pageContext(deps, undefined), {
      kind,
      requestId: request.id,
      retryAfterSeconds: error.retryAfterSeconds,
      ...(error.code === 'internal' || kind === 'csrf' ? {} : { detail: error.message }),
    }),
  );
}

/** Where a person goes who must log in first; comes back afterwards. */
export function signInFirst(reply: FastifyReply, next: string): FastifyReply {
  return reply.redirect(`/signin?next=${encodeURIComponent(next)}`, 303);
}

/** A path of this server to go on to; anything that could lead elsewhere counts as none. */
export function safeNext(next: string | undefined): string | undefined {
  if (next === undefined || next.length > 2048) return undefined;
  return /^\/(?![/\\])[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*$/.test(next) ? next : undefined;
}
