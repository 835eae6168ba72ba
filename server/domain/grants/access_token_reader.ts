import type { Clock } from '../../kernel/clock.ts';
import { type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import { effectiveScopes, noScopes } from '../../oauth/scopes.ts';
import type { Storage } from '../storage.ts';
import type { AuthenticatedAgent } from './authentication.ts';
import { livingBot } from './bot_rights.ts';
import { type AccessToken, MEMBER_REMOVED } from './records.ts';
import type { TokenCache } from './token_cache.ts';

/** A live access token, and who acts by it. */
export interface KnownAccessToken {
  token: AccessToken;
  agent: AuthenticatedAgent;
}

/** Why a token is worth nothing: of the token itself, or of its holder. */
export interface DeadToken {
  dead: 'unknown' | 'revoked' | 'expired' | DeadHolder;
  /** Whose it was, where its secret was right. */
  clientId?: string;
}
export type DeadHolder = 'gone' | 'suspended' | 'botGone';

/** Of the one call that somebody who is suspended may make. */
export interface SuspendedToo {
  evenSuspended?: boolean | undefined;
}

/** Looks an access token up, in memory first; every check of one comes through here. */
export interface AccessTokenReader {
  read(
    parsed: Pick<ParsedToken, 'key' | 'secretHash'>,
    options?: SuspendedToo,
  ): Promise<KnownAccessToken | DeadToken>;
  /** The person of a token or personal access token, as they are now. */
  person(
    held: {
      licenseId: number;
      accountId: string;
      scopes: string;
      credential: AuthenticatedAgent['credential'];
      clientId: string | null;
      resources: string | null;
    } & SuspendedToo,
  ): Promise<AuthenticatedAgent | DeadHolder>;
}

export function accessTokenReader(deps: {
  storage: Storage;
  clock: Clock;
  cache: TokenCache<KnownAccessToken>;
}): AccessTokenReader {
  const { storage, clock, cache } = deps;

  const person: AccessTokenReader['person'] = async (held) => {
    const { licenseId, accountId, scopes, credential, clientId, resources } = held;
    const [member, organization] = await Promise.all([
      storage.read.identity.member(licenseId, accountId),
      storage.read.identity.organization(licenseId),
    ]);
    if (!member || !organization) return 'gone';
    const suspended = member.membership.suspendedAt !== null;
    if (suspended && !held.evenSuspended) return 'suspended';
    const { accountRole, chatRole } = member.membership;
    return {
      kind: 'agent',
      organization: { id: organization.id, licenseId },
      accountId,
      agentId: member.account.email,
      accountRole,
      chatRole,
      groupIds: member.groupIds,
      scopes: suspended
        ? noScopes
        : effectiveScopes(scopes.split(' '), { account: accountRole, chat: chatRole }),
      credential,
      clientId,
      resources,
    };
  };

  async function bot(token: AccessToken): Promise<AuthenticatedAgent | DeadHolder> {
    const living = await livingBot(storage.read, token);
    if (!living) return 'botGone';
    const { organization, scopes } = living;
    return {
      kind: 'agent',
      organization: { id: organization.id, licenseId: organization.licenseId },
      accountId: living.bot.id,
      agentId: living.bot.id,
      accountRole: 'member',
      chatRole: 'normal',
      groupIds: living.bot.groupIds,
      scopes,
      credential: 'bot_token',
      clientId: token.clientId,
      resources: token.resources,
    };
  }

  return {
    person,
    async read({ key, secretHash }, { evenSuspended } = {}) {
      const now = clock.now();
      const cached = cache.get(key, now);
      if (cached) return sameSecret(secretHash, cached.secretHash) ? cached.value : { dead: 'unknown' };
      const epoch = cache.epoch();
      const token = await storage.read.grants.accessToken(key);
      if (!token || !sameSecret(secretHash, token.secretHash)) return { dead: 'unknown' };
      const { clientId } = token;
      if (token.revokedAt !== null)
        return { dead: token.revokedReason === MEMBER_REMOVED ? 'gone' : 'revoked', clientId };
      if (token.expiresAt <= now) return { dead: 'expired', clientId };
      const agent = await (token.botSecretKey === null
        ? person({ ...token, credential: 'access_token', evenSuspended })
        : bot(token));
      if (typeof agent === 'string') return { dead: agent, clientId };
      const { familyKey, expiresAt } = token;
      const value: KnownAccessToken = { token, agent: { ...agent, familyKey } };
      // What is remembered opens every call.
      if (!evenSuspended)
        cache.set(key, { secretHash: token.secretHash, familyKey, expiresAt, value }, epoch, now);
      return value;
    },
  };
}
