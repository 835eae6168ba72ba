import type { Micros } from '../../../kernel/clock.ts';
import { EVERYBODY } from '../chat.ts';
import { chooseDesk, type Desk, type SeatRequest } from './desks.ts';

/** A chat that waits for an agent. */
export interface QueueEntry {
  chatId: string;
  /** Since when; the queue's order, alike for no two of an organization. */
  queuedAt: Micros;
  groups: readonly number[];
  /** Only these may take it: it was transferred to them while they had no time. */
  agentIds: readonly string[] | null;
  /** Who had it, and is not given it back. */
  without: readonly string[];
  bots: boolean;
}

export interface Assignment {
  entry: QueueEntry;
  agentId: string;
}

/** How a waiting chat stands, for those who look at it. */
export interface QueuePlace {
  /** From 1. */
  position: number;
  /** Seconds, estimated. */
  waitTime: number;
  queuedAt: Micros;
}

/**
 * Who gets which of the waiting chats: strictly in the queue's order, but a chat that nobody can take does not
 * hold up those behind it that somebody can.
 */
export function serveQueue(queue: readonly QueueEntry[], desks: readonly Desk[], now: Micros): Assignment[] {
  const present = desks.map((desk) => ({ ...desk }));
  const assignments: Assignment[] = [];
  for (const [turn, entry] of queue.entries()) {
    const desk = chooseDesk(present, requestOf(entry));
    if (!desk) continue;
    desk.chats += 1;
    desk.assignedAt = now + turn;
    assignments.push({ entry, agentId: desk.agent.id });
  }
  return assignments;
}

export function requestOf({ groups, agentIds, without, bots }: QueueEntry): SeatRequest {
  return { groups, agentIds, without: new Set(without), bots };
}

/**
 * Where a chat stands among those that wait for the same agents, and about how long it will be: as many
 * chats as are before it, and its own turn, each as long as chats are here, shared among the agents' places.
 * @param chatSeconds how long a chat with a customer takes
 */
export function placeInQueue(
  entry: QueueEntry,
  queue: readonly QueueEntry[],
  desks: readonly Desk[],
  chatSeconds: number,
): QueuePlace {
  const before = queue.filter((other) => other.queuedAt < entry.queuedAt && competes(other, entry));
  const position = before.length + 1;
  const request = requestOf(entry);
  const places = desks
    .filter((desk) => chooseDesk([{ ...desk, chats: 0 }], request) !== undefined)
    .reduce((sum, desk) => sum + desk.chatLimit, 0);
  return {
    position,
    waitTime: Math.ceil((position * chatSeconds) / Math.max(1, places)),
    queuedAt: entry.queuedAt,
  };
}

function competes(a: QueueEntry, b: QueueEntry): boolean {
  if (a.agentIds && b.agentIds) return a.agentIds.some((id) => b.agentIds?.includes(id));
  return a.groups.some((id) => id === EVERYBODY || b.groups.includes(EVERYBODY) || b.groups.includes(id));
}
