import type { Micros } from '../../../kernel/clock.ts';
import { GatehouseError } from '../../../kernel/errors.ts';
import type { AgentActor } from '../actors.ts';
import { findUser, type Visibility } from '../chat.ts';
import type { ChatStore } from '../chat_store.ts';
import { customerName } from '../customer.ts';
import { type ChatDeps, writeChats } from '../deps.ts';
import { type AgentProfile, type AgentsById, agentsById } from '../people.ts';
import { saveOpen } from '../save_open.ts';
import {
  agentAdded,
  agentJoined,
  agentLeft,
  agentRemoved,
  assigned,
  customerAdded,
} from '../system_messages.ts';
import { addAgent, addUser, type OpenChat, say, servingAgents } from '../thread_rules.ts';
import { isOfGroups } from './desks.ts';
import { handOver } from './hand_over.ts';
import { holdOpenChat } from './held_chat.ts';
import { queueUp, readDesks, seat, serveWaiting } from './seating.ts';

/** As many as a chat can be started with (docs: agent-chat-api#start-chat). */
const MOST_AGENTS = 5;

export interface AddUserInput {
  chat_id: string;
  user_id: string;
  user_type: 'agent' | 'customer';
  visibility: Visibility;
  ignore_requester_presence?: boolean | undefined;
}

export interface RemoveUserInput {
  chat_id: string;
  user_id: string;
  ignore_requester_presence?: boolean | undefined;
}

/** Puts an agent, or a customer, into an active chat. Who is in it already stays; nothing is said again. */
export function addUserToChat(deps: ChatDeps) {
  return async (actor: AgentActor, input: AddUserInput): Promise<void> => {
    const agents = await agentsById(deps.people, actor.licenseId);
    const everybody = [...agents.values()];
    await writeChats(deps, actor, async (store) => {
      const now = deps.clock.now();
      const asked = { chatId: input.chat_id, ignorePresence: input.ignore_requester_presence };
      const { before, open } = await holdOpenChat(store, actor, everybody, asked, now);
      const known = findUser(before, input.user_id);
      if (known?.present && known.type === input.user_type && known.visibility === input.visibility) return;
      const added =
        input.user_type === 'customer'
          ? await withCustomer(store, open, agents, actor, input, now)
          : await withAgent(store, open, agents, actor, input, now);
      if (servingAgents(added.chat).length > 0) await store.dequeue(before.id);
      await saveOpen(store, added, before);
      // Who only looks on from now on has room for another chat.
      await serveWaiting(store, everybody, now);
    });
  };
}

async function withAgent(
  store: ChatStore,
  open: OpenChat,
  agents: AgentsById,
  actor: AgentActor,
  { user_id: id, visibility }: AddUserInput,
  now: Micros,
): Promise<OpenChat> {
  const agent = agents.get(id);
  if (!agent) throw invalid('user_id', 'This organization has no agent with this id.');
  if (agent.suspended) throw invalid('user_id', 'This agent is suspended.');
  const self = id === actor.agentId;
  if (!isOfGroups(agent, open.chat.access) && !(self && actor.reach === 'all'))
    throw invalid('user_id', 'This agent is in none of the groups of the chat.');
  // For agents only: the customer is not told of who looks on.
  if (visibility === 'agents') return said(addAgent(open, id, 'agents'), agents, actor, agent, now, 'agents');
  const serving = servingAgents(open.chat);
  if (serving.length >= MOST_AGENTS)
    throw new GatehouseError(
      'limit_reached',
      `${MOST_AGENTS} agents are in this chat, and that is the most.`,
    );
  // What somebody takes on is their own affair; what others give them is bound by the limit.
  if (!self && open.chat.customerId !== null) await needRoom(store, agent, now);
  await store.recordAssignment(id, now);
  const inside = seat(open, id, now);
  return serving.length === 0
    ? say(inside, assigned(agent.name), now)
    : said(inside, agents, actor, agent, now, 'all');
}

function said(
  open: OpenChat,
  agents: AgentsById,
  actor: AgentActor,
  agent: AgentProfile,
  now: Micros,
  visibility: Visibility,
): OpenChat {
  const words =
    agent.id === actor.agentId ? agentJoined(agent.name) : agentAdded(nameOf(agents, actor), agent.name);
  return say(open, words, now, visibility);
}

async function needRoom(store: ChatStore, agent: AgentProfile, now: Micros): Promise<void> {
  const [desk] = await readDesks(store, [agent], now);
  if (desk && desk.chats >= desk.chatLimit)
    throw new GatehouseError(
      'limit_reached',
      `${agent.name} has ${desk.chats} chats, and may have ${desk.chatLimit} at once.`,
    );
}

async function withCustomer(
  store: ChatStore,
  open: OpenChat,
  agents: AgentsById,
  actor: AgentActor,
  { user_id: id, visibility }: AddUserInput,
  now: Micros,
): Promise<OpenChat> {
  if (visibility !== 'all') throw invalid('visibility', 'A customer is visible to all.');
  if (open.chat.customerId !== null && open.chat.customerId !== id)
    throw invalid('user_id', 'This chat has another customer, and a chat has one at most.');
  const customer = await store.lockCustomer(id);
  if (!customer) throw invalid('user_id', 'This organization has no customer with this id.');
  if (customer.chatId !== null && customer.chatId !== open.chat.id)
    throw new GatehouseError(
      'limit_reached',
      'This customer already has a chat, and a customer can have one.',
    );
  await store.saveCustomer({ ...customer, chatId: open.chat.id });
  const inside = addUser({ ...open, chat: { ...open.chat, customerId: id } }, { id, type: 'customer' });
  return say(inside, customerAdded(nameOf(agents, actor), customerName(customer)), now);
}

/**
 * Takes an agent out of an active chat. A chat that nobody serves any more goes to somebody else, or waits.
 * @throws GatehouseError `not_found` for an agent who is not in it
 */
export function removeUserFromChat(deps: ChatDeps) {
  return async (actor: AgentActor, input: RemoveUserInput): Promise<void> => {
    const agents = await agentsById(deps.people, actor.licenseId);
    const everybody = [...agents.values()];
    await writeChats(deps, actor, async (store) => {
      const { user_id: id } = input;
      const now = deps.clock.now();
      const asked = { chatId: input.chat_id, ignorePresence: input.ignore_requester_presence };
      const { before, open } = await holdOpenChat(store, actor, everybody, asked, now);
      const user = findUser(before, id);
      if (user?.type === 'customer')
        throw invalid('user_id', 'A customer cannot be taken out of their chat.');
      if (!user?.present) throw new GatehouseError('not_found', 'No agent with this id is in this chat.');
      const name = agents.get(id)?.name ?? id;
      const words = id === actor.agentId ? agentLeft(name) : agentRemoved(nameOf(agents, actor), name);
      const told = say(open, words, now, user.visibility);
      const handed = await handOver(store, told, everybody, [id], { agent: name, why: 'other' }, now);
      await saveOpen(store, handed.open, before);
      await queueUp(store, handed.open, handed.request, now);
      await serveWaiting(store, everybody, now);
    });
  };
}

function nameOf(agents: AgentsById, actor: AgentActor): string {
  return agents.get(actor.agentId)?.name ?? actor.agentId;
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
