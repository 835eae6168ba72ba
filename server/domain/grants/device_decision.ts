import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { chooseOrganization, grantable, type OwnOrganization } from '../../oauth/authorization_decision.ts';
import type { AuthorizationProblem } from '../../oauth/authorization_problem.ts';
import { checkScopes } from '../../oauth/authorization_request.ts';
import { policyOf } from '../../oauth/client_profile.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import { readUserCode } from '../../oauth/standard_user_code.ts';
import type { AppService } from '../apps/app_service.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Account, Actor, Session } from '../identity/records.ts';
import type { Throttle } from '../identity/throttling.ts';
import { recordLogin } from '../openid/login_record.ts';
import type { Storage } from '../storage.ts';
import { ownOrganizations, registered } from './authorization.ts';
import { giveGrant } from './standard_grant.ts';
import type { DeviceRequest } from './standard_store.ts';

/** A person who typed the code of a device. */
export interface DeviceVisitor {
  account: Account;
  /** The login that vouches for them. */
  session: Pick<Session, 'authenticatedAt' | 'amr'>;
  actor: Actor;
  /** As typed. */
  userCode: string;
  /** That was picked, where the person belongs to several. */
  organizationId: string | undefined;
}

export type DeviceQuestion =
  /** No device waits under this code: it is mistyped, too old, or was answered already. */
  | { kind: 'unknown' }
  | { kind: 'refused'; problem: AuthorizationProblem; known: ClientOfApp }
  | { kind: 'choose_organization'; known: ClientOfApp; organizations: OwnOrganization[] }
  | { kind: 'consent'; known: ClientOfApp; organization: OwnOrganization; scopes: ScopeSet };

/**
 * The person's side of RFC 8628. The person is always asked, also for apps that would need no consent
 * elsewhere: whoever sent the code may not be who holds the device (§5.4).
 */
export interface DeviceDecisions {
  /** What there is to decide. Attempts are counted (§5.1). @throws GatehouseError `too_many_requests` */
  look(visitor: DeviceVisitor): Promise<DeviceQuestion>;
  /** Like `look` where there is nothing to allow. @returns the app that was allowed */
  allow(visitor: DeviceVisitor): Promise<Exclude<DeviceQuestion, { kind: 'consent' }> | Decided>;
  deny(visitor: DeviceVisitor): Promise<{ kind: 'unknown' } | Decided>;
}

interface Decided {
  kind: 'decided';
  known: ClientOfApp;
}

export function deviceDecisions(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  apps: AppService;
  audit: Audit;
  throttle: Throttle;
}): DeviceDecisions {
  const { storage, clock, tokens } = deps;

  /** The device that waits under a code, and its app. */
  async function find({
    account,
    actor,
    userCode,
  }: DeviceVisitor): Promise<{ device: DeviceRequest; known: ClientOfApp } | undefined> {
    await deps.throttle.attempt('device_code_address', actor.ip);
    await deps.throttle.attempt('device_code_account', account.id);
    const code = readUserCode(userCode);
    if (code === undefined) return undefined;
    const device = await storage.read.grants.deviceRequestByUserCode(tokens.hashSecret(code));
    if (!device || device.decision !== null || device.expiresAt <= clock.now()) return undefined;
    const known = await deps.apps.client(device.clientId);
    return known && { device, known };
  }

  async function question(
    visitor: DeviceVisitor,
    { device, known }: { device: DeviceRequest; known: ClientOfApp },
  ): Promise<Exclude<DeviceQuestion, { kind: 'unknown' }>> {
    const client = registered(known);
    const policy = policyOf(client, client.organization);
    // The app's own scopes may have changed since the device asked.
    const asked = checkScopes({ client, policy, parameters: { scope: device.scopes, issuer: '' } });
    if (!asked.ok) return { kind: 'refused', problem: asked.problem, known };
    const { organizationId } = visitor;
    const parameters = organizationId === undefined ? {} : { organization_id: organizationId };
    const own = await ownOrganizations(storage, visitor.account.id);
    const choice = chooseOrganization({ client, parameters }, own);
    if (!choice.ok) return { kind: 'refused', problem: choice.problem, known };
    if (choice.value.kind === 'ask')
      return { kind: 'choose_organization', known, organizations: choice.value.organizations };
    const { organization } = choice.value;
    const scopes = grantable(asked.value, organization);
    if (!scopes.ok) return { kind: 'refused', problem: scopes.problem, known };
    return { kind: 'consent', known, organization, scopes: scopes.value };
  }

  function answeredAlready(): GatehouseError {
    return new GatehouseError(
      'not_found',
      'This device was answered already, or its code is too old. Start again on the device.',
    );
  }

  return {
    async look(visitor) {
      const found = await find(visitor);
      return found ? question(visitor, found) : { kind: 'unknown' };
    },

    async allow(visitor) {
      const found = await find(visitor);
      if (!found) return { kind: 'unknown' };
      const asked = await question(visitor, found);
      if (asked.kind !== 'consent') return asked;
      const { known, organization, scopes } = asked;
      const { account, actor } = visitor;
      const holder = {
        licenseId: organization.licenseId,
        accountId: account.id,
        clientId: known.client.clientId,
      };
      const now = clock.now();
      await storage.write(async (stores) => {
        // The client may have gone between the look and this write.
        if (!(await stores.apps.holdClient(known.client.clientId))) throw answeredAlready();
        const grant = await giveGrant(stores, deps, { ...holder, scopes }, actor, now);
        const { licenseId, accountId } = holder;
        const given = { licenseId, accountId, grantKey: grant.key, scopes: scopes.key };
        if (!(await stores.grants.allowDeviceRequest(found.device.key, given, now))) throw answeredAlready();
        // Tokens for another device than the one with the session: it is not theirs to end.
        await recordLogin(
          stores,
          { familyKey: found.device.key, scopes, policy: policyOf(known.client, known.organization) },
          {
            authTime: visitor.session.authenticatedAt,
            amr: visitor.session.amr,
            nonce: null,
            sessionId: null,
          },
          now,
        );
        await deps.audit(stores, actor, 'device.allowed', { ...holder, detail: { scopes: scopes.ids } });
      });
      return { kind: 'decided', known };
    },

    async deny(visitor) {
      const found = await find(visitor);
      if (!found) return { kind: 'unknown' };
      const { device, known } = found;
      await storage.write(async (stores) => {
        if (!(await stores.grants.denyDeviceRequest(device.key, clock.now()))) throw answeredAlready();
        await deps.audit(stores, visitor.actor, 'device.denied', {
          accountId: visitor.account.id,
          clientId: device.clientId,
        });
      });
      return { kind: 'decided', known };
    },
  };
}
