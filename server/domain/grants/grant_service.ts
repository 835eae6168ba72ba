import { type Clock, days, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Keyring } from '../../kernel/keyring.ts';
import type { Random } from '../../kernel/random.ts';
import type { Holders } from '../../oauth/consent_rehearsal.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { AppService } from '../apps/app_service.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import { throttle } from '../identity/throttling.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { StepTeller } from '../insight/first_steps.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Storage } from '../storage.ts';
import { accessTokenReader, type KnownAccessToken } from './access_token_reader.ts';
import { type AuthenticatedCustomer, type Authentication, authentication } from './authentication.ts';
import { type AuthorizationService, authorizationService } from './authorization.ts';
import type { ReadHint } from './authorization_openid.ts';
import { type ClientCredentialsGrant, clientCredentialsGrant } from './client_credentials.ts';
import { type OriginCache, originCache } from './customer_origins.ts';
import { type CustomerDirectory, type CustomerTokens, customerTokens } from './customer_tokens.ts';
import { type DeviceAuthorization, deviceAuthorization } from './device_authorization.ts';
import { type DeviceDecisions, deviceDecisions } from './device_decision.ts';
import { type InboxTokens, inboxTokens } from './inbox_tokens.ts';
import { type Introspection, introspection } from './introspection.ts';
import { type PersonalAccessTokens, personalAccessTokens } from './personal_access_tokens.ts';
import { type PushedRequests, pushedRequests } from './pushed_requests.ts';
import type { GrantedApp } from './records.ts';
import { type StandardRevocation, standardRevocation } from './standard_revocation.ts';
import { type TokenCache, tokenCache } from './token_cache.ts';
import { type TokenDebugger, tokenDebugger } from './token_debugger.ts';
import { type TokenExchange, tokenExchange } from './token_exchange.ts';
import { type TokenManagement, tokenManagement } from './token_management.ts';
import { type TokenNodeRevocation, tokenNodeRevocation } from './token_node_revocation.ts';

/** What apps may do: authorization, tokens, and the check of each call. */
export interface GrantService {
  authorization: AuthorizationService;
  exchange: TokenExchange;
  /** Tokens of apps' own bots. */
  bots: ClientCredentialsGrant;
  tokens: TokenManagement;
  /** For whoever asks what became of a token, and ends it. */
  debug: TokenDebugger & TokenNodeRevocation;
  personal: PersonalAccessTokens;
  customers: CustomerTokens;
  pushed: PushedRequests;
  /** Tokens of the built-in inbox. */
  inbox: InboxTokens;
  devices: DeviceAuthorization & DeviceDecisions;
  introspection: Introspection;
  revocation: StandardRevocation;
  authentication: Authentication;
  /** Who gave an app access, counted by organization, scopes and roles. */
  holdersOf(clientId: string): Promise<Holders[]>;
  /** Apps that an account gave access to. */
  grantsOf(accountId: string): Promise<GrantedApp[]>;
  /** @throws GatehouseError `not_found` */
  withdraw(accountId: string, grantId: string, actor: Actor): Promise<void>;
  /** Deletes what has long been dead, in small batches. @returns rows deleted */
  purge(): Promise<number>;
  cacheStatistics(): Record<'agents' | 'customers', { size: number; hits: number; misses: number }>;
}

/** The caches of good credentials; made first, since apps and people make them forget. */
export interface CredentialCaches {
  agents: TokenCache<KnownAccessToken>;
  customers: TokenCache<AuthenticatedCustomer>;
  origins: OriginCache;
  forgetAll(): void;
}

/**
 * @param maxAge microseconds that an entry is believed at this time: without bound in a single process, which
 *   hears of every revocation; where others write to the same database, by whether they are heard
 */
export function credentialCaches(maxAge: () => number): CredentialCaches {
  const agents = tokenCache<KnownAccessToken>({ capacity: 50_000, maxAge });
  const customers = tokenCache<AuthenticatedCustomer>({ capacity: 50_000, maxAge });
  const origins = originCache(maxAge);
  return {
    agents,
    customers,
    origins,
    forgetAll() {
      agents.forgetAll();
      customers.forgetAll();
      origins.forget();
    },
  };
}

/** Dead tokens stay for a while, so that a debugger can say why one is dead. */
const TOKENS_KEPT = days(30);
/** Requests, sessions and mailed links say nothing once they are over. */
const REQUESTS_KEPT = days(1);
/** They live a minute, and apps make them by the thousand. */
const PUSHED_KEPT = seconds(600);
const PURGE_BATCH = 500;

export function createGrantService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  keyring: Keyring;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  customers: CustomerDirectory;
  caches: CredentialCaches;
  uses: UseCounter;
  steps: StepTeller;
  readHint: ReadHint;
  settings: Pick<ServerSettings, 'publicUrl' | 'region'>;
}): GrantService {
  const { storage, clock, caches } = deps;
  const revocations = {
    onAccessRevoked(keys: readonly number[]) {
      for (const key of keys) caches.agents.forget(key);
    },
    onFamilyRevoked: (familyKey: number) => caches.agents.forgetFamily(familyKey),
    onCustomerTokenRevoked: (key: number) => caches.customers.forget(key),
    onCustomerFamilyRevoked: () => caches.customers.forgetAll(),
  };
  const accessTokens = accessTokenReader({ storage, clock, cache: caches.agents });
  const shared = { ...deps, ...revocations, accessTokens, throttle: throttle(storage, clock, deps.keyring) };
  const inbox = inboxTokens(shared);
  const management = tokenManagement(shared);
  const customers = customerTokens({ ...shared, origins: caches.origins });
  const walk = { access: 0, refresh: 0 };
  return {
    authorization: authorizationService(shared),
    exchange: tokenExchange(shared),
    bots: clientCredentialsGrant(shared),
    tokens: management,
    debug: { ...tokenDebugger(shared), ...tokenNodeRevocation(shared) },
    personal: personalAccessTokens(shared),
    customers,
    inbox,
    pushed: pushedRequests(shared),
    devices: {
      ...deviceAuthorization(shared),
      ...deviceDecisions(shared),
    },
    introspection: introspection(shared),
    revocation: standardRevocation({ ...deps, management, customers }),
    authentication: authentication({ ...shared, inbox, customerCache: caches.customers }),
    holdersOf: (clientId) => storage.read.grants.holders(clientId),
    grantsOf: (accountId) => storage.read.grants.grantsOf(accountId),
    async withdraw(accountId, grantId, actor) {
      await storage.write(async (stores) => {
        const given = (await stores.grants.grantsOf(accountId)).find(
          ({ grant }) => grant.id === grantId,
        )?.grant;
        if (!(await stores.grants.withdrawGrant(accountId, grantId, clock.now())))
          throw new GatehouseError('not_found', 'This app has no access to your account any more.');
        await deps.audit(stores, actor, 'grant.withdrawn', {
          accountId,
          licenseId: given?.licenseId ?? null,
          clientId: given?.clientId ?? null,
          detail: { grant_id: grantId },
        });
      });
      caches.forgetAll();
    },
    purge() {
      const now = clock.now();
      return storage.write(
        async (stores) =>
          (await stores.grants.purge(
            now - TOKENS_KEPT,
            now - REQUESTS_KEPT,
            PURGE_BATCH,
            now - PUSHED_KEPT,
            walk,
          )) +
          (await stores.openid.purgeLogins(now - TOKENS_KEPT, PURGE_BATCH)) +
          (await stores.accounts.purgeSessionFamilies(now - REQUESTS_KEPT, PURGE_BATCH)),
      );
    },
    cacheStatistics: () => ({
      agents: caches.agents.statistics(),
      customers: caches.customers.statistics(),
    }),
  };
}
