import type { PropertyReader } from '../properties/property_reader.ts';
import { chatNotFound, needChat, needThread } from './access_rules.ts';
import type { Actor } from './actors.ts';
import type { ChatEvent, Thread } from './chat.ts';
import type { ChatWithContext } from './chat_store.ts';
import type { ChatDeps } from './deps.ts';
import { type AgentsById, agentsById } from './people.ts';
import type { QueuePlace } from './routing/queue_rules.ts';
import { readPlaces } from './routing/read_places.ts';
import { readerFor } from './shown_properties.ts';

export interface ThreadWithEvents {
  thread: Thread;
  events: ChatEvent[];
  /** Where it stands among those that wait; undefined when it does not wait. */
  queue: QueuePlace | undefined;
}

export interface ChatView extends ChatWithContext {
  /** The thread that was asked for, else the last one; undefined when the chat has none. */
  shown: ThreadWithEvents | undefined;
  agents: AgentsById;
  /** What the caller may see of properties. */
  reader: PropertyReader;
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
    const places = await readPlaces(deps, actor.licenseId, [asked]);
    const shown = asked && {
      thread: asked,
      events: events?.get(asked.id) ?? [],
      queue: places.get(asked.id),
    };
    return {
      ...found,
      shown,
      reader: await readerFor(deps, actor, [found], shown ? [shown] : []),
      agents: await agentsById(deps.people, actor.licenseId),
    };
  };
}
