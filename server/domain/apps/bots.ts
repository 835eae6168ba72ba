import type { Clock } from '../../kernel/clock.ts';
import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import { cleanLine } from '../identity/profile_rules.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Editor } from './app_service.ts';
import { endBot } from './end_bot.ts';
import type { AppDetails, Bot, Client } from './records.ts';

const LONGEST_NAME = 100;
/** General: every agent's chats. */
const GENERAL = 0;

/** The bot as which a server-side app acts by itself. */
export interface BotService {
  /** Undefined where the app has none. */
  identityOf(clientId: string): Promise<Bot | undefined>;
  /** @throws GatehouseError `not_found`, `validation` (a JavaScript app, a bad name), `already_exists` */
  give(editor: Editor, appId: string, name: string): Promise<Bot>;
  rename(editor: Editor, appId: string, name: string): Promise<void>;
  /** Its tokens die with it; what it wrote stays under its name. */
  remove(editor: Editor, appId: string): Promise<void>;
}

export function createBotService(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  audit: Audit;
  /** Caches forget what they knew of its tokens. */
  onRemoved(): void;
}): BotService {
  const { storage, clock } = deps;

  async function needClient(
    stores: Stores,
    { licenseId }: Editor,
    appId: string,
  ): Promise<AppDetails & { client: Client }> {
    const details = await stores.apps.app(licenseId, appId);
    if (!details) throw new GatehouseError('not_found', 'There is no app with this id in your organization.');
    if (!details.client)
      throw new GatehouseError('not_found', 'This app has no App Authorization block yet. Add it first.');
    return { ...details, client: details.client };
  }

  async function needBot(stores: Stores, { client }: { client: Client }): Promise<Bot> {
    const bot = await stores.bots.botIdentity(client.clientId);
    if (bot) return bot;
    throw new GatehouseError('not_found', 'This app has no bot identity.');
  }

  function log(stores: Stores, editor: Editor, action: AuditAction, details: AppDetails, bot: Bot) {
    return deps.audit(stores, editor.actor, action, {
      licenseId: editor.licenseId,
      accountId: editor.accountId,
      clientId: bot.ownerClientId,
      detail: { app_id: details.app.id, app_name: details.app.name, bot_id: bot.id, bot_name: bot.name },
    });
  }

  return {
    identityOf: (clientId) => storage.read.bots.botIdentity(clientId),

    async give(editor, appId, typedName) {
      const name = readName(typedName);
      const now = clock.now();
      return storage.write(async (stores) => {
        // First of all, since it holds the app's row: whoever deletes the app comes before or after.
        await stores.apps.touchApp(editor.licenseId, appId, undefined, now);
        const details = await needClient(stores, editor, appId);
        if (details.client.type !== 'server_side_app')
          throw new GatehouseError(
            'validation',
            'A JavaScript app has no secret, so that it cannot act by itself. Only server-side apps have bots.',
          );
        const bot: Bot = {
          key: deps.identifiers.key(),
          id: deps.random.bytes(16).toString('hex'),
          licenseId: editor.licenseId,
          name,
          avatarUrl: null,
          jobTitle: null,
          type: 'chatbot',
          ownerClientId: details.client.clientId,
          isIdentity: true,
          templateId: null,
          byPersonalToken: false,
          groupIds: [GENERAL],
          priorities: {},
          defaultPriority: 'normal',
          workScheduler: null,
          secret: null,
          createdBy: editor.accountId,
          createdAt: now,
          updatedAt: now,
          lastUsedAt: null,
          removedAt: null,
        };
        if (!(await stores.bots.addBot(bot)))
          throw new GatehouseError('already_exists', 'This app has a bot identity already.');
        await log(stores, editor, 'bot.added', details, bot);
        return bot;
      });
    },

    async rename(editor, appId, typedName) {
      const name = readName(typedName);
      const now = clock.now();
      await storage.write(async (stores) => {
        const details = await needClient(stores, editor, appId);
        const bot = await needBot(stores, details);
        if (!(await stores.bots.renameBot(bot.licenseId, bot.id, name, now)))
          throw new GatehouseError('not_found', 'The bot was removed a moment ago.');
        await stores.apps.touchApp(editor.licenseId, appId, undefined, now);
        await log(stores, editor, 'bot.renamed', details, { ...bot, name });
      });
    },

    async remove(editor, appId) {
      const now = clock.now();
      await storage.write(async (stores) => {
        const details = await needClient(stores, editor, appId);
        const bot = await needBot(stores, details);
        if (!(await endBot(stores, bot, 'bot_removed', now)))
          throw new GatehouseError('not_found', 'The bot was removed a moment ago.');
        await stores.apps.touchApp(editor.licenseId, appId, undefined, now);
        await log(stores, editor, 'bot.removed', details, bot);
      });
      deps.onRemoved();
    },
  };
}

/** @throws GatehouseError `validation` */
function readName(typed: string): string {
  const name = cleanLine(typed);
  const problem: FieldProblem | undefined =
    name === ''
      ? { field: 'name', message: 'Give the bot a name: customers and agents see it in chats.' }
      : name.length > LONGEST_NAME
        ? { field: 'name', message: `The name may have at most ${LONGEST_NAME} characters.` }
        : undefined;
  if (problem) throw new GatehouseError('validation', problem.message, { fields: [problem] });
  return name;
}
