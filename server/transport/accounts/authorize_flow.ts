import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { ClientOfApp } from '../../domain/apps/records.ts';
import type {
  AuthorizationOutcome,
  PendingAuthorization,
  RefusedAuthorization,
} from '../../domain/grants/authorization.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { parseRedirectUri } from '../../oauth/redirect_uri.ts';
import type { RedirectTarget } from '../../pages/grant_access.ts';
import { paths, withHandle } from '../../pages/paths.ts';
import { tellProblem, tellRefusal } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { pagePolicy } from '../http/security_headers.ts';
import type { PageRequest } from './pages_plugin.ts';

/** OAuth 2.1 sets no bound; redirect URIs and states of this size still fit every browser's address. */
const LONGEST_PARAMETER = 2_048;

const PARAMETERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'prompt',
  'organization_id',
  'email',
  'code_challenge',
  'code_challenge_method',
] as const;

/** Does an address ask for authorization? `/` without any of these is the home page. */
export function isAuthorizationRequest(query: Record<string, string>): boolean {
  return 'client_id' in query || 'response_type' in query || 'redirect_uri' in query;
}

/** The parameters that count; an empty one counts as left out (RFC 6749 §3.1), and unknown ones are ignored. */
export function authorizationParameters(query: Record<string, string>): AuthorizationParameters {
  const parameters: AuthorizationParameters = {};
  for (const name of PARAMETERS) {
    const value = query[name] ?? (name === 'email' ? query.email_hint : undefined);
    if (value) parameters[name] = ofBoundedLength(name, value);
  }
  return parameters;
}

/** @throws GatehouseError `validation` for a value that is too long to be kept and sent on */
export function ofBoundedLength(name: string, value: string): string {
  if (value.length <= LONGEST_PARAMETER) return value;
  throw new GatehouseError(
    'validation',
    `The parameter "${name}" is ${value.length} characters long; at most ${LONGEST_PARAMETER} are taken.`,
  );
}

/** Sends the browser to wherever an outcome leads: back to the app, to a question, or to the error page. */
export async function follow(
  page: PageRequest,
  services: Services,
  outcome: AuthorizationOutcome,
  parameters: AuthorizationParameters,
  pending?: PendingAuthorization,
): Promise<FastifyReply> {
  const { reply } = page;
  const { authorization } = services.grants;
  if (outcome.kind === 'answered') {
    if (outcome.refused) logRefusal(page, services, outcome.known, outcome.refused);
    return toApp(reply, outcome.address);
  }
  if (outcome.kind === 'refused') return toErrorPage(page, services, outcome, parameters, pending);
  if (!pending && !page.browser.active)
    await services.identity.throttle.attempt('authorize_address', page.request.ip);
  const kept = pending ?? (await authorization.keep(parameters, page.browser.browserId));
  switch (outcome.kind) {
    case 'log_in':
      return reply.redirect(
        withHandle(paths.signIn, kept.handle) + (outcome.again ? '&switch=again' : ''),
        303,
      );
    case 'choose_account':
      return reply.redirect(withHandle(paths.chooseAccount, kept.handle), 303);
    case 'choose_organization':
      return reply.redirect(withHandle(paths.chooseOrganization, kept.handle), 303);
    case 'consent':
      return reply.redirect(withHandle(paths.grantAccess, kept.handle), 303);
  }
}

/**
 * The error page, with the codes in its address as LiveChat has it. For a person who is logged in, the request
 * is kept beside it, so that a developer of the app can be shown why.
 */
async function toErrorPage(
  page: PageRequest,
  services: Services,
  { problem, known }: RefusedAuthorization,
  parameters: AuthorizationParameters,
  pending: PendingAuthorization | undefined,
): Promise<FastifyReply> {
  const { exception, details } = problem;
  logRefusal(page, services, known, problem);
  const worthKeeping = page.browser.active !== undefined && known !== undefined;
  const kept =
    pending ??
    (worthKeeping ? await services.grants.authorization.keep(parameters, page.browser.browserId) : undefined);
  const query = new URLSearchParams({
    oauth_exception: exception,
    ...(details ? { exception_details: details } : {}),
    ...(kept ? { handle: kept.handle } : {}),
    // The page is another request; the id to ask about is that of the one which was refused.
    request_id: page.request.id,
  });
  return page.reply.redirect(`${paths.ooops}?${query}`, 303);
}

/** For the owner of the app: what was wrong, in full. */
function logRefusal(
  page: PageRequest,
  services: Services,
  known: ClientOfApp | undefined,
  problem: AuthorizationProblem,
): void {
  const { exception, details, check } = problem;
  tellProblem(services.insight.refusals, page.request, 'authorize', known, problem);
  page.request.log.info(
    { client_id: known?.client.clientId, exception, details, check },
    'authorization refused',
  );
}

/** Back to the app: never kept by a cache, never told to others as a referrer (RFC 9700 §4.2). */
export function toApp(reply: FastifyReply, address: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .header('referrer-policy', 'no-referrer')
    .redirect(address, 303);
}

/**
 * LiveChat's limit of redirects for a client and account. Only what a browser does as a whole page counts, so
 * that no page can use a person up with hidden requests.
 * @returns the error page's address when there were too many
 */
export async function tooManyRedirects(
  page: PageRequest,
  services: Services,
  parameters: AuthorizationParameters,
): Promise<string | undefined> {
  const { headers } = page.request;
  const isPageVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  const account = page.browser.active?.account;
  if (!isPageVisit || !account || !parameters.client_id) return undefined;
  try {
    await services.identity.throttle.attempt('redirects', `${parameters.client_id}:${account.id}`);
    return undefined;
  } catch (error) {
    if (!isGatehouseError(error) || error.code !== 'too_many_requests') throw error;
    tellRefusal(services.insight.refusals, page.request, {
      endpoint: 'authorize',
      clientId: parameters.client_id,
      error: 'invalid_request',
      reason: 'too_many_redirects',
      check:
        'The same browser was sent here more than three times within 30 seconds, so that it was stopped.',
    });
    return `${paths.ooops}?oauth_exception=invalid_request&exception_details=too_many_redirects`;
  }
}

/** Goes on with a kept request, now that something about the person is known. */
export async function goOn(
  page: PageRequest,
  services: Services,
  pending: PendingAuthorization,
  active = page.browser.active,
): Promise<FastifyReply> {
  const outcome = await services.grants.authorization.evaluate(
    pending.parameters,
    active,
    actorOf(page.request),
  );
  return follow(page, services, outcome, pending.parameters, pending);
}

/** The request that a form or link belongs to, when it is this browser's and still good. */
export function findPending(
  page: PageRequest,
  services: Services,
): Promise<PendingAuthorization | undefined> {
  const handle = page.form.handle ?? page.query.handle;
  return services.grants.authorization.find(handle, page.browser.browserId);
}

/** Lets the forms of this page be followed by the redirect to the app. */
export function admitRedirect(reply: FastifyReply, pending: PendingAuthorization | undefined): void {
  admitRedirectTo(reply, pending?.parameters.redirect_uri ?? '');
}

/** The same for an address that is known to be the app's. */
export function admitRedirectTo(reply: FastifyReply, address: string): void {
  const parsed = parseRedirectUri(address);
  if (!parsed.ok) return;
  const { uri } = parsed;
  const target =
    uri.kind === 'custom_scheme'
      ? `${uri.scheme}:`
      : `${uri.scheme}://${uri.host}${uri.port === null ? '' : `:${uri.port}`}`;
  pagePolicy(reply, [target]);
}

export async function clientOf(
  services: Services,
  pending: PendingAuthorization | undefined,
): Promise<ClientOfApp | undefined> {
  const clientId = pending?.parameters.client_id;
  return clientId === undefined ? undefined : services.apps.client(clientId);
}

/** Where the person goes next, as the consent page says it. */
export function redirectTarget(redirectUri: string): RedirectTarget {
  const parsed = parseRedirectUri(redirectUri);
  if (!parsed.ok) return { kind: 'web', target: redirectUri };
  const { kind, host, port, scheme } = parsed.uri;
  if (kind === 'custom_scheme') return { kind: 'native', target: scheme };
  if (kind === 'loopback') return { kind: 'loopback', target: port === null ? host : `${host}:${port}` };
  return { kind: 'web', target: host };
}
