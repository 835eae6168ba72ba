import type { Clock } from '../../kernel/clock.ts';
import type { ClientRevoker } from '../apps/app_service.ts';
import { endBot } from '../apps/end_bot.ts';

/** What goes with a client, or with one of its secrets: bots, grants and tokens. */
export function clientRevoker(clock: Clock, forgetAll: () => void): ClientRevoker {
  return {
    async revokeClient(stores, clientId, reason) {
      const now = clock.now();
      await stores.bots.removeBotTemplatesOf(clientId);
      for (const bot of await stores.bots.botsOf(clientId)) await endBot(stores, bot, reason, now);
      await stores.webhooks.removeWebhooksOf(clientId);
      await stores.grants.revokeClient(clientId, reason, now);
    },
    // A person's tokens stand on their consent. A bot's stand on the secret alone: whoever leaked it, or was
    // let go with it, must not go on (RFC 6749 §10.3).
    async revokeSecret({ bots, grants }, clientId, secretKey) {
      const bot = await bots.botIdentity(clientId);
      if (bot)
        await grants.revokeBotTokens({ id: bot.id, clientId }, secretKey, 'secret_retired', clock.now());
    },
    clientsChanged: forgetAll,
  };
}
