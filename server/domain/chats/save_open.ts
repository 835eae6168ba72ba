import type { Chat } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import type { OpenChat } from './thread_rules.ts';

/** Stores what was made of a chat that was locked, with its new events. */
export async function saveOpen(store: ChatStore, open: OpenChat, before: Chat): Promise<void> {
  await store.insertEvents(open.added);
  await store.saveThread(open.thread);
  await store.saveChat(open.chat, before);
}
