import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { chatPageClient, isBuiltIn } from '../apps/built_in_clients.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Actor, Organization } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import { COOKIE_LIFE, type CustomerCookies, recognizeBrowser } from './customer_cookies.ts';
import {
  type CustomerGrantDeps,
  ensureCustomer,
  type IssuedCustomerToken,
  identityIn,
  issueCustomerToken,
  type NamedOrganization,
  needGroup,
  tokenLife,
  unknownClient,
} from './customer_issue.ts';
import { checkPage, isPlainHttpPage, originsOfClient } from './customer_origins.ts';

/** The app and page behind a cookie request; decides which cross-origin headers its answer has. */
export interface CookiePage {
  known: ClientOfApp | undefined;
  /** The header Origin; undefined when the caller is no browser. */
  origin: string | undefined;
  originRegistered: boolean;
}

export interface CookieGrantRequest {
  organization: NamedOrganization;
  groupId: number | undefined;
  redirectUri: string | undefined;
  expiresIn: number | undefined;
  cookies: CustomerCookies | undefined;
}

export interface CookieGrantAnswer {
  issued: IssuedCustomerToken;
  cookies: CustomerCookies;
  cookiesExpireAt: Micros;
}

export interface CookieGrant {
  page(clientId: string, origin: string | undefined): Promise<CookiePage>;
  /**
   * A token for the customer that the browser is in an organization; a new customer where it is none yet.
   * Cookies that are not good any more are no error: the visitor becomes somebody new.
   * @throws GatehouseError `invalid_client`, `authorization`, `validation`, `license_not_found`, `group_not_found`
   */
  issue(page: CookiePage, request: CookieGrantRequest, actor: Actor): Promise<CookieGrantAnswer>;
}

/** LiveChat's cookie grant (docs: authorization/customer-authorization#cookie-grant). */
export function cookieGrant(deps: CustomerGrantDeps): CookieGrant {
  const { storage, clock, identifiers, tokens } = deps;

  /** The organization asked for, if this app may have customers there. */
  async function organizationFor(known: ClientOfApp, named: NamedOrganization): Promise<Organization> {
    const { identity } = storage.read;
    if (named.id === undefined && named.licenseId === undefined)
      throw new GatehouseError('validation', '`organization_id` is missing. Say whose customer is meant.', {
        fields: [{ field: 'organization_id', message: 'It is missing.' }],
      });
    const organization =
      named.id === undefined
        ? await identity.organization(named.licenseId ?? 0)
        : await identity.organizationById(named.id);
    const agrees = named.licenseId === undefined || organization?.licenseId === named.licenseId;
    if (organization && agrees && (await mayServe(known, organization.licenseId))) return organization;
    throw new GatehouseError(
      'license_not_found',
      'This app cannot be used in that organization. A private app serves its own organization, a public one those that installed it.',
      { reason: 'organization_foreign' },
    );
  }

  async function mayServe({ client, app }: ClientOfApp, licenseId: number): Promise<boolean> {
    if (client.licenseId === licenseId || isBuiltIn(client.clientId)) return true;
    return app.visibility === 'public' && storage.read.grants.isInstalled(app.id, licenseId);
  }

  /** The browser forgets nobody, but what was copied ends: for the one with the copy and for the other. */
  async function endReused(
    stores: Stores,
    actor: Actor,
    browserKey: number,
    facts: { licenseId: number; clientId: string },
    now: Micros,
  ): Promise<void> {
    await stores.grants.endCustomerBrowser(browserKey, now);
    await stores.grants.revokeCustomerFamily(browserKey, now);
    await deps.audit(stores, actor, 'customer_cookies.revoked', {
      ...facts,
      detail: { reason: 'cookie_secret_reused' },
    });
  }

  async function newBrowser(stores: Stores, id: string, key: number, now: Micros): Promise<CustomerCookies> {
    const minted = tokens.mint('browser', key);
    await stores.grants.addCustomerBrowser({
      key,
      id,
      secretHash: minted.secretHash,
      previousSecretHash: null,
      rotatedAt: now,
      confirmedAt: null,
      createdAt: now,
      expiresAt: now + COOKIE_LIFE,
    });
    return { id, secret: minted.text };
  }

  return {
    async page(clientId, origin) {
      const known = chatPageClient(clientId, deps.settings.publicUrl) ?? (await deps.apps.client(clientId));
      const originRegistered =
        known !== undefined && origin !== undefined && originsOfClient(known).includes(origin);
      return { known, origin, originRegistered };
    },

    async issue({ known, origin }, request, actor) {
      if (!known) throw unknownClient();
      const { clientId } = known.client;
      const life = tokenLife(request.expiresIn);
      checkPage(known, origin, request.redirectUri);
      const organization = await organizationFor(known, request.organization);
      const { licenseId } = organization;
      await needGroup(storage, licenseId, request.groupId);
      const presented = request.cookies && isUuid(request.cookies.id) ? request.cookies : undefined;
      const now = clock.now();
      const { reused, ...answer } = await storage.write(async (stores) => {
        const found = await recognizeBrowser(stores, tokens, presented, now);
        if (found && 'reused' in found)
          await endReused(stores, actor, found.reused, { licenseId, clientId }, now);
        const browser = found && 'key' in found ? found : undefined;
        const familyKey = browser?.key ?? identifiers.key();
        const person = await stores.grants.customerOfBrowser(familyKey, licenseId, identifiers.uuid());
        const customerId = await identityIn(stores, identifiers, licenseId, person, request.groupId);
        const cookies = browser?.cookies ?? (await newBrowser(stores, customerId, familyKey, now));
        const holder = { organization, customerId, clientId, familyKey };
        const issued = await issueCustomerToken(stores, deps, holder, life, now);
        return { issued, cookies, reused: found !== undefined && 'reused' in found };
      });
      if (reused) deps.onCustomerFamilyRevoked();
      if (isPlainHttpPage(origin, request.redirectUri)) deps.uses.used(known.client, ['plain_http_page']);
      await ensureCustomer(deps.customers, licenseId, answer.issued.customerId, actor);
      return { ...answer, cookiesExpireAt: now + COOKIE_LIFE };
    },
  };
}
