import { type Clock, seconds } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { passed, type Step } from '../../oauth/authorization_problem.ts';
import type { AuthorizationParameters } from '../../oauth/authorization_request.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import {
  checkPushedRequest,
  PUSHED_REQUEST_SECONDS,
  requestUri,
  tokenOfRequestUri,
} from '../../oauth/pushed_request.ts';
import type { Throttle } from '../identity/throttling.ts';
import type { Storage } from '../storage.ts';
import { registered } from './authorization.ts';
import { hintedAccount, type ReadHint } from './authorization_openid.ts';
import type { AuthenticatedClient } from './client_authentication.ts';
import { countStart } from './standard_limits.ts';

export interface PushedRequests {
  /**
   * Checks a request and keeps it for the browser (RFC 9126). @returns the `request_uri` that stands for it
   * @param from the address of the client
   * @throws GatehouseError `too_many_requests`
   */
  push(client: AuthenticatedClient, parameters: AuthorizationParameters, from: string): Promise<Step<string>>;
  /** The request behind a `request_uri`, once; undefined when it is unknown, another client's, used or too old. */
  take(text: string, clientId: string | undefined): Promise<AuthorizationParameters | undefined>;
}

export function pushedRequests(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  throttle: Throttle;
  readHint: ReadHint;
}): PushedRequests {
  const { storage, clock, tokens } = deps;
  return {
    async push(client, parameters, from) {
      const { known } = client;
      const rules = registered(known);
      const checked = checkPushedRequest(parameters, rules);
      if (!checked.ok) return checked;
      const hint = await hintedAccount({ parameters, client: rules }, deps.readHint);
      if (!hint.ok) return hint;
      await countStart(deps.throttle, 'push', client, from);
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('pushed', key);
      await storage.write((stores) =>
        stores.grants.addPushedRequest({
          key,
          secretHash: minted.secretHash,
          clientId: known.client.clientId,
          parameters: JSON.stringify(checked.value),
          createdAt: now,
          expiresAt: now + seconds(PUSHED_REQUEST_SECONDS),
        }),
      );
      return passed(requestUri(minted.text));
    },

    async take(text, clientId) {
      const token = tokenOfRequestUri(text);
      const parsed = token === undefined ? undefined : tokens.parse(token);
      if (parsed?.kind !== 'pushed') return undefined;
      const kept = await storage.read.grants.pushedRequest(parsed.key);
      if (!kept || !sameSecret(parsed.secretHash, kept.secretHash)) return undefined;
      // RFC 9126 §2.2: bound to the client that pushed it, which the browser's request must name.
      if (kept.clientId !== clientId) return undefined;
      const taken = await storage.write((stores) => stores.grants.takePushedRequest(parsed.key, clock.now()));
      return taken ? (JSON.parse(kept.parameters) as AuthorizationParameters) : undefined;
    },
  };
}
