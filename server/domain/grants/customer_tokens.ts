import { type Clock, MICROS_PER_SECOND, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type Identifiers, isUuid } from '../../kernel/identifiers.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { AppService } from '../apps/app_service.ts';
import type { Storage } from '../storage.ts';
import type { AuthenticatedAgent } from './authentication.ts';

/** Seconds that a customer's token lives (docs: authorization/customer-authorization). */
const LIFE = 28_800;
const LEAST_LIFE = 60;

export interface IssuedCustomerToken {
  accessToken: string;
  customerId: string;
  clientId: string;
  organizationId: string;
  expiresInSeconds: number;
}

/** Makes customers; the chat domain does. */
export interface CustomerDirectory {
  /** @returns the id of the new customer */
  create(licenseId: number, visit: { ip: string; userAgent: string }): Promise<string>;
  exists(licenseId: number, customerId: string): Promise<boolean>;
}

export interface CustomerTokens {
  /** The agent token grant: an app makes or takes up a customer of the agent's organization. */
  byAgentToken(
    agent: AuthenticatedAgent,
    request: { clientId: string; entityId: string | undefined; expiresIn: number | undefined },
    visit: { ip: string; userAgent: string },
  ): Promise<IssuedCustomerToken>;
  inspect(text: string): Promise<IssuedCustomerToken | undefined>;
  revoke(text: string): Promise<boolean>;
}

export function customerTokens(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  apps: AppService;
  customers: CustomerDirectory;
  onCustomerTokenRevoked(key: number): void;
}): CustomerTokens {
  const { storage, clock, tokens } = deps;

  async function find(text: string) {
    const parsed = tokens.parse(text);
    if (parsed?.kind !== 'customer') return undefined;
    const token = await storage.read.grants.customerToken(parsed.key);
    if (!token || !sameSecret(parsed.secretHash, token.secretHash)) return undefined;
    return token.revokedAt === null && token.expiresAt > clock.now() ? token : undefined;
  }

  return {
    async byAgentToken(agent, { clientId, entityId, expiresIn }, visit) {
      if (agent.credential === 'personal_access_token')
        throw new GatehouseError(
          'unauthorized_client',
          'Customers are made by apps: this grant takes an access token of an app, not a personal access token.',
          { reason: 'customer_grant_by_personal_access_token' },
        );
      if (!agent.scopes.has('customers:own'))
        throw new GatehouseError(
          'authorization',
          'The access token lacks the scope customers:own. Add it to the app and authorize again.',
          { reason: 'scope_missing', data: { scope: 'customers:own' } },
        );
      if (agent.clientId !== clientId || !(await deps.apps.client(clientId)))
        throw new GatehouseError(
          'invalid_client',
          'client_id is not the app that the access token belongs to.',
          { reason: 'client_differs' },
        );
      const life = expiresIn ?? LIFE;
      if (!Number.isInteger(life) || life < LEAST_LIFE || life > LIFE)
        throw new GatehouseError(
          'validation',
          `expires_in is ${life}; it may be ${LEAST_LIFE} to ${LIFE} seconds.`,
          {
            fields: [{ field: 'expires_in', message: `${LEAST_LIFE} to ${LIFE} seconds.` }],
          },
        );
      const { organization } = agent;
      if (entityId !== undefined) await needCustomer(organization.licenseId, entityId);
      const customerId = entityId ?? (await deps.customers.create(organization.licenseId, visit));
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('customer', key);
      await storage.write((stores) =>
        stores.grants.addCustomerToken({
          key,
          secretHash: minted.secretHash,
          licenseId: organization.licenseId,
          customerId,
          clientId,
          createdAt: now,
          expiresAt: now + seconds(life),
          revokedAt: null,
        }),
      );
      return {
        accessToken: minted.text,
        customerId,
        clientId,
        organizationId: organization.id,
        expiresInSeconds: life,
      };
    },

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

  async function needCustomer(licenseId: number, entityId: string): Promise<void> {
    if (isUuid(entityId) && (await deps.customers.exists(licenseId, entityId))) return;
    throw new GatehouseError('validation', 'There is no customer with this entity_id in your organization.', {
      fields: [{ field: 'entity_id', message: 'Leave it out to make a new customer.' }],
    });
  }
}
