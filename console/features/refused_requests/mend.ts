import type { RefusalReason } from '../../api/types.ts';

/** Where a refusal is mended, when it is in the Console. */
export type MendingPlace = 'authorization';

const IN_AUTHORIZATION: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'redirect_none_registered',
  'redirect_malformed',
  'redirect_not_allowed',
  'redirect_scheme_differs',
  'redirect_host_differs',
  'redirect_port_differs',
  'redirect_path_differs',
  'redirect_sub_path',
  'implicit_not_allowed',
  'challenge_missing',
  'method_not_allowed',
  'app_without_scopes',
  'scope_left_out',
  'scope_not_of_app',
  'scope_beyond_role',
  'secret_missing',
  'secret_wrong',
  'secret_of_public_client',
  'client_public',
  'client_identity_missing',
  'scopes_removed',
  'scope_missing',
  'origin_not_registered',
]);

export function placeToMend(reason: RefusalReason): MendingPlace | null {
  return IN_AUTHORIZATION.has(reason) ? 'authorization' : null;
}
