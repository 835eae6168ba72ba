import type { RefusalReason, RefusedRequest } from '../../api/refusal_types.ts';

/** A part of the page App Authorization. */
export type MendingPart = 'redirect_uris' | 'scopes' | 'credentials' | 'try_it' | 'profile' | 'bot';

const PARTS: Partial<Record<RefusalReason, MendingPart>> = {
  redirect_none_registered: 'redirect_uris',
  redirect_missing: 'redirect_uris',
  redirect_malformed: 'redirect_uris',
  redirect_not_allowed: 'redirect_uris',
  redirect_scheme_differs: 'redirect_uris',
  redirect_host_differs: 'redirect_uris',
  redirect_port_differs: 'redirect_uris',
  redirect_path_differs: 'redirect_uris',
  redirect_sub_path: 'redirect_uris',
  redirect_mismatch: 'redirect_uris',
  implicit_not_allowed: 'profile',
  challenge_missing: 'profile',
  method_not_allowed: 'profile',
  app_without_scopes: 'scopes',
  scope_left_out: 'scopes',
  scope_not_of_app: 'scopes',
  scope_beyond_role: 'scopes',
  scopes_removed: 'scopes',
  scope_missing: 'scopes',
  secret_missing: 'credentials',
  secret_wrong: 'credentials',
  secret_of_public_client: 'credentials',
  client_public: 'credentials',
  client_identity_missing: 'bot',
  origin_not_registered: 'redirect_uris',
  token_wrong_kind: 'try_it',
  token_percent_encoded: 'try_it',
  token_expired: 'try_it',
  token_revoked: 'try_it',
};

export interface MendingPlace {
  part: MendingPart;
  /** An address that the whitelist could take. */
  add: string | undefined;
}

/** Where a refusal is mended, when it is in the Console. */
export function placeToMend({ reason, received }: RefusedRequest): MendingPlace | null {
  const part = PARTS[reason];
  if (!part) return null;
  const differs = /^redirect_(none_registered|(scheme|host|port|path)_differs|sub_path)$/.test(reason);
  return { part, add: differs && received !== null ? received : undefined };
}
