import { MICROS_PER_SECOND, type Micros } from '../../kernel/clock.ts';
import type { Chat, Thread } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import type { AgentProfile } from './people.ts';
import { serveWaiting } from './routing/seating.ts';
import { saveOpen } from './save_open.ts';
import type { SystemMessage } from './system_messages.ts';
import { closeThread, markSeen, say, servingAgents } from './thread_rules.ts';

/**
 * Closes the open thread of a chat that the unit of work holds, with a word of why.
 * @param options.seenBy whoever closes it has seen all of it
 * @param options.routing of a unit of work that began with `lockRouting`: the place that comes free goes to whoever
 *   waits. Without it they are called, and served a moment later.
 */
export async function writeClosing(
  store: ChatStore,
  { chat, thread }: { chat: Chat; thread: Thread },
  words: SystemMessage,
  now: Micros,
  options: { seenBy?: string | undefined; routing?: { agents: readonly AgentProfile[] } } = {},
): Promise<void> {
  const said = say({ chat, thread, added: [] }, words, now);
  const { seenBy, routing } = options;
  await saveOpen(store, closeThread(seenBy === undefined ? said : markSeen(said, seenBy), now), chat);
  if (!routing) return store.callForQueue(now);
  if (chat.customerId !== null && servingAgents(chat).length > 0)
    await store.recordChatLength(Math.max(0, now - thread.createdAt) / MICROS_PER_SECOND);
  await serveWaiting(store, routing.agents, now);
}
