import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import type { AuditFilters } from '../api/audit_log.ts';
import {
  appQuery,
  appsQuery,
  organizationCompatibilityQuery,
  organizationSettingsQuery,
  peopleQuery,
  personalAccessTokensQuery,
  scopesQuery,
} from '../api/queries.ts';
import type { RefusalEndpoint, RefusalReason } from '../api/refusal_types.ts';
import { domainsQuery, samlQuery } from '../api/sign_in.ts';
import type { AccountsRole, PeopleFilters, PersonStatus } from '../api/types.ts';
import { PageSkeleton } from '../design/loading.tsx';
import { NotFound } from './not_found.tsx';
import { Root } from './root.tsx';
import { RouteError } from './route_error.tsx';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Root,
  notFoundComponent: NotFound,
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/apps', replace: true });
  },
});

/** The router reads numbers and true or false out of an address; here they are words to search for. */
function wordsOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

export interface AppsSearch {
  search?: string;
  /** Opens the dialog "Create new app". */
  create?: '1';
}

const appsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/apps',
  validateSearch: (raw: Record<string, unknown>): AppsSearch => {
    const search = wordsOf(raw.search);
    return { ...(search ? { search } : {}), ...(String(raw.create) === '1' ? { create: '1' } : {}) };
  },
  loaderDeps: ({ search }) => ({ search: search.search ?? '' }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(appsQuery(deps.search)),
  component: lazyRouteComponent(() => import('../features/apps_list/apps_list_page.tsx'), 'AppsListPage'),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/apps/$appId',
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(appQuery(params.appId)),
  component: lazyRouteComponent(() => import('../features/app/app_layout.tsx'), 'AppLayout'),
});

const appIndexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/apps/$appId/overview', params, replace: true });
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/overview',
  component: lazyRouteComponent(() => import('../features/overview/overview_page.tsx'), 'OverviewPage'),
});

const buildingBlocksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/building-blocks',
  component: lazyRouteComponent(
    () => import('../features/building_blocks/building_blocks_page.tsx'),
    'BuildingBlocksPage',
  ),
});

export interface AuthorizationSearch {
  /** An address to be offered for the whitelist. */
  add_redirect_uri?: string;
}

const authorizationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/authorization',
  validateSearch: (raw: Record<string, unknown>): AuthorizationSearch => {
    const uri = wordsOf(raw.add_redirect_uri).slice(0, 2_048);
    return uri ? { add_redirect_uri: uri } : {};
  },
  loader: ({ context }) => void context.queryClient.prefetchQuery(scopesQuery),
  component: lazyRouteComponent(
    () => import('../features/authorization/authorization_page.tsx'),
    'AuthorizationPage',
  ),
});

const consentPreviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/consent-preview',
  component: lazyRouteComponent(
    () => import('../features/consent_preview/consent_preview_page.tsx'),
    'ConsentPreviewPage',
  ),
});

const displayDetailsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/display-details',
  component: lazyRouteComponent(
    () => import('../features/display_details/display_details_page.tsx'),
    'DisplayDetailsPage',
  ),
});

const privateInstallationRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/private-installation',
  component: lazyRouteComponent(
    () => import('../features/private_installation/private_installation_page.tsx'),
    'PrivateInstallationPage',
  ),
});

export interface RefusedRequestsSearch {
  endpoint?: RefusalEndpoint;
  reason?: RefusalReason;
  /** The id of a request that is shown at once. */
  request?: string;
}

const refusedRequestsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/refused-requests',
  // What is no filter is refused by the server, in words.
  validateSearch: (raw: Record<string, unknown>): RefusedRequestsSearch => ({
    ...(raw.endpoint ? { endpoint: String(raw.endpoint) as RefusalEndpoint } : {}),
    ...(raw.reason ? { reason: String(raw.reason) as RefusalReason } : {}),
    ...(raw.request ? { request: String(raw.request) } : {}),
  }),
  component: lazyRouteComponent(
    () => import('../features/refused_requests/refused_requests_page.tsx'),
    'RefusedRequestsPage',
  ),
});

const publishingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/publishing',
  component: lazyRouteComponent(() => import('../features/publishing/publishing_page.tsx'), 'PublishingPage'),
});

const manifestRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/manifest',
  component: lazyRouteComponent(() => import('../features/manifest/manifest_page.tsx'), 'ManifestPage'),
});

const publicAppsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/public-apps',
  component: lazyRouteComponent(
    () => import('../features/public_apps/public_apps_page.tsx'),
    'PublicAppsPage',
  ),
});

const usageRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/usage',
  component: lazyRouteComponent(() => import('../features/usage/usage_page.tsx'), 'UsagePage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, '') === '/settings')
      throw redirect({ to: '/settings/personal-access-tokens', replace: true });
  },
});

const personalAccessTokensRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/personal-access-tokens',
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(personalAccessTokensQuery);
    void context.queryClient.prefetchQuery(scopesQuery);
  },
  component: lazyRouteComponent(
    () => import('../features/personal_access_tokens/personal_access_tokens_page.tsx'),
    'PersonalAccessTokensPage',
  ),
});

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(organizationSettingsQuery);
    void context.queryClient.prefetchQuery(organizationCompatibilityQuery);
  },
  component: lazyRouteComponent(
    () => import('../features/security_settings/security_settings_page.tsx'),
    'SecuritySettingsPage',
  ),
});

const signInRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sign-in',
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(domainsQuery);
    void context.queryClient.prefetchQuery(samlQuery);
  },
  component: lazyRouteComponent(() => import('../features/sign_in/sign_in_page.tsx'), 'SignInPage'),
});

export interface PeopleSearch {
  search?: string;
  role?: AccountsRole;
  status?: PersonStatus;
}

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/people',
  validateSearch: (raw: Record<string, unknown>): PeopleSearch => {
    const search = wordsOf(raw.search);
    const role = (['owner', 'administrator', 'member'] as const).find((each) => each === raw.role);
    const status = (['active', 'suspended'] as const).find((each) => each === raw.status);
    return { ...(search ? { search } : {}), ...(role ? { role } : {}), ...(status ? { status } : {}) };
  },
  loaderDeps: ({ search }): PeopleFilters => ({
    search: search.search ?? '',
    role: search.role,
    status: search.status,
  }),
  loader: ({ context, deps }) => void context.queryClient.prefetchInfiniteQuery(peopleQuery(deps)),
  component: lazyRouteComponent(() => import('../features/people/people_page.tsx'), 'PeoplePage'),
});

const agentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/agents',
  component: lazyRouteComponent(() => import('../features/team/agents_page.tsx'), 'AgentsPage'),
});

const groupsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/groups',
  component: lazyRouteComponent(() => import('../features/team/groups_page.tsx'), 'GroupsPage'),
});

const AUDIT_FILTERS = ['action', 'actor', 'app_id', 'from', 'to'] as const;

const auditLogRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit-log',
  // What is no filter is refused by the server, in words.
  validateSearch: (raw: Record<string, unknown>): AuditFilters =>
    Object.fromEntries(AUDIT_FILTERS.flatMap((name) => (raw[name] ? [[name, String(raw[name])]] : []))),
  component: lazyRouteComponent(() => import('../features/audit_log/audit_log_page.tsx'), 'AuditLogPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../features/webhooks/webhooks_page.tsx'), 'WebhooksPage'),
});

const greetingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/greetings',
  component: lazyRouteComponent(() => import('../features/greetings/greetings_page.tsx'), 'GreetingsPage'),
});

const chatWebhooksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/chat-webhooks',
  component: lazyRouteComponent(
    () => import('../features/chat_webhooks/chat_webhooks_page.tsx'),
    'ChatWebhooksPage',
  ),
});

const tokenDebuggerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tools/token',
  component: lazyRouteComponent(
    () => import('../features/token_debugger/token_debugger_page.tsx'),
    'TokenDebuggerPage',
  ),
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  appsRoute,
  publicAppsRoute,
  appRoute.addChildren([
    appIndexRoute,
    overviewRoute,
    buildingBlocksRoute,
    authorizationRoute,
    chatWebhooksRoute,
    consentPreviewRoute,
    displayDetailsRoute,
    privateInstallationRoute,
    refusedRequestsRoute,
    usageRoute,
    publishingRoute,
    manifestRoute,
  ]),
  tokenDebuggerRoute,
  settingsRoute.addChildren([
    webhooksRoute,
    greetingsRoute,
    peopleRoute,
    agentsRoute,
    groupsRoute,
    personalAccessTokensRoute,
    securityRoute,
    signInRoute,
    auditLogRoute,
  ]),
]);

const asText = (value: unknown): string => String(value);

export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    basepath: '/console',
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteError,
    scrollRestoration: true,
    // Plain text in the address: a search for "123" stays text and gets no quotes.
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(asText),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
