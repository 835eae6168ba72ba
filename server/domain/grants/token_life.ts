import type { Micros } from '../../kernel/clock.ts';
import type { DeadHolder } from './access_token_reader.ts';
import type {
  AccessToken,
  AuthorizationCode,
  CustomerToken,
  PersonalAccessToken,
  RefreshToken,
} from './records.ts';

export const lifeStates = [
  'alive',
  /** A code that was exchanged. */
  'used',
  /** A refresh token that was exchanged for its successor. */
  'rotated',
  'expired',
  /** A refresh token that nobody used for too long. */
  'idle',
  /** It had to give way to newer tokens of the same person and app. */
  'evicted',
  'revoked',
  /** It is whole, but its person left, or is suspended, or its bot is gone. */
  'holder_gone',
  'holder_suspended',
  'bot_gone',
] as const;
export type LifeState = (typeof lifeStates)[number];

/** Whether a credential works at a moment, and if not, since when and why. */
export interface TokenLife {
  state: LifeState;
  /** What revoked it, as it is stored; null where nothing did, or nobody wrote it down. */
  reason: string | null;
  endedAt: Micros | null;
}

const ALIVE: TokenLife = { state: 'alive', reason: null, endedAt: null };
const ended = (state: LifeState, endedAt: Micros | null, reason: string | null = null): TokenLife => ({
  state,
  reason,
  endedAt,
});

function revokedLife(token: { revokedAt: Micros | null; revokedReason?: string | null }) {
  if (token.revokedAt === null) return undefined;
  const reason = token.revokedReason ?? null;
  return ended(reason === 'evicted_by_cap' ? 'evicted' : 'revoked', token.revokedAt, reason);
}

export function codeLife(code: AuthorizationCode, now: Micros): TokenLife {
  const revoked = revokedLife(code);
  if (revoked) return revoked;
  if (code.consumedAt !== null) return ended('used', code.consumedAt);
  return code.expiresAt <= now ? ended('expired', code.expiresAt) : ALIVE;
}

/** Of access tokens, customers' tokens and personal access tokens. */
export function bearerLife(token: AccessToken | CustomerToken | PersonalAccessToken, now: Micros): TokenLife {
  return revokedLife(token) ?? (token.expiresAt <= now ? ended('expired', token.expiresAt) : ALIVE);
}

export function refreshLife(token: RefreshToken, now: Micros): TokenLife {
  const revoked = revokedLife(token);
  if (revoked) return revoked;
  if (token.rotatedAt !== null) return ended('rotated', token.rotatedAt);
  if (token.absoluteExpiresAt <= now) return ended('expired', token.absoluteExpiresAt);
  return token.idleExpiresAt <= now ? ended('idle', token.idleExpiresAt) : ALIVE;
}

/** A whole token is worth nothing without its holder. */
export function lifeWithHolder(life: TokenLife, dead: DeadHolder | undefined): TokenLife {
  if (life.state !== 'alive' || dead === undefined) return life;
  const states = { gone: 'holder_gone', suspended: 'holder_suspended', botGone: 'bot_gone' } as const;
  return ended(states[dead], null);
}
