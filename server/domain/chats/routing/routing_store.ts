import type { Micros } from '../../../kernel/clock.ts';
import type { AgentState, RoutingStatus } from './desks.ts';
import type { QueueEntry } from './queue_rules.ts';

/** Waiting chats that are looked at; a queue that is longer moves up into sight. */
export const QUEUE_IN_SIGHT = 1_000;

/**
 * Who works on what, and who waits. Who sits in a chat is not written by these verbs: `insertChat` and
 * `saveChat` keep it as the chat says, and take a chat that closes out of the queue and the timers.
 */
export interface RoutingStore {
  /**
   * Holds the routing of the organization until the unit of work ends: whoever gives chats to agents, or
   * changes whether they have room, begins with it, before any chat is locked.
   */
  lockRouting(): Promise<void>;
  /** Agents who were ever given a chat, or of whom something was set. */
  agentStates(): Promise<Map<string, AgentState>>;
  recordAssignment(agentId: string, at: Micros): Promise<void>;
  setRoutingStatus(agentId: string, status: RoutingStatus): Promise<void>;
  /** @param limit null: as everybody's */
  setChatLimit(agentId: string, limit: number | null): Promise<void>;

  /** How many open chats with customers each agent takes part in, visibly to the customer. */
  seatCounts(): Promise<Map<string, number>>;
  /** Open chats that an agent is in, visibly or not, with customers or not. */
  seatsOf(agentId: string): Promise<string[]>;

  /** In order, at most `QUEUE_IN_SIGHT`. */
  queue(): Promise<QueueEntry[]>;
  /** When the last one in the queue came; 0 when nobody waits. */
  lastQueuedAt(): Promise<Micros>;
  enqueue(entry: QueueEntry): Promise<void>;
  dequeue(chatId: string): Promise<void>;

  /** How long chats with customers take, in seconds. */
  chatSeconds(): Promise<number>;
  /** A chat with a customer ended: moves that average a little. */
  recordChatLength(seconds: number): Promise<void>;

  /** When this open chat must be looked at again. */
  setTimer(chatId: string, dueAt: Micros): Promise<void>;
  /** Puts off a look that is due. @returns false when somebody else has it, or the chat has no timer */
  claimTimer(chatId: string, seenDueAt: Micros, dueAt: Micros): Promise<boolean>;
  /** An agent went: their open chats are due. */
  callForAgentsChats(agentId: string, now: Micros): Promise<void>;
  /** An agent came: the chats that wait longest are due. */
  callForQueue(now: Micros): Promise<void>;
}

/** Of these none changes what a chat's summary is made of. */
export const routingVerbs = [
  'lockRouting',
  'agentStates',
  'recordAssignment',
  'setRoutingStatus',
  'setChatLimit',
  'seatCounts',
  'seatsOf',
  'queue',
  'lastQueuedAt',
  'enqueue',
  'dequeue',
  'chatSeconds',
  'recordChatLength',
  'setTimer',
  'claimTimer',
  'callForAgentsChats',
  'callForQueue',
] as const satisfies (keyof RoutingStore)[];

export interface DueChat {
  licenseId: number;
  chatId: string;
  dueAt: Micros;
}

/** The timers of all organizations, for the background. */
export interface ChatTimerStore {
  /** Chats whose time has come, the longest due first. */
  due(now: Micros, limit: number): Promise<DueChat[]>;
}

/** Until chats have ended here, each is taken to last this long. */
export const FIRST_CHAT_SECONDS = 300;
