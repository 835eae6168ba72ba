import { type Clock, type Micros, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { AppService } from '../apps/app_service.ts';
import { isBuiltIn } from '../apps/built_in_clients.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Organization } from '../identity/records.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage, Stores } from '../storage.ts';

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

export interface Visit {
  ip: string;
  userAgent: string;
  /** It is an app's server that asks, not the customer's browser. */
  ofApp?: boolean;
}

/** Makes customers; the chat domain does. */
export interface CustomerDirectory {
  /** @param id given where it was promised before; otherwise made. @returns the id of the new customer */
  create(licenseId: number, visit: Visit, id?: string): Promise<string>;
  exists(licenseId: number, customerId: string): Promise<boolean>;
}

/** The organization that a request names, by either of its two ids or by both. */
export interface NamedOrganization {
  id: string | undefined;
  licenseId: number | undefined;
}

export interface CustomerGrantDeps {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  customers: CustomerDirectory;
  uses: UseCounter;
  settings: Pick<ServerSettings, 'publicUrl'>;
  onCustomerTokenRevoked(key: number): void;
  onCustomerFamilyRevoked(): void;
}

/** @throws GatehouseError `validation` */
export function tokenLife(expiresIn: number | undefined): number {
  const life = expiresIn ?? LIFE;
  if (Number.isInteger(life) && life >= LEAST_LIFE && life <= LIFE) return life;
  throw new GatehouseError(
    'validation',
    `expires_in is ${life}; it may be ${LEAST_LIFE} to ${LIFE} seconds.`,
    { fields: [{ field: 'expires_in', message: `${LEAST_LIFE} to ${LIFE} seconds.` }] },
  );
}

/** Adds a token in a unit of work. @throws GatehouseError `invalid_client` when the app went meanwhile */
export async function issueCustomerToken(
  stores: Stores,
  { identifiers, tokens }: Pick<CustomerGrantDeps, 'identifiers' | 'tokens'>,
  holder: { organization: Organization; customerId: string; clientId: string; familyKey: number | null },
  life: number,
  now: Micros,
): Promise<IssuedCustomerToken> {
  const { organization, customerId, clientId, familyKey } = holder;
  if (!isBuiltIn(clientId) && !(await stores.apps.holdClient(clientId))) throw unknownClient();
  const key = identifiers.key();
  const minted = tokens.mint('customer', key);
  await stores.grants.addCustomerToken({
    key,
    secretHash: minted.secretHash,
    licenseId: organization.licenseId,
    customerId,
    clientId,
    familyKey,
    createdAt: now,
    expiresAt: now + seconds(life),
    revokedAt: null,
  });
  return {
    accessToken: minted.text,
    customerId,
    clientId,
    organizationId: organization.id,
    expiresInSeconds: life,
  };
}

/** @throws GatehouseError `invalid_client` */
export async function needClient(apps: AppService, clientId: string): Promise<ClientOfApp> {
  const known = await apps.client(clientId);
  if (known) return known;
  throw unknownClient();
}

export function unknownClient(): GatehouseError {
  return new GatehouseError(
    'invalid_client',
    'There is no app with this client_id. The Console shows it under App Authorization.',
    { reason: 'client_unknown' },
  );
}

/**
 * Refuses a request that names another organization than the one it is about.
 * @throws GatehouseError `license_not_found`, whether that other organization exists or not
 */
export function refuseOtherOrganization(
  named: NamedOrganization,
  { id, licenseId }: { id: string; licenseId: number },
  whose: string,
): void {
  const same =
    (named.id === undefined || named.id === id) &&
    (named.licenseId === undefined || named.licenseId === licenseId);
  if (same) return;
  throw new GatehouseError(
    'license_not_found',
    `This is not the organization of ${whose}. Leave it out, or name that one.`,
    { reason: 'organization_differs' },
  );
}

/** @throws GatehouseError `group_not_found` */
export async function needGroup(
  storage: Storage,
  licenseId: number,
  groupId: number | undefined,
): Promise<void> {
  if (groupId === undefined) return;
  if ((await storage.read.identity.groups(licenseId)).some((group) => group.id === groupId)) return;
  throw new GatehouseError(
    'group_not_found',
    `The organization has no group ${groupId}. Group 0, General, is always there.`,
  );
}

/**
 * Makes the customer that an identity stands for, unless it is there. Identities are agreed on first, in one
 * unit of work; a customer nobody ever asked a token for is never made.
 */
export async function ensureCustomer(
  directory: CustomerDirectory,
  licenseId: number,
  customerId: string,
  visit: Visit,
): Promise<void> {
  if (await directory.exists(licenseId, customerId)) return;
  try {
    await directory.create(licenseId, visit, customerId);
  } catch (error) {
    // Two requests of one browser may come this far together; one of them made it.
    if (!(await directory.exists(licenseId, customerId))) throw error;
  }
}

/**
 * Who a customer is in a group. Identities of one customer hang together: asked for another group by an
 * identity of a group, it is the identity of the same person that is meant.
 */
export async function identityIn(
  stores: Stores,
  identifiers: Identifiers,
  licenseId: number,
  customerId: string,
  groupId: number | undefined,
): Promise<string> {
  if (groupId === undefined) return customerId;
  const person = (await stores.grants.customerBehindGroup(licenseId, customerId)) ?? customerId;
  return stores.grants.customerInGroup(licenseId, person, groupId, identifiers.uuid());
}
