import { scopeCatalogue } from '../wire/scope_catalogue.ts';
import { ID_TOKEN_ALGORITHM, SUPPORTED_CLAIMS } from './id_token.ts';
import { PROMPTS } from './openid_request.ts';
import { type ResourceName, resourceAddress, resourceNames } from './resource_indicator.ts';

/** The members of the metadata that are addresses of endpoints (RFC 8414 §2, RFC 9126 §5, RFC 8628 §4). */
export type EndpointMember =
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'revocation_endpoint'
  | 'introspection_endpoint'
  | 'pushed_authorization_request_endpoint'
  | 'device_authorization_endpoint'
  /** OpenID Connect Discovery 1.0 §3, RP-Initiated Logout 1.0 §2.1. */
  | 'jwks_uri'
  | 'userinfo_endpoint'
  | 'end_session_endpoint'
  | 'registration_endpoint';

/** What is served, as the transport found when it put its routes up. */
export interface ServedFacts {
  /** The public address, without a slash at the end. */
  issuer: string;
  /** Paths by member. */
  endpoints: Partial<Record<EndpointMember, string>>;
  grantTypes: readonly string[];
  /** How clients may prove themselves, by endpoint; `token_endpoint` and its like. */
  clientAuthentication: Partial<Record<EndpointMember, readonly string[]>>;
}

/** Endpoints whose ways of client authentication have a member of their own (RFC 8414 §2). */
const AUTHENTICATED = ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint'] as const;

/** Authorization server metadata (RFC 8414 §2): what a client library must know to work with this server. */
export function authorizationServerMetadata(facts: ServedFacts): Record<string, unknown> {
  const { issuer, endpoints } = facts;
  const addresses = Object.fromEntries(
    Object.entries(endpoints).map(([member, path]) => [member, issuer + path]),
  );
  const methods = Object.fromEntries(
    AUTHENTICATED.flatMap((member) => {
      const ways = facts.clientAuthentication[member];
      return endpoints[member] && ways ? [[`${member}_auth_methods_supported`, ways]] : [];
    }),
  );
  return {
    issuer,
    ...addresses,
    scopes_supported: selectableScopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: facts.grantTypes,
    ...methods,
    code_challenge_methods_supported: ['S256'],
    // RFC 9207 §3.
    authorization_response_iss_parameter_supported: true,
    // RFC 9728 §4.
    protected_resources: resourceNames.map((name) => resourceAddress(issuer, name)),
    service_documentation: `${issuer}/docs/standard-oauth`,
    ui_locales_supported: ['en'],
    ...openidMetadata,
  };
}

/** What OpenID Connect adds (Discovery 1.0 §3, Initiating User Registration 1.0 §4). */
const openidMetadata = {
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: [ID_TOKEN_ALGORITHM],
  claim_types_supported: ['normal'],
  claims_supported: SUPPORTED_CLAIMS,
  prompt_values_supported: PROMPTS,
  claims_parameter_supported: false,
  request_parameter_supported: false,
  // Those that were pushed ahead are taken, and no others.
  request_uri_parameter_supported: false,
};

/** Protected resource metadata (RFC 9728 §2) of one of this server's APIs. @param scopes those that open something in it */
export function protectedResourceMetadata(
  issuer: string,
  name: ResourceName,
  scopes: readonly string[],
): Record<string, unknown> {
  return {
    resource: resourceAddress(issuer, name),
    authorization_servers: [issuer],
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
    resource_name: RESOURCE_TITLES[name],
    resource_documentation: `${issuer}/docs`,
  };
}

/** Where the metadata of a resource lies: the path follows the well-known one (RFC 9728 §3.1). */
export function protectedResourceMetadataPath(name: ResourceName): string {
  return `/.well-known/oauth-protected-resource${resourceAddress('', name)}`;
}

const RESOURCE_TITLES: Record<ResourceName, string> = {
  server: 'All APIs of this server',
  agent: 'Agent Chat API',
  customer: 'Customer Chat API',
  configuration: 'Configuration API',
};

const selectableScopes = scopeCatalogue.filter(({ selectable }) => selectable).map(({ id }) => id);
