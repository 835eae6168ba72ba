import { type Clock, MICROS_PER_SECOND } from '../../kernel/clock.ts';
import { type OpaqueTokens, type ParsedToken, sameSecret } from '../../oauth/opaque_token.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage } from '../storage.ts';
import type { AccessTokenReader } from './access_token_reader.ts';
import type { AccessToken, RefreshToken, TokenSubject } from './records.ts';
import { appOfToken } from './token_owner.ts';

export interface TokenInformation extends TokenSubject {
  organizationId: string;
  expiresInSeconds: number;
}

export interface TokenManagement {
  /** Undefined for what is not a live access token. */
  inspect(text: string): Promise<TokenInformation | undefined>;
  /**
   * Revokes an access token with its refresh token, or a refresh token with its whole family.
   * @returns false when there is no such live token
   */
  revoke(text: string, actor: Actor): Promise<boolean>;
  /** The app that a token was given to, dead or alive; undefined for what is no token. */
  clientOf(text: string): Promise<string | undefined>;
}

export function tokenManagement(deps: {
  storage: Storage;
  clock: Clock;
  tokens: OpaqueTokens;
  audit: Audit;
  accessTokens: AccessTokenReader;
  onAccessRevoked(keys: readonly number[]): void;
  onFamilyRevoked(familyKey: number): void;
}): TokenManagement {
  const { storage, clock, tokens } = deps;

  async function findAccess(parsed: ParsedToken): Promise<AccessToken | undefined> {
    const token = await storage.read.grants.accessToken(parsed.key);
    if (!token || !sameSecret(parsed.secretHash, token.secretHash)) return undefined;
    return token.revokedAt === null && token.expiresAt > clock.now() ? token : undefined;
  }

  async function findRefresh(parsed: ParsedToken): Promise<RefreshToken | undefined> {
    const token = await storage.read.grants.refreshToken(parsed.key);
    if (!token || !sameSecret(parsed.secretHash, token.secretHash)) return undefined;
    return token.revokedAt === null && token.idleExpiresAt > clock.now() ? token : undefined;
  }

  /** The whole family: with an access token goes its refresh token, else a sibling would go on. */
  async function revokeFamily(
    token: TokenSubject,
    action: 'access_token.revoked' | 'refresh_token.revoked',
    actor: Actor,
  ): Promise<true> {
    await storage.write(async (stores) => {
      await stores.grants.revokeFamily(token, 'revoked', clock.now());
      await deps.audit(stores, actor, action, facts(token));
    });
    deps.onFamilyRevoked(token.familyKey);
    return true;
  }

  return {
    async clientOf(text) {
      const parsed = tokens.parse(text);
      return parsed && appOfToken(storage, parsed);
    },
    async inspect(text) {
      const parsed = tokens.parse(text);
      const known = parsed?.kind === 'access' ? await deps.accessTokens.read(parsed) : undefined;
      if (!known || 'dead' in known) return undefined;
      const { token, agent } = known;
      const { familyKey, licenseId, accountId, clientId, scopes, resources } = token;
      return {
        familyKey,
        licenseId,
        accountId,
        clientId,
        scopes,
        resources,
        organizationId: agent.organization.id,
        expiresInSeconds: Math.floor((token.expiresAt - clock.now()) / MICROS_PER_SECOND),
      };
    },
    async revoke(text, actor) {
      const parsed = tokens.parse(text);
      if (parsed?.kind === 'access') {
        const token = await findAccess(parsed);
        return token ? revokeFamily(token, 'access_token.revoked', actor) : false;
      }
      if (parsed?.kind === 'refresh') {
        const token = await findRefresh(parsed);
        return token ? revokeFamily(token, 'refresh_token.revoked', actor) : false;
      }
      return false;
    },
  };
}

function facts({ licenseId, accountId, clientId }: TokenSubject) {
  return { licenseId, accountId, clientId };
}
