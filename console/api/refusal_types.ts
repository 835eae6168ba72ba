/** Requests of apps that were refused, as the Console API tells of them. */
import type { Timestamp } from './types.ts';

export type RefusalEndpoint =
  | 'authorize'
  | 'token'
  | 'token_info'
  | 'revoke'
  | 'introspect'
  | 'par'
  | 'device'
  | 'customer_token'
  | 'registration'
  | 'agent_api'
  | 'customer_api'
  | 'configuration_api'
  | 'accounts_api';

export type RefusalReason =
  | 'client_id_missing'
  | 'redirect_none_registered'
  | 'redirect_missing'
  | 'redirect_malformed'
  | 'redirect_not_allowed'
  | 'redirect_scheme_differs'
  | 'redirect_host_differs'
  | 'redirect_port_differs'
  | 'redirect_path_differs'
  | 'redirect_sub_path'
  | 'response_type_missing'
  | 'response_type_unknown'
  | 'implicit_not_allowed'
  | 'state_too_long'
  | 'state_unprintable'
  | 'challenge_missing'
  | 'challenge_length'
  | 'challenge_characters'
  | 'method_unknown'
  | 'method_not_allowed'
  | 'method_without_challenge'
  | 'prompt_unknown'
  | 'app_without_scopes'
  | 'scope_malformed'
  | 'scope_left_out'
  | 'scope_not_of_app'
  | 'scope_beyond_role'
  | 'resource_unknown'
  | 'private_app'
  | 'organization_foreign'
  | 'request_uri_dead'
  | 'too_many_redirects'
  | 'asked_in_silence'
  | 'hint_invalid'
  | 'hint_other_person'
  | 'max_age_malformed'
  | 'nonce_too_long'
  | 'nonce_unprintable'
  | 'request_object'
  | 'secret_missing'
  | 'secret_wrong'
  | 'secret_of_public_client'
  | 'client_assertion'
  | 'client_public'
  | 'client_identity_missing'
  | 'grant_type_unknown'
  | 'code_malformed'
  | 'code_percent_encoded'
  | 'code_unknown'
  | 'code_expired'
  | 'code_reused'
  | 'code_other_client'
  | 'redirect_mismatch'
  | 'verifier_missing'
  | 'verifier_malformed'
  | 'verifier_mismatch'
  | 'verifier_without_challenge'
  | 'refresh_malformed'
  | 'refresh_unknown'
  | 'refresh_other_client'
  | 'refresh_expired_idle'
  | 'refresh_expired_absolute'
  | 'refresh_rotated_reused'
  | 'refresh_evicted'
  | 'scope_not_granted'
  | 'resource_not_granted'
  | 'grant_revoked'
  | 'account_suspended'
  | 'account_gone'
  | 'scopes_removed'
  | 'device_code_malformed'
  | 'device_code_unknown'
  | 'device_code_other_client'
  | 'device_code_expired'
  | 'device_code_reused'
  | 'device_denied'
  | 'token_expired'
  | 'token_revoked'
  | 'token_dead'
  | 'token_other_resource'
  | 'token_other_client'
  | 'token_wrong_kind'
  | 'token_percent_encoded'
  | 'scope_missing'
  | 'origin_not_registered'
  | 'not_authenticated'
  | 'not_allowed'
  | 'not_found'
  | 'conflict'
  | 'limit_reached'
  | 'too_many_requests'
  | 'too_large'
  | 'unreadable'
  | 'invalid_parameters';

export interface RefusedRequest {
  id: string;
  request_id: string;
  at: Timestamp;
  endpoint: RefusalEndpoint;
  /** The word on the wire. */
  error: string;
  reason: RefusalReason;
  /** The check that failed, and what would pass. */
  check: string;
  parameter: string | null;
  received: string | null;
  expected: string | null;
  nearest: string | null;
  /** The first character in which what came differs from what was expected or is nearest. */
  first_difference: number | null;
  method: string | null;
  path: string | null;
}

export interface RefusedRequestsPage {
  refused_requests: RefusedRequest[];
  next_page_id?: string;
}

export interface FoundRefusedRequest {
  app_id: string;
  app_name: string;
  refused_request: RefusedRequest;
}
