import type { Micros } from '../../kernel/clock.ts';
import { chatNotFound, needChat, needThread } from './access_rules.ts';
import type { Actor } from './actors.ts';
import type { Chat, Thread } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import type { Signal } from './signals.ts';

/** A chat that the actor sees, held until the unit of work ends. */
export interface HeldChat {
  store: ChatStore;
  /** As it was locked. */
  chat: Chat;
  lastThread: Thread | undefined;
  now: Micros;
  /** Is published once the unit of work is committed, and never when it is not. */
  signal(signal: Signal): void;
}

export interface HeldThread extends HeldChat {
  /** The thread that was named, which the actor sees. */
  thread: Thread;
}

/**
 * A change of one chat.
 * @throws GatehouseError `not_found`, `missing_access`
 */
export async function holdChat<T>(
  deps: ChatDeps,
  actor: Actor,
  chatId: string,
  work: (held: HeldChat) => Promise<T>,
): Promise<T> {
  return hold(deps, actor, chatId, async (held) => {
    needChat(actor, held.chat, held.lastThread);
    return work(held);
  });
}

/**
 * A change of one thread of a chat; the thread's own groups decide who may.
 * @throws GatehouseError `not_found`, `missing_access`
 */
export async function holdThread<T>(
  deps: ChatDeps,
  actor: Actor,
  { chat_id: chatId, thread_id: threadId }: { chat_id: string; thread_id: string },
  work: (held: HeldThread) => Promise<T>,
): Promise<T> {
  return hold(deps, actor, chatId, async (held) => {
    const { chat, lastThread } = held;
    const named = lastThread?.id === threadId ? lastThread : await held.store.thread(threadId);
    return work({ ...held, thread: needThread(actor, chat, lastThread, named) });
  });
}

async function hold<T>(
  deps: ChatDeps,
  actor: Actor,
  chatId: string,
  work: (held: HeldChat) => Promise<T>,
): Promise<T> {
  let signals: Signal[] = [];
  const result = await writeChats(deps, actor, async (store) => {
    // The unit may run more than once; only what its last run said is true.
    signals = [];
    const chat = await store.lockChat(chatId);
    if (!chat) throw chatNotFound();
    const lastThread = chat.lastThreadId ? await store.thread(chat.lastThreadId) : undefined;
    const signal = (one: Signal): void => void signals.push(one);
    return work({ store, chat, lastThread, now: deps.clock.now(), signal });
  });
  deps.signals.publish(actor.licenseId, signals);
  return result;
}
