import { passed, refused, type Step } from './authorization_problem.ts';
import {
  type AuthorizationParameters,
  checkRequest,
  type RedirectTrusted,
  type RequestChecked,
} from './authorization_request.ts';
import { readLoginDemand } from './openid_request.ts';
import { parseResources } from './resource_indicator.ts';

/**
 * The request checks of the standard dialect: those of LiveChat's, narrowed to what OAuth 2.1 has. The implicit
 * grant and PKCE's `plain` are LiveChat compatibility, which nobody needs at `/oauth2/authorize`.
 */
export function checkStandardRequest(trusted: RedirectTrusted): Step<RequestChecked> {
  const { parameters } = trusted;
  const { response_type: type, code_challenge: challenge, code_challenge_method: method } = parameters;
  if (type !== undefined && type !== 'code')
    return refused({
      exception: 'unsupported_response_type',
      reason: 'response_type_unknown',
      parameter: 'response_type',
      check: 'This endpoint answers response_type=code alone.',
      received: type,
    });
  if (challenge !== undefined && method !== 'S256')
    return refused({
      exception: 'invalid_request',
      reason: 'method_not_allowed',
      parameter: 'code_challenge_method',
      check: `code_challenge_method is ${method === undefined ? 'missing, which means plain' : 'another'} (RFC 7636 section 4.3). This endpoint takes S256 alone.`,
      ...(method === undefined ? {} : { received: method }),
    });
  const resources = parseResources(parameters.resource, parameters.issuer ?? '');
  if (!resources.ok)
    return refused({
      exception: 'invalid_target',
      reason: 'resource_unknown',
      parameter: 'resource',
      check: resources.message,
      received: resources.received,
    });
  const demand = readLoginDemand(parameters);
  if (!demand.ok) return demand;
  const checked = checkRequest(trusted);
  return checked.ok ? passed({ ...checked.value, demand: demand.value }) : checked;
}

/** The resources of a checked request, as they are stored: null for all. */
export function requestedResources({ resource, issuer }: AuthorizationParameters): string | null {
  if (issuer === undefined) return null;
  const parsed = parseResources(resource, issuer);
  // A checked request has good resources; if not, a token for nothing is safer than one for everything.
  return parsed.ok ? parsed.resources : '';
}
