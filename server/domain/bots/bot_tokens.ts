import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import { type Identifiers, isUuid } from '../../kernel/identifiers.ts';
import { ownSecretScopes } from '../../oauth/bot_scopes.ts';
import { type OpaqueTokens, sameSecret } from '../../oauth/opaque_token.ts';
import { accessRow, addTokens } from '../grants/issue_tokens.ts';
import type { Audit } from '../identity/audit.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage } from '../storage.ts';

/** Docs: configuration-api#issue-bot-token. */
const DAY_SECONDS = 24 * 60 * 60;
const NO_SECRET = Buffer.alloc(32);

/** What a bot shows to get a token. */
export interface BotCredential {
  botId: string;
  clientId: string;
  secret: string;
  organizationId: string;
}

export interface BotTokens {
  /**
   * An access token as which the bot acts for a day, or until its secret is reset.
   * @throws GatehouseError `authorization`, in the same words for a wrong secret and for no such bot
   */
  issue(credential: BotCredential, actor: Actor): Promise<string>;
}

export function botTokens(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  tokens: OpaqueTokens;
  audit: Audit;
  /** Caches forget tokens that gave way to newer ones. */
  onAccessRevoked(keys: readonly number[]): void;
}): BotTokens {
  const { storage, clock, tokens } = deps;
  return {
    async issue({ botId, clientId, secret, organizationId }, actor) {
      const organization = isUuid(organizationId)
        ? await storage.read.identity.organizationById(organizationId)
        : undefined;
      const found = organization && (await storage.read.bots.bot(organization.licenseId, botId));
      const fits = sameSecret(tokens.hashSecret(secret), found?.secret?.hash ?? NO_SECRET);
      const own = found?.secret;
      if (!found || !own || !fits || found.ownerClientId !== clientId) throw refused();
      const now = clock.now();
      const key = deps.identifiers.key();
      const minted = tokens.mint('access', key);
      const subject = {
        familyKey: key,
        licenseId: found.licenseId,
        accountId: found.id,
        clientId,
        scopes: ownSecretScopes.key,
        resources: null,
      };
      const evicted = await storage.write(async (stores) => {
        // The bot's row is held, so that who removes it or resets its secret sees this token.
        if (!(await stores.bots.useBot(found.licenseId, found.id, now, own.key))) throw refused();
        const access = accessRow(
          subject,
          { key, minted, refreshKey: null, botSecretKey: own.key },
          { accessTokenSeconds: DAY_SECONDS },
          now,
        );
        return addTokens(stores, deps.audit, actor, { access }, now);
      });
      deps.onAccessRevoked(evicted);
      return minted.text;
    },
  };
}

function refused(): GatehouseError {
  return new GatehouseError(
    'authorization',
    'bot_id, client_id, bot_secret and organization_id do not fit together. A lost secret is replaced by reset_bot_secret.',
  );
}
