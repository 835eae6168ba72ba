import { chatNotFound, needChat, needThread } from './access_rules.ts';
import type { Actor } from './actors.ts';
import type { ChatEvent, Thread } from './chat.ts';
import type { ChatWithContext } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import { type AgentsById, agentsById } from './people.ts';

export interface ThreadWithEvents {
  thread: Thread;
  events: ChatEvent[];
}

export interface ChatView extends ChatWithContext {
  /** The thread that was asked for, else the last one; undefined when the chat has none. */
  shown: ThreadWithEvents | undefined;
  agents: AgentsById;
}

/** One chat with one of its threads; the thread's groups decide who may read it (docs: agent-chat-api#get-chat). */
export function getChat(deps: ChatDeps) {
  return async (
    actor: Actor,
    input: { chat_id: string; thread_id?: string | undefined },
  ): Promise<ChatView> => {
    const store = deps.storage.read.chats(actor.licenseId);
    const found = await store.chat(input.chat_id);
    if (!found) throw chatNotFound();
    const { chat, lastThread } = found;
    const asked = input.thread_id === undefined ? lastThread : await store.thread(input.thread_id);
    if (!asked && input.thread_id === undefined) needChat(actor, chat, lastThread);
    else needThread(actor, chat, lastThread, asked);
    const events = asked ? await store.events([asked.id]) : undefined;
    return {
      ...found,
      shown: asked && { thread: asked, events: events?.get(asked.id) ?? [] },
      agents: await agentsById(deps.people, actor.licenseId),
    };
  };
}
