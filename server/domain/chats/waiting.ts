import type { Micros } from '../../kernel/clock.ts';
import { withProperty } from '../properties/property_rules.ts';
import type { Chat, Thread } from './chat.ts';

/** A chat beside its open thread. */
interface Pair {
  chat: Chat;
  thread: Thread;
}

/**
 * Marks a thread that waits for an agent: since when, and the property `routing.unassigned` of thread and chat
 * (docs: default-properties#unassigned), by which lists find it.
 */
export function beginWait<P extends Pair>(pair: P, queuedAt: Micros | null): P {
  return {
    ...pair,
    chat: { ...pair.chat, properties: withProperty(pair.chat.properties, 'routing', 'unassigned', true) },
    thread: {
      ...pair.thread,
      queuedAt,
      properties: withProperty(pair.thread.properties, 'routing', 'unassigned', true),
    },
  };
}

/** An agent came: adds up how long the thread has waited. */
export function endWait<P extends Pair>(pair: P, now: Micros): P {
  const { chat, thread } = leaveQueue(pair, now);
  return {
    ...pair,
    chat: { ...chat, properties: withProperty(chat.properties, 'routing', 'unassigned', undefined) },
    thread: { ...thread, properties: withProperty(thread.properties, 'routing', 'unassigned', undefined) },
  };
}

/** The thread closed: the chat waits for nobody any more, but the thread still tells that nobody came. */
export function giveUpWait<P extends Pair>(pair: P, now: Micros): P {
  const { chat, thread } = leaveQueue(pair, now);
  return {
    ...pair,
    chat: { ...chat, properties: withProperty(chat.properties, 'routing', 'unassigned', undefined) },
    thread,
  };
}

function leaveQueue<P extends Pair>(pair: P, now: Micros): P {
  const { queuedAt, queuesDuration } = pair.thread;
  if (queuedAt === null) return pair;
  const waited = Math.max(0, now - queuedAt);
  return { ...pair, thread: { ...pair.thread, queuedAt: null, queuesDuration: queuesDuration + waited } };
}
