import { type Clock, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { type Keyring, mac } from '../../kernel/keyring.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import type { Storage } from '../storage.ts';
import type { AuthorizationService, PendingAuthorization } from './authorization_outcomes.ts';

/** How long a person may take to log in and decide. */
const REQUEST_LIFE = seconds(3600);

export interface WaitingRequests
  extends Pick<AuthorizationService, 'keep' | 'find' | 'pick' | 'pickAccount'> {
  /** Takes a request away, as it is answered. @returns true for exactly one caller */
  take(pending: PendingAuthorization): Promise<boolean>;
}

/** Requests that wait on the server while their person is asked, each bound to its browser. */
export function waitingRequests(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  keyring: Keyring;
  tokens: OpaqueTokens;
}): WaitingRequests {
  const { storage, clock, tokens } = deps;
  const browserKey = deps.keyring.derive('authorization browser');

  async function keep(given: AuthorizationParameters, browser: string): Promise<PendingAuthorization> {
    const now = clock.now();
    const parameters = { ...given, receivedAt: given.receivedAt ?? now };
    const key = deps.identifiers.key();
    const minted = tokens.mint('request', key);
    await storage.write((stores) =>
      stores.grants.addAuthorizationRequest({
        key,
        secretHash: minted.secretHash,
        browserHash: mac(browserKey, browser),
        parameters: JSON.stringify(parameters),
        createdAt: now,
        expiresAt: now + REQUEST_LIFE,
      }),
    );
    return { handle: minted.text, parameters };
  }

  /** The same request with something more known, under another handle. */
  async function replace(
    pending: PendingAuthorization,
    more: AuthorizationParameters,
    browser: string,
  ): Promise<PendingAuthorization> {
    await take(pending);
    return keep({ ...pending.parameters, ...more }, browser);
  }

  async function take(pending: PendingAuthorization): Promise<boolean> {
    const parsed = tokens.parse(pending.handle);
    return (
      parsed !== undefined && storage.write((stores) => stores.grants.takeAuthorizationRequest(parsed.key))
    );
  }

  return {
    keep,
    take,

    async find(handle, browser) {
      const parsed = handle === undefined ? undefined : tokens.parse(handle);
      if (handle === undefined || parsed?.kind !== 'request') return undefined;
      const kept = await storage.read.grants.authorizationRequest(parsed.key);
      if (!kept || !sameSecret(parsed.secretHash, kept.secretHash)) return undefined;
      if (kept.expiresAt <= clock.now() || !sameSecret(mac(browserKey, browser), kept.browserHash))
        return undefined;
      return { handle, parameters: JSON.parse(kept.parameters) as AuthorizationParameters };
    },

    pick: (pending, organizationId, browser) =>
      replace(pending, { organization_id: organizationId }, browser),

    pickAccount: (pending, accountId, browser) => replace(pending, { chosenAccount: accountId }, browser),
  };
}
