import type { Micros } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import { endBot } from '../apps/end_bot.ts';
import type { InstallationEffect } from '../apps/installation_effects.ts';
import type { Bot, BotTemplate } from '../apps/records.ts';
import { EVERYBODY } from '../chats/chat.ts';
import type { Stores } from '../storage.ts';

/** The bot of a template in one organization; it has the template's id and, at first, its secret. */
export async function spawnBot(
  stores: Stores,
  template: BotTemplate,
  site: { licenseId: number; accountId: string | null; now: Micros },
  identifiers: Identifiers,
): Promise<void> {
  const { licenseId, accountId, now } = site;
  const bot: Bot = {
    key: identifiers.key(),
    id: template.id,
    licenseId,
    name: template.name,
    avatarUrl: template.avatarUrl,
    jobTitle: template.jobTitle,
    type: 'chatbot',
    ownerClientId: template.ownerClientId,
    isIdentity: false,
    templateId: template.id,
    byPersonalToken: false,
    groupIds: [EVERYBODY],
    priorities: {},
    defaultPriority: template.defaultPriority,
    workScheduler: null,
    secret: { key: identifiers.key(), hash: template.secretHash },
    createdBy: accountId,
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
    removedAt: null,
  };
  if (!(await stores.bots.installBot(bot))) return;
  const chats = stores.chats(licenseId);
  await chats.setChatLimit(bot.id, template.chatLimit);
  // One that comes back begins as every bot does: it takes no chats before its app says so.
  await chats.setRoutingStatus(bot.id, 'offline');
}

/** Bot templates as a block of an app: an installation makes their bots, and the end of it removes them. */
export function templateBots(deps: { identifiers: Identifiers }): InstallationEffect {
  return {
    block: 'bot_templates',
    async bring(stores, site) {
      for (const template of await stores.bots.botTemplates(site.client.clientId))
        await spawnBot(stores, template, site, deps.identifiers);
    },
    async takeBack(stores, { client, licenseId, now }) {
      for (const bot of await stores.bots.botsOf(client.clientId))
        if (bot.licenseId === licenseId && bot.templateId !== null)
          await endBot(stores, bot, 'app_uninstalled', now);
    },
    names: async (stores, client) =>
      (await stores.bots.botTemplates(client.clientId)).map(({ name }) => name),
  };
}
