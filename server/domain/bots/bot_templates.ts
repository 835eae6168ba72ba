import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import { endBot } from '../apps/end_bot.ts';
import type { BotTemplate, ClientOfApp } from '../apps/records.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { Actor } from '../identity/records.ts';
import type { Storage, Stores } from '../storage.ts';
import { type BotLooks, withLooks } from './bot_form.ts';
import { makeBotSecret } from './bot_secret.ts';
import { ownerProblem } from './owner.ts';
import { spawnBot } from './template_bots.ts';

/** Docs: configuration-api#create-bot-template. */
export const MOST_TEMPLATES = 5;

/** Somebody of the organization that an app belongs to. */
export interface TemplateKeeper {
  licenseId: number;
  accountId: string | null;
  /** The client of the app. */
  ownerClientId: string;
  actor: Actor;
}

/**
 * What bots are made by, wherever their app is installed. `affect` makes a change hold for installations that are
 * there already, in the same unit of work.
 * @throws GatehouseError `validation` for an app of somebody else, `not_found`, `limit_reached`
 */
export interface BotTemplates {
  templates(keeper: Pick<TemplateKeeper, 'licenseId' | 'ownerClientId'>): Promise<BotTemplate[]>;
  /** @returns the secret, readable this once */
  createTemplate(
    keeper: TemplateKeeper,
    form: BotLooks & { name: string },
    affect: boolean,
  ): Promise<{ id: string; secret: string }>;
  updateTemplate(keeper: TemplateKeeper, id: string, form: BotLooks, affect: boolean): Promise<void>;
  /** Its bots stay where they are, unless `affect` removes them. */
  deleteTemplate(keeper: TemplateKeeper, id: string, affect: boolean): Promise<void>;
  /** Tokens that the earlier secret got die with `affect`. @returns the new secret, readable this once */
  resetTemplateSecret(keeper: TemplateKeeper, id: string, affect: boolean): Promise<string>;
}

export function botTemplates(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  audit: Audit;
}): BotTemplates {
  const { storage, clock } = deps;

  async function needApp(
    stores: Stores,
    { licenseId, ownerClientId }: Pick<TemplateKeeper, 'licenseId' | 'ownerClientId'>,
  ): Promise<ClientOfApp> {
    const known = await stores.apps.client(ownerClientId);
    if (known?.organization.licenseId === licenseId) return known;
    throw ownerProblem('is not the client id of an app of your organization.');
  }

  /** One unit of work after the other for each app, installations included. */
  function change<T>(
    keeper: TemplateKeeper,
    work: (stores: Stores, known: ClientOfApp) => Promise<T>,
  ): Promise<T> {
    return storage.write(async (stores) => {
      const { app } = await needApp(stores, keeper);
      await stores.apps.touchApp(keeper.licenseId, app.id, undefined, clock.now());
      return work(stores, await needApp(stores, keeper));
    });
  }

  async function need(stores: Stores, keeper: TemplateKeeper, id: string): Promise<BotTemplate> {
    const found = (await stores.bots.botTemplates(keeper.ownerClientId)).find((one) => one.id === id);
    if (found) return found;
    throw new GatehouseError(
      'not_found',
      'The app of owner_client_id has no bot template with this id. list_bot_templates names them.',
    );
  }

  function log(stores: Stores, keeper: TemplateKeeper, action: AuditAction, template: BotTemplate) {
    return deps.audit(stores, keeper.actor, action, {
      licenseId: keeper.licenseId,
      accountId: keeper.accountId,
      clientId: keeper.ownerClientId,
      detail: { bot_template_id: template.id, bot_template_name: template.name },
    });
  }

  return {
    async templates(keeper) {
      await needApp(storage.read, keeper);
      return storage.read.bots.botTemplates(keeper.ownerClientId);
    },
    createTemplate: (keeper, form, affect) =>
      change(keeper, async (stores, { app }) => {
        const present = await stores.bots.botTemplates(keeper.ownerClientId);
        if (present.length >= MOST_TEMPLATES)
          throw new GatehouseError('limit_reached', `An app may have ${MOST_TEMPLATES} bot templates.`);
        const now = clock.now();
        const { secret, text } = makeBotSecret(deps);
        const blank: BotTemplate = {
          key: deps.identifiers.key(),
          id: deps.random.bytes(16).toString('hex'),
          licenseId: keeper.licenseId,
          ownerClientId: keeper.ownerClientId,
          name: '',
          avatarUrl: null,
          jobTitle: null,
          defaultPriority: 'normal',
          chatLimit: form.chatLimit ?? null,
          secretHash: secret.hash,
          createdBy: keeper.accountId,
          createdAt: now,
          updatedAt: now,
        };
        const template = withLooks(blank, form);
        await stores.bots.addBotTemplate(template);
        if (affect)
          for (const { licenseId } of await stores.apps.installations(app.id))
            await spawnBot(
              stores,
              template,
              { licenseId, accountId: keeper.accountId, now },
              deps.identifiers,
            );
        await log(stores, keeper, 'bot_template.created', template);
        return { id: template.id, secret: text };
      }),
    updateTemplate: (keeper, id, form, affect) =>
      change(keeper, async (stores) => {
        const before = await need(stores, keeper, id);
        const now = clock.now();
        const chatLimit = form.chatLimit ?? before.chatLimit;
        const template = { ...withLooks(before, form), chatLimit, updatedAt: now };
        await stores.bots.saveBotTemplate(template);
        for (const bot of affect ? await stores.bots.botsOfTemplate(id) : []) {
          await stores.bots.saveBot({ ...withLooks(bot, form), updatedAt: now });
          const chats = stores.chats(bot.licenseId);
          if (form.chatLimit !== undefined) await chats.setChatLimit(bot.id, form.chatLimit);
          await chats.callForQueue(now);
        }
        await log(stores, keeper, 'bot_template.changed', template);
      }),
    deleteTemplate: (keeper, id, affect) =>
      change(keeper, async (stores) => {
        const template = await need(stores, keeper, id);
        await stores.bots.removeBotTemplate(keeper.licenseId, id);
        for (const bot of affect ? await stores.bots.botsOfTemplate(id) : [])
          await endBot(stores, bot, 'bot_removed', clock.now());
        await log(stores, keeper, 'bot_template.deleted', template);
      }),
    resetTemplateSecret: (keeper, id, affect) =>
      change(keeper, async (stores) => {
        const template = await need(stores, keeper, id);
        const now = clock.now();
        const { secret, text } = makeBotSecret(deps);
        await stores.bots.saveBotTemplate({ ...template, secretHash: secret.hash, updatedAt: now });
        for (const bot of affect ? await stores.bots.botsOfTemplate(id) : []) {
          const next = { key: deps.identifiers.key(), hash: secret.hash };
          await stores.bots.setBotSecret(bot.licenseId, bot.id, next, now);
          const holder = { id: bot.id, clientId: bot.ownerClientId, licenseId: bot.licenseId };
          await stores.grants.revokeBotTokens(holder, bot.secret?.key, 'bot_secret_reset', now);
        }
        await log(stores, keeper, 'bot_template.secret_reset', template);
        return text;
      }),
  };
}
