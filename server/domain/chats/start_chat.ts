import type { Micros } from '../../kernel/clock.ts';
import { GatehouseError } from '../../kernel/errors.ts';
import type { InitialEventRequest } from '../../wire/event.ts';
import type { Properties } from '../../wire/properties.ts';
import type { UsersRequest } from '../../wire/user.ts';
import { readProperties, withProperty } from '../properties/property_rules.ts';
import { readAccess } from './access_rules.ts';
import { type Actor, type AgentActor, actorId, type CustomerActor, propertyCaller } from './actors.ts';
import { type Chat, type ChatUser, EVERYBODY } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import { customerUnknown, readUsers } from './chat_users.ts';
import type { Customer } from './customer.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import { describeFile, keepFiles } from './file_events.ts';
import {
  appendInitialEvents,
  findRepeat,
  type InitialEvent,
  readInitialEvents,
  writtenIds,
} from './initial_events.ts';
import { unlisted } from './listing.ts';
import { type AgentProfile, agentsById } from './people.ts';
import type { SeatRequest } from './routing/desks.ts';
import { findSeat, isRouted, nextPlace, queueUp, requestFor } from './routing/seating.ts';
import { assigned } from './system_messages.ts';
import { beginThread, markSeen, type OpenChat, say, waitForAgent } from './thread_rules.ts';

/** What a thread begins with, as it arrives; `users` is for agents only. */
export interface ThreadInput {
  properties?: Properties | undefined;
  access?: { group_ids: number[] } | undefined;
  users?: UsersRequest | undefined;
  thread?: { events?: InitialEventRequest[] | undefined; properties?: Properties | undefined } | undefined;
}

export interface StartChatInput {
  chat?: ThreadInput | undefined;
  active?: boolean | undefined;
  continuous?: boolean | undefined;
}

export interface StartedChat {
  chatId: string;
  threadId: string;
  eventIds: string[];
}

/** Everything about a new thread that can be decided before the chat is looked at. */
export interface ThreadPlan {
  active: boolean;
  access: number[];
  chatProperties: Properties;
  threadProperties: Properties;
  agentIds: string[];
  customer: { id: string; field: string } | undefined;
  events: InitialEvent[];
  agents: readonly AgentProfile[];
}

/** @throws GatehouseError `validation`, `authorization` */
async function needWritableProperties(
  { properties }: ChatDeps,
  actor: Actor,
  plan: Pick<ThreadPlan, 'chatProperties' | 'threadProperties' | 'events'>,
): Promise<void> {
  const caller = propertyCaller(actor);
  const { chatProperties, threadProperties, events } = plan;
  await properties.needWritable(caller, 'chat', { values: chatProperties }, 'chat.properties');
  await properties.needWritable(caller, 'thread', { values: threadProperties }, 'chat.thread.properties');
  for (const [index, { draft }] of events.entries()) {
    const field = `chat.thread.events[${index}].properties`;
    await properties.needWritable(caller, 'event', { values: draft.properties }, field);
  }
}

/**
 * Checks what does not depend on the chat: groups, users, properties, events.
 * @throws GatehouseError `validation`, `missing_access`, `group_not_found`
 */
export async function planThread(
  deps: ChatDeps,
  actor: Actor,
  chat: ThreadInput,
  active: boolean,
): Promise<ThreadPlan> {
  const groups = chat.access ? await deps.people.groups(actor.licenseId) : [];
  const agents = await agentsById(deps.people, actor.licenseId);
  const named =
    actor.kind === 'agent'
      ? readUsers(actor, chat.users, agents)
      : { agentIds: [], customer: { id: actor.customerId, field: 'customer' } };
  const users = new Set([actorId(actor), ...named.agentIds, ...(named.customer ? [named.customer.id] : [])]);
  const plan = {
    active,
    access: chat.access ? readAccess(actor, chat.access, groups) : await ruledAccess(deps, actor),
    chatProperties: readProperties(chat.properties, 'chat.properties'),
    threadProperties: readProperties(chat.thread?.properties, 'chat.thread.properties'),
    ...named,
    events: await Promise.all(
      readInitialEvents(actor, chat.thread?.events, users).map(async ({ draft, authorId }, index) => ({
        draft: await describeFile(deps, actor.licenseId, draft, `chat.thread.events[${index}]`),
        authorId,
      })),
    ),
    agents: [...agents.values()],
  };
  await needWritableProperties(deps, actor, plan);
  return plan;
}

/** The groups of the first rule that the customer meets, else everybody (docs: configuration-api#auto-access). */
async function ruledAccess({ autoAccess, storage }: ChatDeps, actor: Actor): Promise<number[]> {
  if (actor.kind === 'agent') return [EVERYBODY];
  const { licenseId, customerId, ip, page } = actor;
  const groups = await autoAccess?.groupsFor(licenseId, {
    ip,
    async page() {
      const customer = await storage.read.chats(licenseId).customer(customerId);
      return customer?.lastVisit?.pages?.at(-1)?.url ?? page ?? undefined;
    },
  });
  return groups?.toSorted((a, b) => a - b) ?? [EVERYBODY];
}

/** Who is in a new thread from its start. */
export interface Seats {
  users: Pick<ChatUser, 'id' | 'type'>[];
  /** The agent whose turn it was. */
  assigned: AgentProfile | undefined;
  /** Nobody has time: since when the thread waits, null where routing is off for the chat. */
  waits: { queuedAt: Micros | null } | undefined;
  request: SeatRequest;
}

/**
 * Users of the new thread; a customer's chat gets the agent whose turn it is, or has to wait.
 * @param chatProperties those that the chat will have
 */
export async function seatUsers(
  store: ChatStore,
  actor: Actor,
  plan: ThreadPlan,
  chatProperties: Properties,
  now: Micros,
): Promise<Seats> {
  const users: Pick<ChatUser, 'id' | 'type'>[] = plan.agentIds.map((id) => ({ id, type: 'agent' }));
  if (plan.customer) users.unshift({ id: plan.customer.id, type: 'customer' });
  const request = requestFor({ access: plan.access, properties: plan.threadProperties });
  const seats: Seats = { users, assigned: undefined, waits: undefined, request };
  if (actor.kind === 'agent' || !plan.active) return seats;
  if (!isRouted({ properties: chatProperties })) return { ...seats, waits: { queuedAt: null } };
  const agent = (await findSeat(store, plan.agents, request, now))?.agent;
  if (!agent) return { ...seats, waits: { queuedAt: await nextPlace(store, now) } };
  users.push({ id: agent.id, type: 'agent' });
  await store.recordAssignment(agent.id, now);
  return { ...seats, assigned: agent };
}

/** The thread's first events, what the server says about it, and the caller's read marker. */
export function openingEvents(
  open: OpenChat,
  actor: Actor,
  plan: ThreadPlan,
  seats: Seats,
  now: Micros,
): OpenChat {
  const written = appendInitialEvents(open, plan.events, now);
  const said = seats.assigned ? say(written, assigned(seats.assigned.name), now) : written;
  const seen = markSeen(said, actorId(actor));
  return seats.waits ? waitForAgent(seen, seats.waits.queuedAt) : seen;
}

/** What a thread that is stored now needs besides: its place in the queue, and a look at it later. */
export async function afterOpening(
  store: ChatStore,
  open: OpenChat,
  seats: Seats,
  now: Micros,
): Promise<void> {
  if (open.thread.active) await queueUp(store, open, seats.request, now);
}

/** Starts a chat with its first thread; a repeat of the same request gets the same answer. */
export function startChat(deps: ChatDeps) {
  return async (actor: AgentActor | CustomerActor, input: StartChatInput): Promise<StartedChat> => {
    const plan = await planThread(deps, actor, input.chat ?? {}, input.active ?? true);
    return writeChats(deps, actor, async (store) => {
      if (plan.active && plan.customer) await store.lockRouting();
      const customer = plan.customer && (await store.lockCustomer(plan.customer.id));
      if (plan.customer && !customer) throw unknownCustomer(actor, plan.customer.field);
      if (actor.kind === 'agent' && !customer && plan.events.length > 0) await store.lockAgent(actor.agentId);
      const now = deps.clock.now();
      const repeat = await findRepeat(store, plan.events, now, (thread) => {
        const sameChat = customer
          ? thread.chatId === customer.chatId
          : thread.userIds.includes(actorId(actor));
        return sameChat && thread.previousThreadId === null;
      });
      if (repeat)
        return { chatId: repeat.thread.chatId, threadId: repeat.thread.id, eventIds: repeat.eventIds };
      if (customer?.chatId) throw hasChat(actor, customer.chatId);

      const chat = newChat(deps, plan, input.continuous ?? false, now);
      const seats = await seatUsers(store, actor, plan, chat.properties, now);
      const begun = beginThread(chat, {
        id: deps.identifiers.chatId(),
        now,
        active: plan.active,
        access: plan.access,
        properties: plan.threadProperties,
        users: seats.users,
        visit: actor.kind === 'customer' ? { ip: actor.ip, userAgent: actor.userAgent } : null,
      });
      const open = openingEvents(begun, actor, plan, seats, now);
      await store.insertChat(open.chat);
      await store.insertThread(open.thread);
      await keepFiles(deps, store, open.added);
      await store.insertEvents(open.added);
      await afterOpening(store, open, seats, now);
      if (customer) await store.saveCustomer({ ...customer, chatId: open.chat.id });
      return { chatId: open.chat.id, threadId: open.thread.id, eventIds: writtenIds(open.added) };
    });
  };
}

function newChat(deps: ChatDeps, plan: ThreadPlan, continuous: boolean, now: number): Chat {
  return {
    id: deps.identifiers.chatId(),
    customId: null,
    createdAt: now,
    customerId: plan.customer?.id ?? null,
    continuous,
    access: plan.access,
    properties: withContinuous(plan.chatProperties, continuous),
    users: [],
    followers: [],
    lastThreadId: null,
    lastThreadCreatedAt: null,
    active: false,
    threadsCount: 0,
    lastEvents: {},
    agentLastEventAt: null,
    customerLastEventAt: null,
    listing: unlisted,
  };
}

/** Continuity shows as the property `routing.continuous` (docs: default-properties#continuous). */
export function withContinuous(properties: Properties, continuous: boolean): Properties {
  return withProperty(properties, 'routing', 'continuous', continuous ? true : undefined);
}

function unknownCustomer(actor: Actor, field: string): GatehouseError {
  if (actor.kind === 'agent') return customerUnknown(field);
  return new GatehouseError(
    'authentication',
    'The customer of this token no longer exists. Get a new token.',
  );
}

/** Docs: messaging#chatting-as-customer: one chat for a customer in an organization. */
function hasChat(actor: Actor, chatId: NonNullable<Customer['chatId']>): GatehouseError {
  const whose = actor.kind === 'customer' ? 'You already have a chat' : 'This customer already has a chat';
  return new GatehouseError(
    'limit_reached',
    `${whose}, and a customer can have one. Open a new thread in it with resume_chat.`,
    actor.kind === 'customer' ? { data: { chat_id: chatId } } : {},
  );
}
