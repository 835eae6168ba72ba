import type { Micros } from '../../../kernel/clock.ts';
import { EVERYBODY } from '../chat.ts';
import type { AgentProfile, GroupPriority } from '../people.ts';
import { isAtWork } from './working_hours.ts';

/** Does an agent take the chats that routing gives them (docs: agent-chat-api#set-routing-status)? */
export const routingStatuses = ['accepting_chats', 'not_accepting_chats', 'offline'] as const;
export type RoutingStatus = (typeof routingStatuses)[number];

/** Chats with customers that an agent has at once, unless theirs says otherwise (docs: configuration-api#create-agent). */
export const CHAT_LIMIT = 6;

/** What is stored of an agent's work. */
export interface AgentState {
  /** When routing last gave them a chat; 0 for never. */
  assignedAt: Micros;
  /** Null for one who never set it. */
  status: RoutingStatus | null;
  /** Null: `CHAT_LIMIT`. */
  chatLimit: number | null;
}

/** An agent at work: who, whether they take chats, and how many they have. */
export interface Desk {
  agent: AgentProfile;
  status: RoutingStatus;
  chatLimit: number;
  /** Open chats with customers, without those that the agent only looks into. */
  chats: number;
  assignedAt: Micros;
}

/** What a chat asks of the agent it goes to. */
export interface SeatRequest {
  groups: readonly number[];
  /** One of these, if they are not offline; null: any agent of the groups who accepts chats. */
  agentIds: readonly string[] | null;
  /** Agents who had it, or have it. */
  without?: ReadonlySet<string>;
  /** False: only people (docs: default-properties#ignore_bots). */
  bots: boolean;
}

/**
 * A person who never set a status accepts chats: nobody has to be told before the first chat arrives. A bot
 * that never did is offline, since most bots are there to write, not to talk with customers. Nobody accepts chats
 * out of their working hours.
 */
export function statusOf(agent: AgentProfile, state: AgentState | undefined, now: Micros): RoutingStatus {
  const status = state?.status ?? (agent.isBot ? 'offline' : 'accepting_chats');
  const isOut = agent.workScheduler !== undefined && !isAtWork(agent.workScheduler, now);
  return status === 'accepting_chats' && isOut ? 'not_accepting_chats' : status;
}

/** @param chats open chats with customers of each agent; absent for none */
export function desksOf(
  agents: readonly AgentProfile[],
  states: ReadonlyMap<string, AgentState>,
  chats: ReadonlyMap<string, number>,
  now: Micros,
): Desk[] {
  return agents
    .filter((agent) => !agent.suspended)
    .map((agent) => {
      const state = states.get(agent.id);
      return {
        agent,
        status: statusOf(agent, state, now),
        chatLimit: state?.chatLimit ?? CHAT_LIMIT,
        chats: chats.get(agent.id) ?? 0,
        assignedAt: state?.assignedAt ?? 0,
      };
    });
}

/** Is the agent one whom the chat may go to, however much they have to do? */
export function isReachable(desk: Desk, request: SeatRequest): boolean {
  const { agent, status } = desk;
  if (request.without?.has(agent.id)) return false;
  if (request.agentIds) return status !== 'offline' && request.agentIds.includes(agent.id);
  if (agent.isBot && !request.bots) return false;
  return status === 'accepting_chats' && priorityFor(agent, request.groups) !== undefined;
}

export function hasRoom(desk: Desk): boolean {
  return desk.chats < desk.chatLimit;
}

/**
 * Picks the agent for a chat: one who is reachable and has room; of those the first priority in the chat's
 * groups; then the one whose last assignment lies longest back; then the first by id, so that the choice is
 * repeatable.
 * @returns undefined when nobody can take it: the chat then waits
 */
export function chooseDesk(desks: readonly Desk[], request: SeatRequest): Desk | undefined {
  let best: { desk: Desk; rank: number } | undefined;
  for (const desk of desks) {
    if (!isReachable(desk, request) || !hasRoom(desk)) continue;
    const rank = ranks[priorityFor(desk.agent, request.groups) ?? 'normal'];
    if (!best || rank < best.rank || (rank === best.rank && isBefore(desk, best.desk))) best = { desk, rank };
  }
  return best?.desk;
}

function isBefore(a: Desk, b: Desk): boolean {
  return a.assignedAt === b.assignedAt ? a.agent.id < b.agent.id : a.assignedAt < b.assignedAt;
}

const ranks: Record<GroupPriority, number> = { first: 0, normal: 1, last: 2, supervisor: 3 };

/**
 * The best priority an agent has in any of the groups. Group 0 is everybody's, member or not.
 * @returns undefined for one who is in none, or only supervises there: supervisors are given no chats
 *   (docs: configuration-api#group-priorities)
 */
function priorityFor(agent: AgentProfile, groups: readonly number[]): GroupPriority | undefined {
  let best: GroupPriority | undefined;
  for (const id of groups) {
    if (id !== EVERYBODY && !agent.groupIds.includes(id)) continue;
    const priority = agent.priorities?.[id] ?? agent.defaultPriority ?? 'normal';
    if (priority !== 'supervisor' && (!best || ranks[priority] < ranks[best])) best = priority;
  }
  return best;
}

/** Is one of the chat's groups the agent's? */
export function isOfGroups(agent: AgentProfile, groups: readonly number[]): boolean {
  return groups.some((id) => id === EVERYBODY || agent.groupIds.includes(id));
}
