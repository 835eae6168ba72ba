import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Properties } from '../../wire/properties.ts';
import type { Chat } from '../chats/chat.ts';
import type { ChatStore } from '../chats/chat_store.ts';
import type { Customer } from '../chats/customer.ts';
import { type AgentsById, agentsById, type PeopleDirectory } from '../chats/people.ts';
import { statusOf } from '../chats/routing/desks.ts';
import type { Definitions } from '../properties/definition.ts';
import { isClientId } from '../properties/property_catalogue.ts';
import { type PropertyReader, propertyReader } from '../properties/property_reader.ts';
import type { Storage, Stores } from '../storage.ts';
import type { Cause } from './cause.ts';
import { requesterOf } from './cause.ts';
import { type ChatChanges, noChanges, watchChats } from './chat_changes.ts';
import { happeningsIn } from './chat_happenings.ts';
import { isWanted } from './filters.ts';
import { type ChatHappening, type Happening, isInChat } from './happening.ts';
import type { Delivery, Webhook } from './webhook.ts';
import type { WebhookDirectory } from './webhook_directory.ts';

/** What the words of a payload are made from. */
export interface PayloadView {
  agents: AgentsById;
  customer: Customer | undefined;
  /** What the webhook's app may see. */
  reader: PropertyReader;
  requesterId: string | undefined;
}

/** Puts what happened into the documented shape; implemented with the presenters of the APIs. */
export interface WebhookPayloads {
  payload(happening: Happening, view: PayloadView): unknown;
  chatProperties(chat: Chat, reader: PropertyReader): Properties;
}

export interface OutboxDeps {
  directory: WebhookDirectory;
  people: PeopleDirectory;
  payloads: WebhookPayloads;
  identifiers: Identifiers;
  clock: Clock;
  /** After a commit that put something into the queue. */
  queued(): void;
}

/**
 * Storage whose units of work put into the queue what webhooks are to be told of, in the same transaction as what
 * they tell of. Where an organization has no webhooks, a unit costs one look into memory.
 */
export function webhookOutbox(storage: Storage, deps: OutboxDeps): Storage {
  const { directory, people } = deps;
  return {
    read: storage.read,
    async write(unit, cause) {
      if (!cause || cause.silent) return storage.write(unit);
      const { licenseId } = cause;
      const webhooks = directory.known(licenseId) ?? (await directory.active(licenseId));
      if (webhooks.length === 0) return storage.write(unit);
      // A unit of work waits for nothing but its stores: whatever else is needed is read before it.
      const agents = await agentsById(people, licenseId);
      const organizationId = (await storage.read.identity.organization(licenseId))?.id ?? '';
      let queued = 0;
      const value = await storage.write(async (stores) => {
        const changes = noChanges();
        const result = await unit({
          ...stores,
          chats: (id) => (id === licenseId ? watchChats(stores.chats(id), changes) : stores.chats(id)),
        });
        const told = await tellings({ stores, changes, cause, webhooks, agents, organizationId, deps });
        await stores.webhooks.queue(told);
        queued = told.length;
        return result;
      });
      if (queued > 0) deps.queued();
      return value;
    },
  };
}

interface Work {
  stores: Stores;
  changes: ChatChanges;
  cause: Cause;
  webhooks: readonly Webhook[];
  agents: AgentsById;
  organizationId: string;
  deps: OutboxDeps;
}

async function tellings(work: Work): Promise<Delivery[]> {
  const { stores, changes, cause, webhooks, agents, deps } = work;
  const chats = stores.chats(cause.licenseId);
  await findOpenChats(chats, changes);
  const happenings = happeningsIn(changes, cause);
  if (happenings.length === 0) return [];
  const wanted = webhooks.filter(({ action }) => happenings.some((one) => one.action === action));
  if (wanted.length === 0) return [];
  const states = wanted.some(({ type }) => type === 'bot') ? await chats.agentStates() : undefined;
  const result: Delivery[] = [];
  for (const webhook of wanted) {
    const bots = [...agents.values()].filter(
      (agent) => agent.ownerClientId === webhook.clientId && agent.isBot && !agent.suspended,
    );
    if (
      webhook.type === 'bot' &&
      !bots.some((bot) => statusOf(bot, states?.get(bot.id), deps.clock.now()) !== 'offline')
    )
      continue;
    const ownBots = new Set(bots.map(({ id }) => id));
    for (const happening of happenings)
      if (isWanted(webhook, { happening, cause, ownBots }))
        result.push(await delivery(work, webhook, happening));
  }
  return result;
}

async function delivery(work: Work, webhook: Webhook, happening: Happening): Promise<Delivery> {
  const { cause, stores, agents, organizationId, deps } = work;
  const reader = await readerFor(stores, webhook.clientId, happening);
  const customerId = isInChat(happening) ? happening.chat.customerId : null;
  const customer =
    customerId === null
      ? undefined
      : (work.changes.customers.get(customerId)?.after ??
        (await stores.chats(cause.licenseId).customer(customerId)));
  const view = { agents, customer, reader, requesterId: requesterOf(cause) };
  const now = deps.clock.now();
  return {
    key: deps.identifiers.key(),
    licenseId: cause.licenseId,
    webhookId: webhook.id,
    clientId: webhook.clientId,
    action: webhook.action,
    body: JSON.stringify({
      action: webhook.action,
      organization_id: organizationId,
      payload: deps.payloads.payload(happening, view),
      additional_data: isInChat(happening) ? additional(webhook, happening, deps, reader) : {},
    }),
    state: 'queued',
    attempts: 0,
    nextAttemptAt: now,
    createdAt: now,
    doneAt: null,
    lastStatus: null,
    lastError: null,
  };
}

function additional(
  { additionalData }: Webhook,
  { chat }: ChatHappening,
  { payloads }: OutboxDeps,
  reader: PropertyReader,
): Record<string, unknown> {
  const present = chat.users.filter((user) => user.present).map(({ id }) => id);
  return {
    ...(additionalData.includes('chat_properties')
      ? { chat_properties: payloads.chatProperties(chat, reader) }
      : {}),
    ...(additionalData.includes('chat_presence_user_ids') ? { chat_presence_user_ids: present } : {}),
  };
}

/** What an app may see of the properties that are told; their definitions come from this unit's own stores. */
async function readerFor(stores: Stores, clientId: string, happening: Happening): Promise<PropertyReader> {
  const catalogue = new Map<string, Definitions>();
  if (isInChat(happening)) {
    const events = 'events' in happening ? happening.events : 'event' in happening ? [happening.event] : [];
    const all = [happening.chat, happening.thread, ...events].flatMap((one) =>
      Object.keys(one?.properties ?? {}),
    );
    const named = [
      ...Object.keys('properties' in happening ? happening.properties : {}),
      ...Object.keys('names' in happening ? happening.names : {}),
    ];
    for (const namespace of new Set([...all, ...named].filter(isClientId))) {
      const definitions = await stores.properties.definitions(namespace);
      catalogue.set(namespace, new Map(definitions.map((one) => [one.name, one])));
    }
  }
  return propertyReader({ user: 'agent', clientId }, catalogue);
}

/** A customer's fields may change without a look at their chat; what is told names it. */
async function findOpenChats(store: ChatStore, { customers, chats, threads }: ChatChanges): Promise<void> {
  for (const { before, after } of customers.values()) {
    const { chatId } = after;
    if (!before || before === after || chatId === null || chats.has(chatId)) continue;
    if (JSON.stringify(before.sessionFields) === JSON.stringify(after.sessionFields)) continue;
    const found = await store.chat(chatId);
    if (!found?.chat.active || !found.lastThread) continue;
    chats.set(chatId, { before: found.chat, after: found.chat });
    threads.set(found.lastThread.id, { before: found.lastThread, after: found.lastThread });
  }
}
