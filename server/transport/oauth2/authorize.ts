import type { FastifyInstance } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { RefusedAuthorization } from '../../domain/grants/authorization.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { PUSHED_REQUEST_SECONDS } from '../../oauth/pushed_request.ts';
import { follow, plain } from '../accounts/authorize_flow.ts';
import type { PageRequest, PageRoutes } from '../accounts/pages_plugin.ts';
import { readOauthBody } from '../http/body.ts';
import { noteClient } from '../http/refusals.ts';
import { actorOf } from '../http/request_info.ts';
import type { Served } from './endpoint.ts';

const URL = '/oauth2/authorize';

/** What an authorization request may say, here and when it is pushed ahead. */
export const AUTHORIZATION_PARAMETERS = [
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
  'resource',
  'nonce',
  'max_age',
  'id_token_hint',
  'request',
] as const;

/** What is wrong with any other is told to the app, by the rule of that parameter. */
const NO_RULE_OF_THEIR_OWN: ReadonlySet<string> = new Set(['email']);

/**
 * The parameters that count. An empty one counts as left out (RFC 6749 §3.1), unknown ones are ignored. The
 * issuer is ours to say: it makes the request one of the standard dialect, through login and consent.
 */
export function standardParameters(
  given: Record<string, string | undefined>,
  issuer: string,
): AuthorizationParameters {
  const parameters: AuthorizationParameters = { issuer };
  for (const name of AUTHORIZATION_PARAMETERS) {
    const value = given[name] ?? (name === 'email' ? given.login_hint : undefined);
    if (value) parameters[name] = NO_RULE_OF_THEIR_OWN.has(name) ? plain(name, value) : value;
  }
  return parameters;
}

/** A reference that leads nowhere: there is no address to which this could be told. */
const USED_UP: RefusedAuthorization = {
  kind: 'refused',
  problem: {
    exception: 'invalid_request',
    reason: 'request_uri_dead',
    parameter: 'request_uri',
    check: `The request_uri is unknown, was used already, is older than ${PUSHED_REQUEST_SECONDS} seconds, or was given to another client_id. Push the request again.`,
  },
  known: undefined,
};

/** The request of the address, or the one that was pushed ahead, which then counts alone (RFC 9126 §4). */
async function requested(
  { query }: PageRequest,
  { grants, settings }: Services,
): Promise<AuthorizationParameters | undefined> {
  return query.request_uri
    ? grants.pushed.take(query.request_uri, query.client_id)
    : standardParameters(query, settings.publicUrl);
}

/** RFC 6749 §4.1.1, with `iss` in each answer (RFC 9207). Login and consent are LiveChat's dialect's too. */
export function standardAuthorize(routes: PageRoutes, services: Services, served: Served): void {
  served.endpoints.authorization_endpoint = URL;
  const { authorization } = services.grants;
  routes.get(URL, async (page) => {
    // A code must not be issued for somebody who only asks for the headers.
    if (page.request.method === 'HEAD')
      throw new GatehouseError('method_not_allowed', 'Authorization is asked for by GET.');
    noteClient(page.request, page.query.client_id);
    const parameters = await requested(page, services);
    if (!parameters) {
      const known = page.query.client_id ? await services.apps.client(page.query.client_id) : undefined;
      return follow(page, services, { ...USED_UP, known }, {});
    }
    const outcome = await authorization.evaluate(parameters, page.browser.active, actorOf(page.request));
    return follow(page, services, outcome, parameters);
  });
}

/**
 * The request as a form of the app's page (OAuth 2.1 §3.1; OpenID Connect Core §3.1.2.1). Such a form comes
 * without our cookies (SameSite=Lax), which the visit of the address brings that it is sent on to: nothing is
 * read, decided or set before, so that no page can do harm by it.
 */
export function standardAuthorizeForm(app: FastifyInstance): void {
  app.post(URL, { bodyLimit: LARGEST_FORM }, async (request, reply) => {
    const form = readOauthBody(request, ['form']) as Record<string, string>;
    return reply.header('cache-control', 'no-store').redirect(asAddress(form), 303);
  });
}

const LARGEST_FORM = 64 * 1024;
/** Node reads 16 KiB of headers; browsers and proxies in between read less. */
const LONGEST_ADDRESS = 8_192;

function asAddress(form: Record<string, string>): string {
  const query = new URLSearchParams();
  for (const name of [...AUTHORIZATION_PARAMETERS, 'login_hint', 'request_uri']) {
    const value = form[name];
    if (value) query.append(name, value);
  }
  const address = `${URL}?${query}`;
  if (address.length <= LONGEST_ADDRESS) return address;
  throw new GatehouseError(
    'validation',
    `The request is ${address.length} characters long; at most ${LONGEST_ADDRESS} are taken here. Push it ahead at /oauth2/par, and send request_uri.`,
  );
}
