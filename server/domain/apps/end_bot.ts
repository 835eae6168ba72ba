import type { Micros } from '../../kernel/clock.ts';
import type { Stores } from '../storage.ts';
import type { Bot } from './records.ts';

/**
 * Part of a unit of work that removes a bot: its tokens die, and its chats are handed over. What it wrote stays under
 * its name.
 * @returns false when somebody else removed it
 */
export async function endBot(stores: Stores, bot: Bot, reason: string, now: Micros): Promise<boolean> {
  if (!(await stores.bots.removeBot(bot.licenseId, bot.id, now))) return false;
  await stores.chats(bot.licenseId).callForAgentsChats(bot.id, now);
  const holder = { id: bot.id, clientId: bot.ownerClientId, licenseId: bot.licenseId };
  await stores.grants.revokeBotTokens(holder, undefined, reason, now);
  return true;
}
