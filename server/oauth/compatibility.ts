import type { RequestChecked } from './authorization_request.ts';

/**
 * What a compatible app may do and a strict one may not. Each is something that a request really did, so that
 * an app which uses none of them notices nothing when its profile becomes strict.
 */
export const compatibilityFeatures = [
  /** `response_type=token`. */
  'implicit_grant',
  /** The redirect URI lay below a registered one. */
  'sub_path_redirect',
  /** http to another machine. */
  'plain_http_redirect',
  /** A code without a challenge. */
  'no_pkce',
  'pkce_plain',
  /** A challenge without a method, which means `plain` (RFC 7636 §4.3). */
  'pkce_method_missing',
  /** `s256`, as LiveChat's parameter table spells it. */
  'pkce_small_s256',
  /** The hash of an S256 challenge as the Accounts SDK writes it. */
  'pkce_sdk_challenge',
  /** No scope was named, so that all the app's were asked for. */
  'scope_missing',
  /** A code was redeemed later than a strict one lives. */
  'slow_code',
  /** A customer was carried over to another page by a token without a challenge. */
  'transfer_no_pkce',
  /** A page of customers that was served by http, from another machine. */
  'plain_http_page',
] as const;
export type CompatibilityFeature = (typeof compatibilityFeatures)[number];

/** What of a good authorization request the strict profile would refuse; nothing for a strict app. */
export function compatibilityOf(request: RequestChecked): CompatibilityFeature[] {
  const used: CompatibilityFeature[] = [];
  if (request.redirectRule === 'sub_path') used.push('sub_path_redirect');
  if (request.redirect.kind === 'http') used.push('plain_http_redirect');
  if (request.responseType === 'token') used.push('implicit_grant');
  else used.push(...pkceFeatures(request));
  if (request.scopeLeftOut || request.parameters.scope_left_out) used.push('scope_missing');
  return used;
}

function pkceFeatures({ pkce, parameters }: RequestChecked): CompatibilityFeature[] {
  if (pkce === null) return ['no_pkce'];
  switch (parameters.code_challenge_method) {
    case undefined:
    case '':
      return ['pkce_method_missing'];
    case 'plain':
      return ['pkce_plain'];
    case 's256':
      return ['pkce_small_s256'];
    default:
      // Kept as RFC 7636 spells it, however it came.
      return parameters.code_challenge === pkce.challenge ? [] : ['pkce_sdk_challenge'];
  }
}
