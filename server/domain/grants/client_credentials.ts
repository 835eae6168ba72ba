import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { decideBotScopes } from '../../oauth/bot_scopes.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import type { ScopeSet } from '../../oauth/scopes.ts';
import type { Bot } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage } from '../storage.ts';
import type { AuthenticatedClient } from './client_authentication.ts';
import { accessRow, addTokens, type IssuedTokens } from './issue_tokens.ts';
import type { TokenSubject } from './records.ts';

export interface ClientCredentialsRequest {
  scopes: ScopeSet | undefined;
  /** Stored names of APIs, joined by spaces; null for all. */
  resources: string | null;
  /** Where the Console is, for the refusal that leads there. */
  publicUrl: string;
}

export interface ClientCredentialsGrant {
  /**
   * A token for the app's own bot (RFC 6749 §4.4). No refresh token: the secret gets another one.
   * @throws GatehouseError `unauthorized_client` without a bot identity, `invalid_scope`, `invalid_client`
   */
  issue(client: AuthenticatedClient, request: ClientCredentialsRequest, actor: Actor): Promise<IssuedTokens>;
}

export function clientCredentialsGrant(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
  onAccessRevoked(keys: readonly number[]): void;
}): ClientCredentialsGrant {
  const { storage, clock, tokens } = deps;

  async function needBot({ known }: AuthenticatedClient, publicUrl: string): Promise<Bot> {
    const bot = await storage.read.bots.botIdentity(known.client.clientId);
    if (bot) return bot;
    throw new GatehouseError(
      'unauthorized_client',
      `This app has no bot identity to act as. Add one at ${publicUrl}/console/apps/${known.app.id}/authorization, or ask a person by authorization_code.`,
      { reason: 'client_identity_missing' },
    );
  }

  return {
    async issue(client, { scopes: wanted, resources, publicUrl }, actor) {
      const { known, policy, secretKey } = client;
      if (secretKey === undefined)
        throw new GatehouseError(
          'unauthorized_client',
          'client_credentials is for server-side apps, which keep a secret. This app has none: ask a person by authorization_code.',
          { reason: 'client_public' },
        );
      const bot = await needBot(client, publicUrl);
      const decided = decideBotScopes(
        wanted,
        known.client.scopes.map(({ scope }) => scope),
      );
      if (!decided.ok)
        throw new GatehouseError('invalid_scope', decided.message, { reason: 'scope_not_granted' });
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('access', key);
      const subject: TokenSubject = {
        familyKey: key,
        licenseId: bot.licenseId,
        accountId: bot.id,
        clientId: known.client.clientId,
        scopes: decided.scopes.key,
        resources,
      };
      const evicted = await storage.write(async (stores) => {
        // Both rows are held, so that who removes the bot or retires the secret sees this token.
        const stillThere =
          (await stores.bots.useBot(bot.licenseId, bot.id, now)) &&
          (await stores.apps.markSecretUsed(secretKey, now));
        if (!stillThere) return undefined;
        const access = accessRow(
          subject,
          { key, minted, refreshKey: null, botSecretKey: secretKey },
          policy,
          now,
        );
        return addTokens(stores, deps.audit, actor, { access }, now);
      });
      if (!evicted)
        throw new GatehouseError(
          'invalid_client',
          'The bot or the secret of this app was removed a moment ago.',
          {
            reason: 'client_credentials_raced',
          },
        );
      deps.onAccessRevoked(evicted);
      return {
        accessToken: minted.text,
        refreshToken: undefined,
        expiresInSeconds: policy.accessTokenSeconds,
        subject,
        ofBot: true,
        evicted,
      };
    },
  };
}
