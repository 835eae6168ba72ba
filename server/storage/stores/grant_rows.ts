import type {
  AccessToken,
  AuthorizationCode,
  Grant,
  PersonalAccessToken,
  RefreshToken,
} from '../../domain/grants/records.ts';
import type { GrantTables } from '../tables/grants.ts';

export function toGrant(row: GrantTables['grants']): Grant {
  return {
    key: row.grant_key,
    id: row.id,
    licenseId: row.license_id,
    accountId: row.account_id,
    clientId: row.client_id,
    scopes: row.scopes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
  };
}

export function toCode(row: GrantTables['authorization_codes']): AuthorizationCode {
  return {
    familyKey: row.family_key,
    secretHash: row.secret_hash,
    grantKey: row.grant_key,
    licenseId: row.license_id,
    accountId: row.account_id,
    clientId: row.client_id,
    scopes: row.scopes,
    resources: row.resources,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    codeChallengeMethod: challengeMethod(row.code_challenge_method),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    consumedAt: row.consumed_at,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
  };
}

export function toAccessToken(row: GrantTables['access_tokens']): AccessToken {
  return {
    key: row.token_key,
    secretHash: row.secret_hash,
    familyKey: row.family_key,
    refreshKey: row.refresh_key,
    licenseId: row.license_id,
    accountId: row.account_id,
    clientId: row.client_id,
    scopes: row.scopes,
    resources: row.resources,
    botSecretKey: row.bot_secret_key,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
  };
}

export function toRefreshToken(row: GrantTables['refresh_tokens']): RefreshToken {
  return {
    key: row.token_key,
    secretHash: row.secret_hash,
    familyKey: row.family_key,
    licenseId: row.license_id,
    accountId: row.account_id,
    clientId: row.client_id,
    scopes: row.scopes,
    resources: row.resources,
    createdAt: row.created_at,
    idleExpiresAt: row.idle_expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    rotatedAt: row.rotated_at,
    successorKey: row.successor_key,
    successorAccessKey: row.successor_access_key,
    revokedAt: row.revoked_at,
    revokedReason: row.revoked_reason,
  };
}

export function toPersonalAccessToken(row: GrantTables['personal_access_tokens']): PersonalAccessToken {
  return {
    key: row.token_key,
    id: row.id,
    licenseId: row.license_id,
    accountId: row.account_id,
    name: row.name,
    secretHash: row.secret_hash,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    lastUsedFrom: row.last_used_from,
    revokedAt: row.revoked_at,
  };
}

function challengeMethod(stored: string | null): 'S256' | 'plain' | null {
  if (stored === null) return null;
  return stored === 'S256' ? 'S256' : 'plain';
}
