import { type Micros, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { ClientPolicy } from '../../oauth/client_profile.ts';
import type { MintedToken, OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import type { AccessToken, RefreshToken, TokenSubject } from './records.ts';

/** LiveChat: 25 access tokens and 25 refresh tokens per client and account; the oldest gives way. */
export const LIVE_TOKENS = 25;

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string | undefined;
  expiresInSeconds: number;
  /** Of the access token. */
  subject: TokenSubject;
  /** The subject's account is a bot. */
  ofBot?: true;
  /** Keys of access tokens that had to give way. */
  evicted: number[];
}

/**
 * Adds tokens of one account and client. The oldest live ones give way when there are more than the cap, which the
 * audit log is told.
 * @param add.insteadOf key of the refresh token that the pair succeeds
 * @returns keys of the access tokens that died, for the cache to forget once the unit is committed
 */
export async function addTokens(
  stores: Stores,
  audit: Audit,
  actor: Actor,
  add: { access: AccessToken; refresh?: RefreshToken; insteadOf?: number },
  now: Micros,
): Promise<number[]> {
  const { licenseId, accountId, clientId } = add.access;
  const evicted = await stores.grants.addTokens(add, { keep: LIVE_TOKENS, now });
  const detail = { access_tokens: evicted.access.length, refresh_tokens: evicted.refresh.length };
  if (detail.access_tokens + detail.refresh_tokens > 0)
    await audit(stores, actor, 'tokens.evicted_by_cap', { licenseId, accountId, clientId, detail });
  return evicted.access;
}

/** An access token's row. */
export function accessRow(
  subject: TokenSubject,
  token: { key: number; minted: MintedToken; refreshKey: number | null; botSecretKey?: number },
  policy: Pick<ClientPolicy, 'accessTokenSeconds'>,
  now: Micros,
): AccessToken {
  return {
    ...subject,
    key: token.key,
    secretHash: token.minted.secretHash,
    refreshKey: token.refreshKey,
    botSecretKey: token.botSecretKey ?? null,
    createdAt: now,
    expiresAt: now + seconds(policy.accessTokenSeconds),
    revokedAt: null,
    revokedReason: null,
  };
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

/**
 * A fresh pair for a code that was just used up.
 * @param accessSubject of the access token, where the request narrowed it
 */
export async function issuePair(
  stores: Stores,
  tools: { identifiers: Identifiers; tokens: OpaqueTokens; audit: Audit },
  subject: TokenSubject,
  policy: ClientPolicy,
  now: Micros,
  actor: Actor,
  accessSubject: TokenSubject = subject,
): Promise<IssuedTokens> {
  const refresh = { key: tools.identifiers.key() };
  const access = { key: tools.identifiers.key() };
  const refreshMinted = tools.tokens.mint('refresh', refresh.key);
  const accessMinted = tools.tokens.mint('access', access.key);
  const pair = {
    refresh: refreshRow(subject, { ...refresh, minted: refreshMinted }, policy, now),
    access: accessRow(
      accessSubject,
      { ...access, minted: accessMinted, refreshKey: refresh.key },
      policy,
      now,
    ),
  };
  return {
    accessToken: accessMinted.text,
    refreshToken: refreshMinted.text,
    expiresInSeconds: policy.accessTokenSeconds,
    subject: accessSubject,
    evicted: await addTokens(stores, tools.audit, actor, pair, now),
  };
}
