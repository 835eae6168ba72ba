import type { ErrorCode } from '../kernel/errors.ts';
import type { MismatchReason } from './redirect_uri_mismatch.ts';

/**
 * Why a request was refused, for the owner of the app: finer than what the wire may tell a stranger. The list
 * is closed, so that the Console has words for each.
 */
export const refusalReasons = [
  // Authorization requests.
  'client_id_missing',
  'redirect_none_registered',
  'redirect_missing',
  'redirect_malformed',
  'redirect_not_allowed',
  'redirect_scheme_differs',
  'redirect_host_differs',
  'redirect_port_differs',
  'redirect_path_differs',
  'redirect_sub_path',
  'response_type_missing',
  'response_type_unknown',
  'implicit_not_allowed',
  'state_too_long',
  'state_unprintable',
  'challenge_missing',
  'challenge_length',
  'challenge_characters',
  'method_unknown',
  'method_not_allowed',
  'method_without_challenge',
  'prompt_unknown',
  'app_without_scopes',
  'scope_malformed',
  'scope_left_out',
  'scope_not_of_app',
  'scope_beyond_role',
  'resource_unknown',
  'private_app',
  'organization_foreign',
  'request_uri_dead',
  'too_many_redirects',
  // OpenID Connect's own.
  'asked_in_silence',
  'hint_invalid',
  'hint_other_person',
  'max_age_malformed',
  'nonce_too_long',
  'nonce_unprintable',
  'request_object',
  // How the app proved itself.
  'secret_missing',
  'secret_wrong',
  'secret_of_public_client',
  'client_assertion',
  'client_public',
  'client_identity_missing',
  'grant_type_unknown',
  // Codes.
  'code_malformed',
  'code_percent_encoded',
  'code_unknown',
  'code_expired',
  'code_reused',
  'code_other_client',
  'redirect_mismatch',
  'verifier_missing',
  'verifier_malformed',
  'verifier_mismatch',
  'verifier_without_challenge',
  // Refresh tokens.
  'refresh_malformed',
  'refresh_unknown',
  'refresh_other_client',
  'refresh_expired_idle',
  'refresh_expired_absolute',
  'refresh_rotated_reused',
  'refresh_evicted',
  'scope_not_granted',
  'resource_not_granted',
  // What became of the grant behind a code or token.
  'grant_revoked',
  'account_suspended',
  'account_gone',
  'scopes_removed',
  // Devices.
  'device_code_malformed',
  'device_code_unknown',
  'device_code_other_client',
  'device_code_expired',
  'device_code_reused',
  'device_denied',
  // Tokens at the APIs.
  'token_expired',
  'token_revoked',
  'token_dead',
  'token_other_resource',
  'token_other_client',
  'token_wrong_kind',
  'token_percent_encoded',
  'scope_missing',
  'origin_not_registered',
  // What needs no finer word.
  'not_authenticated',
  'not_allowed',
  'not_found',
  'conflict',
  'limit_reached',
  'too_many_requests',
  'too_large',
  'unreadable',
  'invalid_parameters',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

const known: ReadonlySet<string> = new Set(refusalReasons);

/** The reason of an error that says none of its own. */
const byCode: Record<ErrorCode, RefusalReason> = {
  validation: 'invalid_parameters',
  authentication: 'not_authenticated',
  authorization: 'not_allowed',
  missing_access: 'not_allowed',
  not_found: 'not_found',
  chat_inactive: 'conflict',
  chat_already_active: 'conflict',
  already_exists: 'conflict',
  conflict: 'conflict',
  limit_reached: 'limit_reached',
  customer_banned: 'not_allowed',
  group_not_found: 'not_found',
  agent_offline: 'not_found',
  group_offline: 'not_found',
  group_unavailable: 'not_found',
  greeting_not_found: 'not_found',
  license_not_found: 'not_found',
  entity_too_large: 'too_large',
  unsupported_media_type: 'unreadable',
  method_not_allowed: 'invalid_parameters',
  unsupported_version: 'invalid_parameters',
  too_many_requests: 'too_many_requests',
  request_timeout: 'too_many_requests',
  invalid_client: 'not_authenticated',
  invalid_grant: 'grant_revoked',
  invalid_scope: 'scope_malformed',
  invalid_target: 'resource_unknown',
  unauthorized_client: 'not_allowed',
  unsupported_grant_type: 'grant_type_unknown',
  service_unavailable: 'too_many_requests',
  internal: 'invalid_parameters',
};

/** The reason of an error: its own where it is one of the list, otherwise that of its code. */
export function refusalReasonOf(error: { code: ErrorCode; reason: string | undefined }): RefusalReason {
  return error.reason !== undefined && known.has(error.reason)
    ? (error.reason as RefusalReason)
    : byCode[error.code];
}

/** Why a redirect URI matches nothing. */
export const redirectReasons: Record<MismatchReason, RefusalReason> = {
  malformed: 'redirect_malformed',
  nothing_registered: 'redirect_none_registered',
  not_allowed: 'redirect_not_allowed',
  scheme_differs: 'redirect_scheme_differs',
  host_differs: 'redirect_host_differs',
  port_differs: 'redirect_port_differs',
  path_differs: 'redirect_path_differs',
  sub_path_not_accepted: 'redirect_sub_path',
};
