import type { Micros } from '../../../kernel/clock.ts';
import type { Chat, Thread } from '../chat.ts';
import type { ChatStore } from '../chat_store.ts';
import type { AgentProfile } from '../people.ts';
import { saveOpen } from '../save_open.ts';
import { assigned } from '../system_messages.ts';
import { addAgent, type OpenChat, say, stopWaiting } from '../thread_rules.ts';
import { chooseDesk, type Desk, desksOf, type SeatRequest } from './desks.ts';
import { type Assignment, type QueueEntry, serveQueue } from './queue_rules.ts';
import { nextMinute } from './timers.ts';

/** Does the router give this chat to agents by itself (docs: default-properties#ignore_agents_routing)? */
export function isRouted(chat: Pick<Chat, 'properties'>): boolean {
  return chat.properties.routing?.ignore_agents_routing !== true;
}

/** What a chat of these groups asks of its agent. */
export function requestFor({ access, properties }: Pick<Thread, 'access' | 'properties'>): SeatRequest {
  return { groups: access, agentIds: null, bots: properties.routing?.ignore_bots !== true };
}

/** Everybody's desk, as it stands in this unit of work; `lockRouting` comes first. */
export async function readDesks(
  store: ChatStore,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<Desk[]> {
  return desksOf(agents, await store.agentStates(), await store.seatCounts(), now);
}

/**
 * The agent for a chat that comes now: whoever waits already is served before it.
 * @returns undefined when it has to wait
 */
export async function findSeat(
  store: ChatStore,
  agents: readonly AgentProfile[],
  request: SeatRequest,
  now: Micros,
): Promise<Desk | undefined> {
  await serveWaiting(store, agents, now);
  return chooseDesk(await readDesks(store, agents, now), request);
}

/**
 * Gives the chats that wait to the agents who have room, in the queue's order. Whatever gives an agent room
 * ends with it, in the same unit of work.
 */
export async function serveWaiting(
  store: ChatStore,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<void> {
  for (;;) {
    const queue = await store.queue();
    if (queue.length === 0) return;
    const turns = serveQueue(queue, await readDesks(store, agents, now), now);
    let gone = 0;
    for (const turn of turns) if (!(await seatFromQueue(store, turn, agents, now))) gone += 1;
    // A chat that waits no longer has kept a place that is for somebody else.
    if (gone === 0) return;
  }
}

async function seatFromQueue(
  store: ChatStore,
  { entry, agentId }: Assignment,
  agents: readonly AgentProfile[],
  now: Micros,
): Promise<boolean> {
  const before = await store.lockChat(entry.chatId);
  const thread = before?.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
  await store.dequeue(entry.chatId);
  if (!before || !thread?.active || thread.queuedAt === null) return false;
  const name = agents.find(({ id }) => id === agentId)?.name ?? agentId;
  const open = seat({ chat: before, thread, added: [] }, agentId, now);
  await store.recordAssignment(agentId, now);
  await saveOpen(store, say(open, assigned(name), now), before);
  return true;
}

/** Puts an agent into a chat that waits for one. */
export function seat(open: OpenChat, agentId: string, now: Micros): OpenChat {
  return stopWaiting(addAgent(open, agentId), now);
}

/** When a chat that waits from now on came into the queue: after everybody who is in it. */
export async function nextPlace(store: ChatStore, now: Micros): Promise<Micros> {
  return Math.max(now, (await store.lastQueuedAt()) + 1);
}

/** The row of a chat that was told to wait, and a look at it soon. Its chat is stored already. */
export async function queueUp(
  store: ChatStore,
  { chat, thread }: Pick<OpenChat, 'chat' | 'thread'>,
  request: SeatRequest,
  now: Micros,
): Promise<void> {
  if (thread.queuedAt !== null) await store.enqueue(entryOf(chat, thread.queuedAt, request));
  await store.setTimer(chat.id, nextMinute(now));
}

function entryOf(chat: Chat, queuedAt: Micros, { groups, agentIds, without, bots }: SeatRequest): QueueEntry {
  return { chatId: chat.id, queuedAt, groups, agentIds, without: [...(without ?? [])], bots };
}
