import type { ScopeId } from '../wire/scope_catalogue.ts';
import { passed, refused, type Step } from './authorization_problem.ts';
import {
  type ClientPolicy,
  type ClientSwitches,
  type ClientType,
  type Profile,
  policyOf,
} from './client_profile.ts';
import { type LoginDemand, NO_DEMAND } from './openid_request.ts';
import { checkChallenge, type PkceChallenge } from './pkce.ts';
import { type MatchRule, matchRedirectUri, needsPkce } from './redirect_uri.ts';
import type { ParsedRedirectUri } from './redirect_uri_parse.ts';
import { type RefusalReason, redirectReasons } from './refusal_reasons.ts';
import { checkResponseType, type ResponseType } from './response_type.ts';
import { addedScopes, livechatScopes, parseScopes, type ScopeSet, scopeSet } from './scopes.ts';

/**
 * The authorization endpoint as ordered steps over records, each of which narrows what is known:
 * Parameters → ClientKnown → RedirectTrusted → RequestChecked → (who, where, what: `authorization_decision.ts`).
 * Only from RedirectTrusted on is there an address to which anything may be sent.
 */

/** The parameters as they came, each at most once. */
export interface AuthorizationParameters {
  response_type?: string;
  client_id?: string;
  redirect_uri?: string;
  state?: string;
  scope?: string;
  prompt?: string;
  organization_id?: string;
  email?: string;
  code_challenge?: string;
  code_challenge_method?: string;
  /** RFC 8707: addresses joined by spaces. Heeded by the standard dialect. */
  resource?: string;
  /** OpenID Connect Core 1.0 §3.1.2.1, from here on; heeded by the standard dialect. */
  nonce?: string;
  max_age?: string;
  id_token_hint?: string;
  request?: string;
  /**
   * The public address of this server where the request came to the standard endpoint, never read from the
   * request itself. Without it the request speaks LiveChat's dialect.
   */
  issuer?: string;
  /** The scopes were not the request's but all the app's, which the consent page then named. Ours to say, likewise. */
  scope_left_out?: '1';
  /** LiveChat's dialect: a login from before the request does not count. Set by this server. */
  log_in_again?: '1';
  /** When the request first came, in microseconds; set by this server as it keeps the request. */
  receivedAt?: number;
  /** Account that the person chose to go on with; set by this server. */
  chosenAccount?: string;
  /**
   * The Accounts SDK opened a popup: the answer is a message to the page that opened it. Set only together with
   * a redirect URI of the web, whose origin that page must have.
   */
  flow?: 'popup';
}

/** What these rules must know of a client. */
export interface RegisteredClient {
  clientId: string;
  type: ClientType;
  profile: Profile;
  switches: ClientSwitches;
  redirectUris: readonly string[];
  scopes: readonly { scope: ScopeId; required: boolean }[];
  visibility: 'private' | 'public';
  /** It registered itself, and nobody of its organization has vouched for it. */
  unverified: boolean;
  organization: { id: string; licenseId: number; forceStrict: boolean };
}

export interface ClientKnown {
  parameters: AuthorizationParameters;
  client: RegisteredClient;
  policy: ClientPolicy;
}

export interface RedirectTrusted extends ClientKnown {
  redirect: ParsedRedirectUri;
  /** How the whitelist let it pass. */
  redirectRule: MatchRule;
}

export interface RequestChecked extends RedirectTrusted {
  responseType: ResponseType;
  pkce: PkceChallenge | null;
  /** Asked for: the named scopes, or all the app's where the profile allows to name none. */
  requested: ScopeSet;
  /** Of the requested ones, those without which the app does not work. */
  required: ScopeSet;
  /** The request named no scope. */
  scopeLeftOut: boolean;
  consentForced: boolean;
  demand: LoginDemand;
}

/** OAuth 2.1 §4.1.1 sets no bound; a state of this size still fits every browser's address. */
const LONGEST_STATE = 2_048;

export function checkClient(
  parameters: AuthorizationParameters,
  client: RegisteredClient | undefined,
): Step<ClientKnown> {
  const clientId = parameters.client_id;
  if (!clientId)
    return refused({
      exception: 'unauthorized_client',
      details: 'client_id_not_found',
      reason: 'client_id_missing',
      parameter: 'client_id',
      check: 'The request names no client_id. Send the Client Id of the app.',
    });
  if (!client)
    return refused({
      exception: 'unauthorized_client',
      details: 'client_id_not_found',
      reason: 'client_id_missing',
      parameter: 'client_id',
      check: 'No app has this Client Id.',
      received: clientId,
    });
  return passed({ parameters, client, policy: policyOf(client, client.organization) });
}

export function trustRedirect(known: ClientKnown): Step<RedirectTrusted> {
  const { client, policy, parameters } = known;
  const requested = parameters.redirect_uri;
  if (client.redirectUris.length === 0)
    return refused({
      exception: 'unauthorized_client',
      details: 'redirect_uri_not_set',
      reason: 'redirect_none_registered',
      parameter: 'redirect_uri',
      check: 'The app has no redirect URI on its whitelist. Add the one that the request names.',
      ...(requested ? { received: requested } : {}),
    });
  if (!requested)
    return refused({
      exception: 'invalid_request',
      details: 'invalid_redirect_uri',
      reason: 'redirect_missing',
      parameter: 'redirect_uri',
      check: 'The request names no redirect_uri. Send one that is on the whitelist.',
    });
  const match = matchRedirectUri(requested, client.redirectUris, policy.redirect);
  if (!match.matched)
    return refused({
      exception: 'unauthorized_client',
      details: 'invalid_redirect_uri',
      reason: redirectReasons[match.reason],
      parameter: 'redirect_uri',
      check: match.message,
      received: requested,
      ...(match.nearest ? { closest: match.nearest.entry } : {}),
    });
  return passed({ ...known, redirect: match.uri, redirectRule: match.rule });
}

export function checkRequest(trusted: RedirectTrusted): Step<RequestChecked> {
  const { parameters, policy } = trusted;
  const customScheme = needsPkce(trusted.redirect);
  const type = checkResponseType(parameters.response_type, policy, { customScheme });
  if (!type.ok)
    return refused({
      exception:
        type.problem.code === 'response_type_missing' ? 'invalid_request' : 'unsupported_response_type',
      reason: type.problem.code,
      parameter: 'response_type',
      check: type.problem.message,
      ...(parameters.response_type ? { received: parameters.response_type } : {}),
    });
  if (parameters.state && parameters.state.length > LONGEST_STATE)
    return refused({
      exception: 'invalid_request',
      reason: 'state_too_long',
      parameter: 'state',
      check: `state is ${parameters.state.length} characters long; at most ${LONGEST_STATE} are sent back.`,
    });
  // RFC 6749 appendix A.5. Sent back it would be harmless, but never what the app meant.
  if (parameters.state && /\p{Cc}/u.test(parameters.state))
    return refused({
      exception: 'invalid_request',
      reason: 'state_unprintable',
      parameter: 'state',
      check:
        'state has a control character, such as a line break. It is sent back as it came, so make it of printable ones.',
    });
  const pkce = checkCode(trusted, type.responseType, customScheme);
  if (!pkce.ok) return pkce;
  if (parameters.issuer === undefined && parameters.prompt && parameters.prompt !== 'consent')
    return refused({
      exception: 'invalid_request',
      reason: 'prompt_unknown',
      parameter: 'prompt',
      check: 'prompt takes "consent" alone, which shows the consent page even where it would be skipped.',
      received: parameters.prompt,
    });
  const scopes = checkScopes(trusted);
  if (!scopes.ok) return scopes;
  return passed({
    ...trusted,
    ...scopes.value,
    responseType: type.responseType,
    pkce: pkce.value,
    consentForced: parameters.prompt?.split(' ').includes('consent') ?? false,
    demand: { ...NO_DEMAND, reauthenticate: parameters.log_in_again !== undefined },
  });
}

function checkCode(
  { parameters, policy }: RedirectTrusted,
  responseType: ResponseType,
  customScheme: boolean,
): Step<PkceChallenge | null> {
  if (responseType === 'token') return passed(null);
  const request = {
    challenge: parameters.code_challenge,
    method: parameters.code_challenge_method,
    customScheme,
  };
  const checked = checkChallenge(request, policy.pkce);
  if (checked.ok) return passed(checked.pkce);
  const received = parameters[checked.problem.parameter];
  return refused({
    exception: 'invalid_request',
    reason: checked.problem.code,
    parameter: checked.problem.parameter,
    check: checked.problem.message,
    ...(received ? { received } : {}),
  });
}

/** What the request asks for, and what of it the app cannot do without. */
export function checkScopes({
  parameters,
  client,
  policy,
}: ClientKnown): Step<{ requested: ScopeSet; required: ScopeSet; scopeLeftOut: boolean }> {
  const invalid = (reason: RefusalReason, check: string, closest?: string) =>
    refused({
      exception: 'invalid_scope',
      reason,
      parameter: 'scope',
      check,
      ...(parameters.scope ? { received: parameters.scope } : {}),
      ...(closest ? { closest } : {}),
    });
  // LiveChat's dialect does not know OpenID Connect: what is named of it counts as not named.
  const spoken = parameters.issuer === undefined ? livechatScopes : scopeSet;
  const own = spoken(client.scopes.map(({ scope }) => scope));
  if (own.isEmpty)
    return invalid(
      'app_without_scopes',
      'The app has no access scopes. Select at least one in App Authorization.',
    );
  const parsed = parseScopes(
    parameters.scope ?? '',
    parameters.issuer === undefined ? 'livechat' : 'standard',
  );
  if (!parsed.ok) return invalid('scope_malformed', parsed.problem.message, parsed.problem.suggestion);
  const named = spoken(parsed.scopes);
  if (named.isEmpty && !parsed.scopes.isEmpty)
    return invalid(
      'scope_malformed',
      `${parsed.scopes.key} belongs to OpenID Connect, which is at /oauth2/authorize. Name a scope of an API here.`,
    );
  if (named.isEmpty && !policy.missingScopeMeansAll)
    return invalid(
      'scope_left_out',
      'The strict profile wants the scopes to be named. Send scope with those the app needs now.',
    );
  const excess = addedScopes(own, named);
  if (excess.length > 0)
    return invalid(
      'scope_not_of_app',
      `The app does not have the ${excess.length === 1 ? 'scope' : 'scopes'} ${excess.join(', ')}.`,
      own.key,
    );
  const requested = named.isEmpty ? own : named;
  const required = client.scopes.filter(({ scope, required: needed }) => needed && requested.has(scope));
  return passed({
    requested,
    required: scopeSet(required.map(({ scope }) => scope)),
    scopeLeftOut: named.isEmpty,
  });
}
