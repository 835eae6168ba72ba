import { botMayHold, ownSecretScopes } from '../../oauth/bot_scopes.ts';
import { intersect, type ScopeSet } from '../../oauth/scopes.ts';
import type { Bot } from '../apps/records.ts';
import type { Organization } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import type { TokenSubject } from './records.ts';

export interface LivingBot {
  bot: Bot;
  organization: Organization;
  /** What the token opens now: its scopes, as far as a bot may hold them and, for an identity, the app has them. */
  scopes: ScopeSet;
}

/** Who stands behind a bot's token; undefined when the bot or its app is gone. */
export async function livingBot(
  stores: Stores,
  { licenseId, accountId, clientId, scopes, botSecretKey }: TokenSubject & { botSecretKey: number | null },
): Promise<LivingBot | undefined> {
  const [bot, known, organization] = await Promise.all([
    stores.bots.bot(licenseId, accountId),
    stores.apps.client(clientId),
    stores.identity.organization(licenseId),
  ]);
  if (!bot || !known || !organization || bot.ownerClientId !== clientId) return undefined;
  const byOwnSecret = bot.secret !== null && bot.secret.key === botSecretKey;
  const held = byOwnSecret ? ownSecretScopes : botMayHold(known.client.scopes.map(({ scope }) => scope));
  return { bot, organization, scopes: intersect(scopes.split(' '), held) };
}
