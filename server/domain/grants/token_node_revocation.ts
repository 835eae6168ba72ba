import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';

/** Why tokens are dead that somebody revoked by hand, in the Console. */
const REASON = 'revoked_in_console';

export interface TokenNodeRevocation {
  /**
   * Kills one credential and all that came of it: a code with its whole family, a refresh token with its
   * successors and their access tokens, an access token or a personal one alone.
   * @param id as the debugger names it
   * @throws GatehouseError `not_found`, the same for what is dead and for another organization's
   */
  revoke(by: { licenseId: number; accountId: string; actor: Actor }, id: string): Promise<void>;
}

interface Killed {
  action: AuditAction;
  /** Whose credential it was. */
  holder: string;
  clientId: string | null;
  forget(): void;
}

const NODE = /^(code|refresh|access|customer|personal)_([1-9]\d{0,15})$/;

export function tokenNodeRevocation(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  onAccessRevoked(keys: readonly number[]): void;
  onFamilyRevoked(familyKey: number): void;
  onCustomerTokenRevoked(key: number): void;
}): TokenNodeRevocation {
  const { storage, clock } = deps;

  async function kill(
    { grants }: Stores,
    kind: string,
    key: number,
    licenseId: number,
  ): Promise<Killed | undefined> {
    const now = clock.now();
    switch (kind) {
      case 'code': {
        const code = await grants.code(key);
        if (code?.licenseId !== licenseId || !(await grants.revokeFamily(code, REASON, now)))
          return undefined;
        const forget = () => deps.onFamilyRevoked(key);
        return { action: 'grant_family.revoked', holder: code.accountId, clientId: code.clientId, forget };
      }
      case 'refresh': {
        const token = await grants.refreshToken(key);
        if (token?.licenseId !== licenseId || token.revokedAt !== null) return undefined;
        await grants.revokeRefreshBranch(token, key, REASON, now);
        const forget = () => deps.onFamilyRevoked(token.familyKey);
        return { action: 'refresh_token.revoked', holder: token.accountId, clientId: token.clientId, forget };
      }
      case 'access': {
        const token = await grants.accessToken(key);
        if (token?.licenseId !== licenseId || !(await grants.revokeAccessToken(key, REASON, now)))
          return undefined;
        const forget = () => deps.onAccessRevoked([key]);
        return { action: 'access_token.revoked', holder: token.accountId, clientId: token.clientId, forget };
      }
      case 'customer': {
        const token = await grants.customerToken(key);
        if (token?.licenseId !== licenseId || token.revokedAt !== null) return undefined;
        await grants.revokeCustomerToken(key, now);
        const forget = () => deps.onCustomerTokenRevoked(key);
        return { action: 'access_token.revoked', holder: token.customerId, clientId: token.clientId, forget };
      }
      default: {
        const token = await grants.personalAccessTokenByKey(key);
        if (token?.licenseId !== licenseId) return undefined;
        if (!(await grants.revokePersonalAccessToken(token.accountId, token.id, now))) return undefined;
        const forget = () => {};
        return { action: 'personal_access_token.revoked', holder: token.accountId, clientId: null, forget };
      }
    }
  }

  return {
    async revoke({ licenseId, accountId, actor }, id) {
      const [, kind, key] = NODE.exec(id) ?? [];
      const killed = await storage.write(async (stores) => {
        const done = kind && key ? await kill(stores, kind, Number(key), licenseId) : undefined;
        if (!done)
          throw new GatehouseError(
            'not_found',
            'This token is dead already, or your organization has none like it. Inspect it again to see its state.',
          );
        await deps.audit(stores, actor, done.action, {
          licenseId,
          accountId,
          clientId: done.clientId,
          detail: { holder: done.holder, reason: REASON },
        });
        return done;
      });
      killed.forget();
    },
  };
}
