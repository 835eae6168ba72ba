import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { ClientOfApp } from '../../domain/apps/records.ts';
import type {
  AuthorizationOutcome,
  PendingAuthorization,
  RefusedAuthorization,
} from '../../domain/grants/authorization.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { canHearPopups } from '../../oauth/authorization_answer.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { parseRedirectUri } from '../../oauth/redirect_uri.ts';
import type { GrantAccessView, RedirectTarget } from '../../pages/grant_access.ts';
import { paths, withHandle } from '../../pages/paths.ts';
import { refuseUnprintable } from '../http/body.ts';
import { noteClient, tellProblem } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import { keepOpener, pagePolicy } from '../http/security_headers.ts';
import { answerApp } from './answer_app.ts';
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
    if (value) parameters[name] = plain(name, value);
  }
  // The Accounts SDK says "button" for its popup, and nothing for a redirect.
  const redirect = parseRedirectUri(parameters.redirect_uri ?? '');
  if (query.flow === 'button' && redirect.ok && canHearPopups(redirect.uri)) parameters.flow = 'popup';
  return parameters;
}

/** @throws GatehouseError `validation` for a value that is too long, or not printable, to be kept and sent on */
export function plain(name: string, value: string): string {
  refuseUnprintable(name, value);
  if (value.length <= LONGEST_PARAMETER) return value;
  throw new GatehouseError(
    'validation',
    `The parameter "${name}" is ${value.length} characters long; at most ${LONGEST_PARAMETER} are taken.`,
  );
}

/**
 * A request that came to the page of its first question instead of to `/`: the Accounts SDK opens `/signin` for
 * `popup_flow: "manual"`, which asks for the password even where it is known who is there, and any `path` it is
 * told.
 */
export async function startAt(
  page: PageRequest,
  services: Services,
  path: typeof paths.signIn | typeof paths.signUp,
): Promise<FastifyReply> {
  if (page.request.method === 'HEAD')
    throw new GatehouseError('method_not_allowed', 'Authorization is asked for by GET.');
  noteClient(page.request, page.query.client_id);
  const parameters = authorizationParameters(page.query);
  const signsUp = path === paths.signUp;
  if (!signsUp) parameters.log_in_again = '1';
  // Sign-up is for nobody, whoever is there: nothing is issued before the question is answered.
  const login = signsUp ? undefined : page.browser.active;
  const outcome = await services.grants.authorization.evaluate(parameters, login, actorOf(page.request));
  if (!signsUp || outcome.kind !== 'log_in') return follow(page, services, outcome, parameters);
  const { handle } = await keep(page, services, parameters);
  return page.reply.redirect(withHandle(paths.signUp, handle), 303);
}

/** Keeps a new request; for people who are not logged in, only so many from one address. */
async function keep(
  page: PageRequest,
  services: Services,
  parameters: AuthorizationParameters,
): Promise<PendingAuthorization> {
  if (!page.browser.active) await services.identity.throttle.attempt('authorize_address', page.request.ip);
  inFlow(page.reply, parameters);
  return services.grants.authorization.keep(parameters, page.browser.browserId);
}

/** In a popup every answer on the way must leave it tied to the page that opened it. */
function inFlow(reply: FastifyReply, parameters: AuthorizationParameters): void {
  if (parameters.flow === 'popup') keepOpener(reply);
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
  if (outcome.kind === 'answered') {
    if (outcome.refused) logRefusal(page, services, outcome.known, outcome.refused);
    return answerApp(page, services, outcome);
  }
  if (outcome.kind === 'refused') return toErrorPage(page, services, outcome, parameters, pending);
  const kept = pending ?? (await keep(page, services, parameters));
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

/**
 * LiveChat's limit of redirects for a client and account. Only what a browser does as a whole page counts, so
 * that no page can use a person up with hidden requests.
 * @returns what to refuse the request for when there were too many
 */
export async function tooManyRedirects(
  page: PageRequest,
  services: Services,
  parameters: AuthorizationParameters,
): Promise<AuthorizationProblem | undefined> {
  const { headers } = page.request;
  const isPageVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  const account = page.browser.active?.account;
  if (!isPageVisit || !account || !parameters.client_id) return undefined;
  try {
    await services.identity.throttle.attempt('redirects', `${parameters.client_id}:${account.id}`);
    return undefined;
  } catch (error) {
    if (!isGatehouseError(error) || error.code !== 'too_many_requests') throw error;
    return GOING_IN_CIRCLES;
  }
}

const GOING_IN_CIRCLES: AuthorizationProblem = {
  exception: 'invalid_request',
  details: 'too_many_redirects',
  reason: 'too_many_redirects',
  parameter: 'client_id',
  check:
    'The app sent this person here more than 3 times within 30 seconds. Wait, and find out why it asks again.',
};

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
export async function findPending(
  page: PageRequest,
  services: Services,
): Promise<PendingAuthorization | undefined> {
  const handle = page.form.handle ?? page.query.handle;
  const pending = await services.grants.authorization.find(handle, page.browser.browserId);
  if (pending) inFlow(page.reply, pending.parameters);
  return pending;
}

/** Lets the forms of this page be followed by the redirect to the app; a popup's are followed by none. */
export function admitRedirect(reply: FastifyReply, pending: PendingAuthorization | undefined): void {
  if (pending?.parameters.flow === 'popup') return;
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
export function redirectTarget(redirectUri: string, flow: AuthorizationParameters['flow']): RedirectTarget {
  const parsed = parseRedirectUri(redirectUri);
  if (!parsed.ok) return { kind: 'web', target: redirectUri };
  const { kind, host, port, scheme } = parsed.uri;
  if (kind === 'custom_scheme') return { kind: 'native', target: scheme };
  const target = kind === 'loopback' && port !== null ? `${host}:${port}` : host;
  if (flow === 'popup') return { kind: 'opener', target };
  return { kind: kind === 'loopback' ? 'loopback' : 'web', target };
}

/** The app, as the pages that ask for consent show it. */
export function appShown({
  app,
  iconDigest,
  organization,
  registration,
}: ClientOfApp): GrantAccessView['app'] {
  const ofOthers = app.visibility === 'private' ? 'private' : 'unverified';
  return {
    name: app.name,
    iconUrl: iconDigest ? `/console/icons/${app.id}?v=${iconDigest}` : null,
    trust: registration?.verified === false ? 'registered' : ofOthers,
    madeBy: organization.name,
  };
}
