import type { Micros } from '../../kernel/clock.ts';
import type { Chat, Thread } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import type { SystemMessage } from './system_messages.ts';
import { closeThread, markSeen, say } from './thread_rules.ts';

/**
 * Closes the open thread of a chat that the unit of work holds, with a word of why.
 * @param seenBy whoever closes it has seen all of it
 */
export async function writeClosing(
  store: ChatStore,
  { chat, thread }: { chat: Chat; thread: Thread },
  words: SystemMessage,
  now: Micros,
  seenBy?: string,
): Promise<void> {
  const said = say({ chat, thread, added: [] }, words, now);
  const open = closeThread(seenBy === undefined ? said : markSeen(said, seenBy), now);
  await store.insertEvents(open.added);
  await store.saveThread(open.thread);
  await store.saveChat(open.chat, chat);
}
