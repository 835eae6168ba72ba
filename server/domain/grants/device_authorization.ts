import { type Clock, seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import { passed, type Step } from '../../oauth/authorization_problem.ts';
import { checkScopes } from '../../oauth/authorization_request.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { RefusalReason } from '../../oauth/refusal_reasons.ts';
import {
  DEVICE_CODE_SECONDS,
  type DeviceAnswer,
  decidePoll,
  POLL_INTERVAL_SECONDS,
} from '../../oauth/standard_device.ts';
import { makeUserCode } from '../../oauth/standard_user_code.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { UseCounter } from '../insight/compatibility_uses.ts';
import type { Storage, Stores } from '../storage.ts';
import { registered } from './authorization.ts';
import type { AuthenticatedClient } from './client_authentication.ts';
import { type IssuedTokens, issuePair } from './issue_tokens.ts';
import type { TokenSubject } from './records.ts';
import { countStart } from './standard_limits.ts';
import { type Narrowing, narrowed } from './standard_narrowing.ts';
import type { DeviceGrant, DeviceRequest } from './standard_store.ts';

/** What a device shows and keeps. */
export interface StartedDevice {
  deviceCode: string;
  /** Eight letters, to be shown in two groups. */
  userCode: string;
  expiresInSeconds: number;
  intervalSeconds: number;
}

/** The device's side of RFC 8628; the person's is in `device_decision.ts`. */
export interface DeviceAuthorization {
  /**
   * @param wanted `issuer`: the public address, as in every request of the standard dialect
   * @param from the address of the device
   * @throws GatehouseError `too_many_requests`
   */
  start(
    client: AuthenticatedClient,
    wanted: { scope: string | undefined; resources: string | null; issuer: string },
    from: string,
  ): Promise<Step<StartedDevice>>;
  /** @throws GatehouseError `invalid_grant` for a code that is unknown, another client's or used up */
  poll(
    client: AuthenticatedClient,
    deviceCode: string,
    narrowing: Narrowing,
    actor: Actor,
  ): Promise<{ issued: IssuedTokens } | { answer: DeviceAnswer }>;
}

const WORDS =
  'The device code is invalid, already used, or was issued to another client. Start again at the device authorization endpoint.';
/** Two codes meet once in billions; the third try is for the worst of days. */
const USER_CODE_TRIES = 3;

export function deviceAuthorization(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  audit: Audit;
  throttle: Throttle;
  uses: UseCounter;
  onAccessRevoked(keys: readonly number[]): void;
  onFamilyRevoked(familyKey: number): void;
}): DeviceAuthorization {
  const { storage, clock, tokens } = deps;

  function invalid(reason: RefusalReason): GatehouseError {
    return new GatehouseError('invalid_grant', WORDS, { reason });
  }

  /** Keeps the request under a user code that no other device has. @returns that code */
  async function keep(request: Omit<DeviceRequest, 'userCodeHash'>): Promise<string> {
    for (let attempt = 0; attempt < USER_CODE_TRIES; attempt++) {
      const userCode = makeUserCode(deps.random.bytes(64));
      if (userCode === undefined) continue;
      const row = { ...request, userCodeHash: tokens.hashSecret(userCode) };
      if (await storage.write((stores) => stores.grants.addDeviceRequest(row))) return userCode;
    }
    throw new GatehouseError('internal', 'no user code is free');
  }

  async function find(client: AuthenticatedClient, text: string): Promise<DeviceRequest> {
    const parsed = tokens.parse(text);
    if (parsed?.kind !== 'device') throw invalid('device_code_malformed');
    const found = await storage.read.grants.deviceRequest(parsed.key);
    if (!found || !sameSecret(parsed.secretHash, found.secretHash)) throw invalid('device_code_unknown');
    if (found.clientId !== client.known.client.clientId) throw invalid('device_code_other_client');
    return found;
  }

  /** As for a code: whoever comes second may be the thief, or the first may have been (RFC 9700 §4.5). */
  async function killFamily(stores: Stores, device: DeviceRequest, actor: Actor): Promise<void> {
    const family = {
      familyKey: device.key,
      clientId: device.clientId,
      accountId: device.grant?.accountId ?? null,
    };
    await stores.grants.revokeFamily(family, 'device_code_replayed', clock.now());
    await deps.audit(stores, actor, 'grant_family.revoked', {
      licenseId: device.grant?.licenseId ?? null,
      accountId: device.grant?.accountId ?? null,
      clientId: device.clientId,
      detail: { reason: 'device_code_replayed' },
    });
  }

  async function issue(
    { policy }: AuthenticatedClient,
    device: DeviceRequest,
    grant: DeviceGrant,
    narrowing: Narrowing,
    actor: Actor,
  ): Promise<{ issued: IssuedTokens } | { answer: DeviceAnswer }> {
    const now = clock.now();
    const subject: TokenSubject = {
      familyKey: device.key,
      licenseId: grant.licenseId,
      accountId: grant.accountId,
      clientId: device.clientId,
      scopes: grant.scopes,
      resources: device.resources,
    };
    const accessSubject = narrowed(subject, narrowing);
    const outcome = await storage.write(async (stores) => {
      if (!(await stores.grants.consumeDeviceRequest(device.key, now))) {
        await killFamily(stores, device, actor);
        return 'replayed';
      }
      // The person may have taken the access back before the device came for it.
      const current = await stores.grants.grant(grant.licenseId, grant.accountId, device.clientId);
      if (current?.key !== grant.grantKey) return 'withdrawn';
      await stores.grants.markGrantUsed(grant.grantKey, now);
      return issuePair(stores, deps, subject, policy, now, actor, accessSubject);
    });
    if (outcome === 'withdrawn') return { answer: 'access_denied' };
    if (outcome === 'replayed') {
      deps.onFamilyRevoked(device.key);
      throw invalid('device_code_reused');
    }
    deps.onAccessRevoked(outcome.evicted);
    return { issued: outcome };
  }

  return {
    async start(client, { scope, resources, issuer }, from) {
      const { known, policy } = client;
      const parameters = { issuer, ...(scope === undefined ? {} : { scope }) };
      const scopes = checkScopes({ parameters, client: registered(known), policy });
      if (!scopes.ok) return scopes;
      await countStart(deps.throttle, 'device_start', client, from);
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('device', key);
      const userCode = await keep({
        key,
        secretHash: minted.secretHash,
        clientId: known.client.clientId,
        scopes: scopes.value.requested.key,
        resources,
        createdAt: now,
        expiresAt: now + seconds(DEVICE_CODE_SECONDS),
        intervalSeconds: POLL_INTERVAL_SECONDS,
        lastPolledAt: null,
        decision: null,
        grant: null,
        consumedAt: null,
      });
      if (scopes.value.scopeLeftOut) deps.uses.used(known.client, ['scope_missing']);
      return passed({
        deviceCode: minted.text,
        userCode,
        expiresInSeconds: DEVICE_CODE_SECONDS,
        intervalSeconds: POLL_INTERVAL_SECONDS,
      });
    },

    async poll(client, text, narrowing, actor) {
      const device = await find(client, text);
      const now = clock.now();
      const decision = decidePoll(device, now);
      if (decision.kind === 'issue' && device.grant)
        return issue(client, device, device.grant, narrowing, actor);
      if (decision.kind !== 'answer') {
        await storage.write((stores) => killFamily(stores, device, actor));
        deps.onFamilyRevoked(device.key);
        throw invalid('device_code_reused');
      }
      if ('intervalSeconds' in decision)
        await storage.write((stores) =>
          stores.grants.markDevicePolled(device.key, decision.intervalSeconds, now),
        );
      return { answer: decision.answer };
    },
  };
}
