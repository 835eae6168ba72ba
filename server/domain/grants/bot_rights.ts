import { botMayHold } from '../../oauth/bot_scopes.ts';
import { intersect, type ScopeSet } from '../../oauth/scopes.ts';
import type { Bot } from '../apps/records.ts';
import type { Organization } from '../identity/records.ts';
import type { Stores } from '../storage.ts';
import type { TokenSubject } from './records.ts';

export interface LivingBot {
  bot: Bot;
  organization: Organization;
  /** What the token opens now: its scopes, those of the app, and what a bot may hold. */
  scopes: ScopeSet;
}

/** Who stands behind a bot's token; undefined when the bot or its app is gone. */
export async function livingBot(
  stores: Stores,
  { licenseId, accountId, clientId, scopes }: TokenSubject,
): Promise<LivingBot | undefined> {
  const [bot, known, organization] = await Promise.all([
    stores.bots.bot(licenseId, accountId),
    stores.apps.client(clientId),
    stores.identity.organization(licenseId),
  ]);
  if (!bot || !known || !organization || bot.ownerClientId !== clientId) return undefined;
  const held = botMayHold(known.client.scopes.map(({ scope }) => scope));
  return { bot, organization, scopes: intersect(scopes.split(' '), held) };
}
