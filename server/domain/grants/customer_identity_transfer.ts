import { seconds } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { isUuid } from '../../kernel/identifiers.ts';
import { policyOf } from '../../oauth/client_profile.ts';
import { sameSecret } from '../../oauth/opaque_token.ts';
import { checkChallenge, verifyVerifier } from '../../oauth/pkce.ts';
import type { ClientOfApp } from '../apps/records.ts';
import type { Actor } from '../identity/records.ts';
import type { AuthenticatedAgent, AuthenticatedCustomer } from './authentication.ts';
import { needOwnApp } from './customer_agent_grant.ts';
import {
  type CustomerGrantDeps,
  ensureCustomer,
  type IssuedCustomerToken,
  identityIn,
  issueCustomerToken,
  type NamedOrganization,
  needClient,
  needGroup,
  refuseOtherOrganization,
  tokenLife,
} from './customer_issue.ts';
import type { IdentityTransfer } from './customer_records.ts';

/** Seconds that an identity transfer token lives. */
const TRANSFER_LIFE = 3_600;

export interface TransferRequest {
  clientId: string;
  customerId: string | undefined;
  codeChallenge: string | undefined;
  codeChallengeMethod: string | undefined;
}

export interface TransferExchange {
  clientId: string;
  code: string;
  codeVerifier: string | undefined;
  organization: NamedOrganization;
  groupId: number | undefined;
  expiresIn: number | undefined;
}

export interface IdentityTransfers {
  /** @throws GatehouseError `authorization`, `unauthorized_client`, `invalid_client`, `validation` */
  create(
    bearer: AuthenticatedAgent | AuthenticatedCustomer,
    request: TransferRequest,
    actor: Actor,
  ): Promise<{ token: string; expiresInSeconds: number }>;
  /** @throws GatehouseError `invalid_client`, `invalid_grant`, `license_not_found`, `group_not_found` */
  exchange(request: TransferExchange, actor: Actor): Promise<IssuedCustomerToken>;
}

/** Said alike for a token that is unknown, dead or another client's; the log knows which. */
const CODE_WORDS =
  'The identity transfer token is invalid, expired, already used, or was issued to another client. Ask for a new one.';

/** LiveChat's identity token grant (docs: authorization/customer-authorization#identity-token-grant). */
export function identityTransfers(deps: CustomerGrantDeps): IdentityTransfers {
  const { storage, clock, identifiers, tokens } = deps;

  function invalid(words: string, reason: string): GatehouseError {
    return new GatehouseError('invalid_grant', words, { reason });
  }

  async function appOf(customer: AuthenticatedCustomer, clientId: string): Promise<ClientOfApp> {
    const known = await needClient(deps.apps, clientId);
    if (customer.clientId === clientId) return known;
    throw new GatehouseError('invalid_client', 'client_id is not the app that the access token belongs to.', {
      reason: 'client_differs',
    });
  }

  /** The customer who is carried over. An agent names it; a customer is it. */
  async function carried(
    bearer: AuthenticatedAgent | AuthenticatedCustomer,
    customerId: string | undefined,
  ): Promise<string> {
    if (bearer.kind === 'customer') {
      if (customerId === undefined || customerId === bearer.customerId) return bearer.customerId;
      throw customerProblem('A customer can transfer only its own identity.', 'Leave it out.');
    }
    if (customerId === undefined)
      throw customerProblem('`customer_id` is missing. An agent says which customer is meant.', 'Missing.');
    const { licenseId } = bearer.organization;
    if (isUuid(customerId) && (await deps.customers.exists(licenseId, customerId))) return customerId;
    throw customerProblem('There is no customer with this customer_id in your organization.', 'Unknown.');
  }

  function challengeOf(known: ClientOfApp, request: TransferRequest) {
    const { profile, pkce } = policyOf(known.client, known.organization);
    const checked = checkChallenge(
      { challenge: request.codeChallenge, method: request.codeChallengeMethod, customScheme: false },
      // PKCE is optional here, as documented; the strict profile asks it of everybody.
      { ...pkce, required: profile === 'strict' },
    );
    if (checked.ok) return checked.pkce;
    const { message, parameter } = checked.problem;
    throw new GatehouseError('validation', message, {
      fields: [{ field: parameter, message }],
      reason: checked.problem.code,
    });
  }

  /** A challenge without a method is taken both ways: plain is the default, S256 is what LiveChat's example shows. */
  function refuseVerifier(transfer: IdentityTransfer, verifier: string | undefined): void {
    const { codeChallenge: challenge, codeChallengeMethod: method } = transfer;
    if (challenge !== null && method === null)
      if (verifyVerifier({ challenge, method: 'S256' }, verifier).ok) return;
    const stored = challenge === null ? null : { challenge, method: method ?? 'plain' };
    const verified = verifyVerifier(stored, verifier);
    if (!verified.ok) throw invalid(verified.problem.message, verified.problem.code);
  }

  async function find(text: string): Promise<IdentityTransfer> {
    if (/^[a-z]{2,8}%3a/i.test(text))
      throw invalid(
        'The identity transfer token contains %3A. In the request it is a colon (":").',
        'transfer_percent_encoded',
      );
    const parsed = tokens.parse(text);
    if (parsed?.kind !== 'identity_transfer') throw invalid(CODE_WORDS, 'transfer_malformed');
    const transfer = await storage.read.grants.identityTransfer(parsed.key);
    if (!transfer || !sameSecret(parsed.secretHash, transfer.secretHash))
      throw invalid(CODE_WORDS, 'transfer_unknown');
    return transfer;
  }

  return {
    async create(bearer, request, actor) {
      const known =
        bearer.kind === 'agent'
          ? await needOwnApp(deps.apps, bearer, request.clientId)
          : await appOf(bearer, request.clientId);
      const customerId = await carried(bearer, request.customerId);
      const pkce = challengeOf(known, request);
      const now = clock.now();
      const { licenseId } = bearer.organization;
      const text = await storage.write(async (stores) => {
        const key = identifiers.key();
        const minted = tokens.mint('identity_transfer', key);
        await stores.grants.addIdentityTransfer({
          key,
          secretHash: minted.secretHash,
          licenseId,
          customerId,
          clientId: request.clientId,
          codeChallenge: pkce?.challenge ?? null,
          codeChallengeMethod: request.codeChallengeMethod ? (pkce?.method ?? null) : null,
          createdAt: now,
          expiresAt: now + seconds(TRANSFER_LIFE),
          consumedAt: null,
        });
        await deps.audit(stores, actor, 'identity_transfer.created', {
          licenseId,
          accountId: bearer.kind === 'agent' ? bearer.accountId : null,
          clientId: request.clientId,
          detail: { customer_id: customerId, bearer_type: bearer.kind },
        });
        return minted.text;
      });
      if (pkce === null) deps.uses.used(known.client, ['transfer_no_pkce']);
      return { token: text, expiresInSeconds: TRANSFER_LIFE };
    },

    async exchange(request, actor) {
      await needClient(deps.apps, request.clientId);
      const life = tokenLife(request.expiresIn);
      const transfer = await find(request.code);
      const { key, licenseId, clientId } = transfer;
      if (clientId !== request.clientId) throw invalid(CODE_WORDS, 'transfer_of_another_client');
      const organization = await storage.read.identity.organization(licenseId);
      if (!organization) throw invalid(CODE_WORDS, 'organization_gone');
      const now = clock.now();
      // What came once already goes on to the unit of work, which cuts off what it was used for.
      if (transfer.consumedAt === null) {
        if (transfer.expiresAt <= now) throw invalid(CODE_WORDS, 'transfer_expired');
        refuseOtherOrganization(request.organization, organization, 'the identity transfer token');
        await needGroup(storage, licenseId, request.groupId);
        refuseVerifier(transfer, request.codeVerifier);
      }
      const issued = await storage.write(async (stores) => {
        if (!(await stores.grants.consumeIdentityTransfer(key, now))) {
          await stores.grants.revokeCustomerFamily(key, now);
          await deps.audit(stores, actor, 'identity_transfer.replayed', {
            licenseId,
            clientId,
            detail: { customer_id: transfer.customerId },
          });
          return undefined;
        }
        const { customerId: person } = transfer;
        const customerId = await identityIn(stores, identifiers, licenseId, person, request.groupId);
        const holder = { organization, customerId, clientId, familyKey: key };
        return issueCustomerToken(stores, deps, holder, life, now);
      });
      if (!issued) {
        deps.onCustomerFamilyRevoked();
        throw invalid(CODE_WORDS, 'transfer_replayed');
      }
      await ensureCustomer(deps.customers, licenseId, issued.customerId, actor);
      return issued;
    },
  };
}

function customerProblem(message: string, short: string): GatehouseError {
  return new GatehouseError('validation', message, { fields: [{ field: 'customer_id', message: short }] });
}
