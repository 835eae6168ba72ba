import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { AuthenticatedAgent } from './authentication.ts';
import {
  type CustomerGrantDeps,
  ensureCustomer,
  type IssuedCustomerToken,
  identityIn,
  issueCustomerToken,
  type NamedOrganization,
  needGroup,
  refuseOtherOrganization,
  tokenLife,
  type Visit,
} from './customer_issue.ts';

export interface AgentGrantRequest {
  clientId: string;
  entityId: string | undefined;
  expiresIn: number | undefined;
  organization: NamedOrganization;
  groupId: number | undefined;
}

/**
 * The app behind an agent's token, if it may stand for customers.
 * @throws GatehouseError `unauthorized_client`, `authorization`, `invalid_client`
 */
export async function needOwnApp(
  apps: AppService,
  agent: AuthenticatedAgent,
  clientId: string,
): Promise<ClientOfApp> {
  if (agent.credential === 'personal_access_token')
    throw new GatehouseError(
      'unauthorized_client',
      'Customers are made by apps: this takes an access token of an app, not a personal access token.',
      { reason: 'customer_grant_by_personal_access_token' },
    );
  if (!agent.scopes.has('customers:own'))
    throw new GatehouseError(
      'authorization',
      'The access token lacks the scope customers:own. Add it to the app and authorize again.',
      { reason: 'scope_missing', data: { scope: 'customers:own' } },
    );
  const known = agent.clientId === clientId ? await apps.client(clientId) : undefined;
  if (known) return known;
  throw new GatehouseError('invalid_client', 'client_id is not the app that the access token belongs to.', {
    reason: 'client_differs',
  });
}

/** LiveChat's agent token grant (docs: authorization/customer-authorization#agent-token-grant). */
export function agentGrant(
  deps: CustomerGrantDeps,
): (agent: AuthenticatedAgent, request: AgentGrantRequest, visit: Visit) => Promise<IssuedCustomerToken> {
  const { storage, identifiers } = deps;

  async function needCustomer(licenseId: number, entityId: string): Promise<void> {
    if (isUuid(entityId) && (await deps.customers.exists(licenseId, entityId))) return;
    throw new GatehouseError('validation', 'There is no customer with this entity_id in your organization.', {
      fields: [{ field: 'entity_id', message: 'Leave it out to make a new customer.' }],
    });
  }

  return async (agent, { clientId, entityId, expiresIn, organization: named, groupId }, visit) => {
    await needOwnApp(deps.apps, agent, clientId);
    const life = tokenLife(expiresIn);
    refuseOtherOrganization(named, agent.organization, 'the access token');
    const { licenseId } = agent.organization;
    const organization = await storage.read.identity.organization(licenseId);
    if (!organization) throw new GatehouseError('internal', 'the organization of a token is gone');
    await needGroup(storage, licenseId, groupId);
    if (entityId !== undefined) await needCustomer(licenseId, entityId);
    const now = deps.clock.now();
    const issued = await storage.write(async (stores) => {
      const person = entityId ?? identifiers.uuid();
      const customerId = await identityIn(stores, identifiers, licenseId, person, groupId);
      const holder = { organization, customerId, clientId, familyKey: null };
      return issueCustomerToken(stores, deps, holder, life, now);
    });
    if (issued.customerId !== entityId)
      await ensureCustomer(deps.customers, licenseId, issued.customerId, { ...visit, ofApp: true });
    return issued;
  };
}
