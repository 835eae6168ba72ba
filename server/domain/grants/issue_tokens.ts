import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { ClientPolicy } from '../../oauth/client_profile.ts';
import type { MintedToken, OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { Stores } from '../storage.ts';
import type { RefreshToken, TokenSubject } from './records.ts';

/** LiveChat: 25 access tokens and 25 refresh tokens per client and account; the oldest gives way. */
export const LIVE_TOKENS = 25;

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string | undefined;
  expiresInSeconds: number;
  subject: TokenSubject;
  /** Keys of access tokens that had to give way. */
  evicted: number[];
}

/** Adds an access token of a family. */
export async function addAccess(
  stores: Stores,
  subject: TokenSubject,
  token: { key: number; minted: MintedToken; refreshKey: number | null },
  policy: ClientPolicy,
  now: Micros,
): Promise<void> {
  await stores.grants.addAccessToken({
    ...subject,
    key: token.key,
    secretHash: token.minted.secretHash,
    refreshKey: token.refreshKey,
    createdAt: now,
    expiresAt: now + seconds(policy.accessTokenSeconds),
    revokedAt: null,
    revokedReason: null,
  });
}

/** A refresh token's row; a rotated family keeps the absolute end of its first. */
export function refreshRow(
  subject: TokenSubject,
  token: { key: number; minted: MintedToken },
  policy: ClientPolicy,
  now: Micros,
  absoluteExpiresAt?: Micros,
): RefreshToken {
  const end = absoluteExpiresAt ?? now + seconds(policy.refreshAbsoluteSeconds);
  return {
    ...subject,
    key: token.key,
    secretHash: token.minted.secretHash,
    createdAt: now,
    idleExpiresAt: Math.min(end, now + seconds(policy.refreshIdleSeconds)),
    absoluteExpiresAt: end,
    rotatedAt: null,
    successorKey: null,
    successorAccessKey: null,
    revokedAt: null,
    revokedReason: null,
  };
}

/** A fresh pair for a code that was just used up. */
export async function issuePair(
  stores: Stores,
  tools: { identifiers: Identifiers; tokens: OpaqueTokens },
  subject: TokenSubject,
  policy: ClientPolicy,
  now: Micros,
): Promise<IssuedTokens> {
  const refresh = { key: tools.identifiers.key() };
  const access = { key: tools.identifiers.key() };
  const refreshMinted = tools.tokens.mint('refresh', refresh.key);
  const accessMinted = tools.tokens.mint('access', access.key);
  await stores.grants.addRefreshToken(
    refreshRow(subject, { ...refresh, minted: refreshMinted }, policy, now),
  );
  await addAccess(stores, subject, { ...access, minted: accessMinted, refreshKey: refresh.key }, policy, now);
  const evicted = await stores.grants.evictOldest(subject.accountId, subject.clientId, LIVE_TOKENS, now);
  return {
    accessToken: accessMinted.text,
    refreshToken: refreshMinted.text,
    expiresInSeconds: policy.accessTokenSeconds,
    subject,
    evicted: evicted.access,
  };
}
