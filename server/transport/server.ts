import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { registry } from '../apis/registry/registry.ts';
import type { Services } from '../apis/services.ts';
import type { Clock, MovableClock } from '../kernel/clock.ts';
import { GatehouseError } from '../kernel/errors.ts';
import type { Keyring } from '../kernel/keyring.ts';
import type { Random } from '../kernel/random.ts';
import { accountsPages } from './accounts/accounts_pages.ts';
import { type PageAssets, pageAssets } from './accounts/page_assets.ts';
import { type PagesDeps, sendErrorPage } from './accounts/pages_plugin.ts';
import { accountsApi } from './api/accounts_api.ts';
import { actionApi } from './api/action_api.ts';
import { avatars } from './api/avatars.ts';
import { consentPreview } from './console/consent_preview.ts';
import { consoleApi } from './console/console_api.ts';
import { appIcons } from './console/icons.ts';
import { docsRoutes } from './docs/docs_routes.ts';
import { rendererOf } from './error_renderers.ts';
import { fileRoutes } from './files/file_routes.ts';
import { logRequests } from './http/access_log.ts';
import { takeBodiesAsBytes } from './http/body.ts';
import { browsers } from './http/browser.ts';
import { countUsage } from './http/count_usage.ts';
import { measureRequests, type RequestMeter } from './http/measure.ts';
import { addSecurityHeaders, everywhere } from './http/security_headers.ts';
import { refuseUnreadable } from './http/unreadable.ts';
import { customerEndpoints } from './oauth/customer_endpoints.ts';
import { tokenEndpoints } from './oauth/token_endpoints.ts';
import { standardDialect } from './oauth2/standard_dialect.ts';
import { developmentRoutes } from './operations/development.ts';
import { type Health, healthRoutes } from './operations/health.ts';
import { chatPage } from './web/chat_page.ts';
import { webApp } from './web/web_app.ts';

export interface TransportOptions {
  services: Services;
  clock: Clock;
  /** Set in development mode alone. */
  movableClock: MovableClock | undefined;
  keyring: Keyring;
  random: Random;
  health: Health;
  /** Certificate and key, where the server speaks https by itself. */
  tls?: { cert: string; key: string } | undefined;
  logger: FastifyBaseLogger | false;
  trustProxy: string[];
  /** Folders of the built web pages. */
  built: { console: string; inbox: string; chat: string };
  /** Folder of the pages' style sheet, script and mark. */
  assetsFolder: string;
  /** Folder of the guides. */
  docsFolder: string;
  /** Hears how requests end, where somebody wants to know. */
  meter?: RequestMeter | undefined;
  /** Hears of each address that is served, so that tests need no list of their own. */
  onRoute?: ((route: ServedRoute) => void) | undefined;
}

/** One address with one method, in the router's notation. */
export interface ServedRoute {
  method: string;
  url: string;
}

/** A client that sends its request more slowly than this is cut off. */
const REQUEST_TIMEOUT = 30_000;
const KEEP_ALIVE_TIMEOUT = 72_000;
/** The head of a request fits into a few packets: who needs longer than this holds a connection and nothing else. */
const HEADERS_TIMEOUT = 10_000;
/** How often slow connections are looked for: often, so that a thousand of them are not cut off in one go. */
const CHECKING_INTERVAL = 250;
/** More are closed as they come. One that only waits costs some 20 KB. */
const MOST_CONNECTIONS = 10_000;

/** All surfaces on one HTTP server, one encapsulated plugin each. */
export async function createServer(options: TransportOptions): Promise<FastifyInstance> {
  const { services, clock, keyring, random, built } = options;
  const https = services.settings.publicUrl.startsWith('https:');
  const timeouts = { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CHECKING_INTERVAL };
  // The framework types the two listeners apart; nothing here makes a difference between them.
  const listener = (options.tls ? { https: { ...timeouts, ...options.tls } } : { http: timeouts }) as {
    http: typeof timeouts;
  };
  const app = fastify({
    ...listener,
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    // One line per answer, written by access_log.ts, instead of the framework's two.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy.length > 0 ? options.trustProxy : false,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    bodyLimit: 64 * 1024,
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    // What comes on a connection that is open still, while the server closes, is answered like all else.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store', ...everywhere({ https }) });
      rendererOf(request.raw.url)(error, request, reply);
    },
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, everywhere({ https })),
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  const { onRoute } = options;
  if (onRoute)
    app.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) onRoute({ method: one, url });
    });
  await app.register(fastifyCookie);
  takeBodiesAsBytes(app);
  addSecurityHeaders(app, { https });
  logRequests(app);
  if (options.meter) measureRequests(app, options.meter);
  countUsage(app, services.insight.usage);

  const assets: PageAssets = pageAssets(app, options.assetsFolder);
  const browserContexts = browsers({ identity: services.identity, keyring, random, https });
  const pages: PagesDeps = { services, browsers: browserContexts, assets };

  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store');
    return (request.headers.accept ?? '').includes('text/html')
      ? sendErrorPage(pages, error, request, reply)
      : rendererOf(request.raw.url)(error, request, reply);
  };
  app.setErrorHandler(refuse);
  app.setNotFoundHandler((request, reply) =>
    refuse(new GatehouseError('not_found', 'There is nothing at this address.'), request, reply),
  );

  await app.register(healthRoutes(options.health));
  await app.register(accountsPages({ ...pages, clock }));
  await app.register(tokenEndpoints(services));
  await app.register(standardDialect(pages));
  await app.register(customerEndpoints(services));
  await app.register(actionApi({ api: 'agent', methods: registry.agent, services }));
  await app.register(actionApi({ api: 'customer', methods: registry.customer, services }));
  await app.register(actionApi({ api: 'configuration', methods: registry.configuration, services }));
  await app.register(accountsApi({ methods: registry.accounts, services }));
  await app.register(avatars({ services }));
  await app.register(fileRoutes({ files: services.files }));
  await app.register(consoleApi({ services, browsers: browserContexts, methods: registry.console }));
  await app.register(appIcons({ services }));
  await app.register(consentPreview(pages));
  await app.register(
    webApp({
      pages,
      base: '/console',
      title: 'The Developer Console',
      folder: built.console,
      // Previews of a picture that was chosen and not yet sent.
      pictures: "'self' data: blob:",
    }),
  );
  await app.register(
    webApp({
      pages,
      base: '/inbox',
      title: 'The inbox',
      folder: built.inbox,
      // Those of cards may be anywhere.
      pictures: "'self' https:",
    }),
  );
  await app.register(chatPage({ pages, folder: built.chat }));
  await app.register(docsRoutes({ pages, folder: options.docsFolder }));
  if (options.movableClock) await app.register(developmentRoutes({ ...pages, clock: options.movableClock }));
  return app;
}
