import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Random } from '../../kernel/random.ts';
import type { OpaqueTokens } from '../../oauth/opaque_token.ts';
import { endBot } from '../apps/end_bot.ts';
import type { Bot } from '../apps/records.ts';
import { EVERYBODY } from '../chats/chat.ts';
import { isOwnBot } from '../chats/people.ts';
import { CHAT_LIMIT } from '../chats/routing/desks.ts';
import type { Audit } from '../identity/audit.ts';
import type { AuditAction } from '../identity/audit_actions.ts';
import type { Actor } from '../identity/records.ts';
import { needRoomForAgents } from '../license/plan_room.ts';
import type { PlanLimits } from '../license/plans.ts';
import type { Storage, Stores } from '../storage.ts';
import { type BotForm, withForm } from './bot_form.ts';
import { makeBotSecret } from './bot_secret.ts';
import { ownerProblem } from './owner.ts';

export const MOST_BOTS = 500;

/** Who manages bots, and how far their token reaches: every bot, or those of their own app. */
export interface BotKeeper {
  licenseId: number;
  /** Null for a bot. */
  accountId: string | null;
  /** The app of the token; null for a personal access token. */
  clientId: string | null;
  reach: 'all' | 'my';
  actor: Actor;
}

export interface BotView {
  bot: Bot;
  /** Chats with customers at once. */
  chatLimit: number;
}

/** Bots of an organization (docs: configuration-api#bots). Those of apps that act by themselves are among them. */
export interface OrganizationBots {
  /** In the order in which they were made. @param all false: only the keeper's own */
  list(keeper: Pick<BotKeeper, 'licenseId' | 'clientId'>, all: boolean): Promise<BotView[]>;
  /** @throws GatehouseError `not_found`, or `missing_access` for one that is another app's, or nobody's */
  get(keeper: Omit<BotKeeper, 'actor' | 'accountId'>, id: string): Promise<BotView>;
  /**
   * @param owner the app that it belongs to; undefined for the one of the keeper's token
   * @returns the secret, readable this once
   * @throws GatehouseError `validation`, `limit_reached`
   */
  create(
    keeper: BotKeeper,
    owner: string | undefined,
    form: BotForm & { name: string },
  ): Promise<{ id: string; secret: string }>;
  /** Routing follows at the next chat. */
  update(keeper: BotKeeper, id: string, form: BotForm): Promise<void>;
  /** Its tokens die with it, and its chats are handed over. */
  remove(keeper: BotKeeper, id: string): Promise<void>;
  /** All tokens that the earlier secret got die. @returns the new secret, readable this once */
  resetSecret(keeper: BotKeeper, owner: string | undefined, id: string): Promise<string>;
}

export function organizationBots(deps: {
  storage: Storage;
  clock: Clock;
  identifiers: Identifiers;
  random: Random;
  tokens: OpaqueTokens;
  audit: Audit;
  /** How many there can be. */
  plan: PlanLimits;
}): OrganizationBots {
  const { storage, clock } = deps;

  async function views(licenseId: number): Promise<BotView[]> {
    const [bots, states] = await Promise.all([
      storage.read.bots.bots(licenseId),
      storage.read.chats(licenseId).agentStates(),
    ]);
    return bots
      .filter(({ removedAt }) => removedAt === null)
      .map((bot) => ({ bot, chatLimit: states.get(bot.id)?.chatLimit ?? CHAT_LIMIT }));
  }

  /** A bot that the keeper may change. */
  async function need(
    stores: Stores,
    keeper: Pick<BotKeeper, 'licenseId' | 'clientId' | 'reach'>,
    id: string,
  ) {
    const bot = await stores.bots.bot(keeper.licenseId, id);
    if (keeper.reach === 'my' && !(bot && isOwnBot(bot, keeper.clientId))) throw notYours(keeper);
    if (!bot) throw noBot();
    return bot;
  }

  /** One unit of work of one organization after the other, so that no change is lost. */
  function change<T>({ licenseId }: BotKeeper, work: (stores: Stores) => Promise<T>): Promise<T> {
    return storage.write(async (stores) => {
      await stores.people.lockOrganization(licenseId);
      return work(stores);
    });
  }

  function log(stores: Stores, keeper: BotKeeper, action: AuditAction, bot: Bot) {
    return deps.audit(stores, keeper.actor, action, {
      licenseId: keeper.licenseId,
      accountId: keeper.accountId,
      clientId: bot.ownerClientId,
      detail: { bot_id: bot.id, bot_name: bot.name },
    });
  }

  const groupIds = async (stores: Stores, licenseId: number): Promise<number[]> => [
    EVERYBODY,
    ...(await stores.team.groups(licenseId)).map(({ id }) => id),
  ];

  return {
    async list({ licenseId, clientId }, all) {
      return (await views(licenseId)).filter(({ bot }) => all || isOwnBot(bot, clientId));
    },
    async get(keeper, id) {
      const bot = await need(storage.read, keeper, id);
      const states = await storage.read.chats(keeper.licenseId).agentStates();
      return { bot, chatLimit: states.get(id)?.chatLimit ?? CHAT_LIMIT };
    },
    create: (keeper, owner, form) =>
      change(keeper, async (stores) => {
        const { licenseId, clientId } = keeper;
        const ownerClientId = await needOwner(stores, keeper, owner);
        const living = (await stores.bots.bots(licenseId)).filter(({ removedAt }) => removedAt === null);
        if (living.length >= MOST_BOTS)
          throw new GatehouseError('limit_reached', `An organization may have ${MOST_BOTS} bots.`);
        const now = clock.now();
        const { secret, text } = makeBotSecret(deps);
        const blank: Bot = {
          key: deps.identifiers.key(),
          id: deps.random.bytes(16).toString('hex'),
          licenseId,
          name: '',
          avatarUrl: null,
          jobTitle: null,
          type: 'chatbot',
          ownerClientId,
          isIdentity: false,
          templateId: null,
          byPersonalToken: clientId === null,
          groupIds: [EVERYBODY],
          priorities: {},
          defaultPriority: 'normal',
          workScheduler: null,
          secret,
          createdBy: keeper.accountId,
          createdAt: now,
          updatedAt: now,
          lastUsedAt: null,
          removedAt: null,
        };
        const bot = withForm(blank, form, await groupIds(stores, licenseId));
        await stores.bots.addBot(bot);
        await needRoomForAgents(stores, licenseId, deps.plan);
        if (form.chatLimit !== undefined) await stores.chats(licenseId).setChatLimit(bot.id, form.chatLimit);
        await log(stores, keeper, 'bot.added', bot);
        return { id: bot.id, secret: text };
      }),
    update: (keeper, id, form) =>
      change(keeper, async (stores) => {
        const { licenseId } = keeper;
        const before = await need(stores, keeper, id);
        const now = clock.now();
        const bot = { ...withForm(before, form, await groupIds(stores, licenseId)), updatedAt: now };
        if (!(await stores.bots.saveBot(bot))) throw noBot();
        const chats = stores.chats(licenseId);
        if (form.chatLimit !== undefined) await chats.setChatLimit(id, form.chatLimit);
        // It may have room, or be of the group, for those that wait.
        await chats.callForQueue(now);
        await log(stores, keeper, 'bot.changed', bot);
      }),
    remove: (keeper, id) =>
      change(keeper, async (stores) => {
        const bot = await need(stores, keeper, id);
        if (!(await endBot(stores, bot, 'bot_removed', clock.now()))) throw noBot();
        await log(stores, keeper, 'bot.removed', bot);
      }),
    resetSecret: (keeper, owner, id) =>
      change(keeper, async (stores) => {
        const ownerClientId = await needOwner(stores, keeper, owner);
        const bot = await stores.bots.bot(keeper.licenseId, id);
        if (!bot || bot.ownerClientId !== ownerClientId)
          throw new GatehouseError('not_found', 'The app of owner_client_id has no bot with this id here.');
        const now = clock.now();
        const { secret, text } = makeBotSecret(deps);
        if (!(await stores.bots.setBotSecret(bot.licenseId, bot.id, secret, now))) throw noBot();
        if (bot.secret) {
          const holder = { id: bot.id, clientId: bot.ownerClientId, licenseId: bot.licenseId };
          await stores.grants.revokeBotTokens(holder, bot.secret.key, 'bot_secret_reset', now);
        }
        await log(stores, keeper, 'bot.secret_reset', bot);
        return text;
      }),
  };
}

/**
 * The app that a bot is to belong to, held until the unit of work ends: the one that was named, which has to be the
 * organization's, else the one of the token.
 * @throws GatehouseError `validation`
 */
async function needOwner(
  stores: Stores,
  { licenseId, clientId }: BotKeeper,
  named: string | undefined,
): Promise<string> {
  const owner = named ?? clientId;
  if (owner === null)
    throw ownerProblem(
      'is missing: a personal access token belongs to no app, so that the client id of the app that the bot is for has to be named.',
    );
  const known = await stores.apps.client(owner);
  if (named !== undefined && known?.organization.licenseId !== licenseId)
    throw ownerProblem('is not the client id of an app of your organization.');
  if (!(await stores.apps.holdClient(owner))) throw ownerProblem('names an app that is gone.');
  return owner;
}

/** The same words for a bot of another organization and for none. */
function noBot(): GatehouseError {
  return new GatehouseError('not_found', 'This organization has no bot with this id. list_bots names them.');
}

function notYours({ clientId }: Pick<BotKeeper, 'clientId'>): GatehouseError {
  const mine =
    clientId === null ? 'bots that were made with personal access tokens' : 'the bots of its own app';
  return new GatehouseError(
    'missing_access',
    `This credential opens ${mine}, and there is none with this id. Others take agents-bot--all.`,
    { data: { required_scopes: ['agents-bot--all:rw'] } },
  );
}
