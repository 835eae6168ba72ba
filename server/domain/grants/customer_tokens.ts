import { MICROS_PER_SECOND } from '../../kernel/clock.ts';
import { sameSecret } from '../../oauth/opaque_token.ts';
import type { AuthenticatedAgent } from './authentication.ts';
import { type AgentGrantRequest, agentGrant } from './customer_agent_grant.ts';
import { type CookieGrant, cookieGrant } from './customer_cookie_grant.ts';
import { type IdentityTransfers, identityTransfers } from './customer_identity_transfer.ts';
import type { CustomerGrantDeps, IssuedCustomerToken, Visit } from './customer_issue.ts';
import { knownOrigins, type OriginCache } from './customer_origins.ts';

export type { CustomerDirectory, IssuedCustomerToken } from './customer_issue.ts';

/** How customers get their tokens, and what becomes of them. */
export interface CustomerTokens {
  /** The agent token grant: an app makes or takes up a customer of the agent's organization. */
  byAgentToken(
    agent: AuthenticatedAgent,
    request: AgentGrantRequest,
    visit: Visit,
  ): Promise<IssuedCustomerToken>;
  cookie: CookieGrant;
  transfers: IdentityTransfers;
  /** Is the origin one of any app's pages? */
  isKnownOrigin(origin: string): Promise<boolean>;
  /** Undefined for what is not a customer's live token. */
  inspect(text: string): Promise<IssuedCustomerToken | undefined>;
  /** @returns false when there is no such live token */
  revoke(text: string): Promise<boolean>;
}

export function customerTokens(deps: CustomerGrantDeps & { origins: OriginCache }): CustomerTokens {
  const { storage, clock, tokens } = deps;

  async function find(text: string) {
    const parsed = tokens.parse(text);
    if (parsed?.kind !== 'customer') return undefined;
    const token = await storage.read.grants.customerToken(parsed.key);
    if (!token || !sameSecret(parsed.secretHash, token.secretHash)) return undefined;
    return token.revokedAt === null && token.expiresAt > clock.now() ? token : undefined;
  }

  return {
    byAgentToken: agentGrant(deps),
    cookie: cookieGrant(deps),
    transfers: identityTransfers(deps),
    isKnownOrigin: knownOrigins(deps),

    async inspect(text) {
      const token = await find(text);
      const organization = token && (await storage.read.identity.organization(token.licenseId));
      if (!token || !organization) return undefined;
      return {
        accessToken: text,
        customerId: token.customerId,
        clientId: token.clientId,
        organizationId: organization.id,
        expiresInSeconds: Math.floor((token.expiresAt - clock.now()) / MICROS_PER_SECOND),
      };
    },

    async revoke(text) {
      const token = await find(text);
      if (!token) return false;
      await storage.write((stores) => stores.grants.revokeCustomerToken(token.key, clock.now()));
      deps.onCustomerTokenRevoked(token.key);
      return true;
    },
  };
}
