import { GatehouseError } from '../../kernel/errors.ts';
import type { EventRequest } from '../../wire/event.ts';
import { chatNotFound, needChat, needPresentUser, needVisibility } from './access_rules.ts';
import { type Actor, actorId, propertyCaller } from './actors.ts';
import { type Chat, type ChatUser, eventId, findUser, type Thread } from './chat.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import { type EventDraft, isRepeat, readEvent } from './event_rules.ts';
import { describeFile, keepFiles } from './file_events.ts';
import { appendEvent } from './thread_rules.ts';

export interface SendEventInput {
  chat_id: string;
  event: EventRequest;
  /** Customers only: write into the closed last thread instead of being refused. */
  attach_to_last_thread?: boolean | undefined;
}

/**
 * Appends an event to a chat's last thread. The chat is held meanwhile, so that numbers and times of events
 * are in order however many arrive at once. Sent again with the same custom id and the same content, it
 * is not stored again and gets the same answer.
 */
export function sendEvent(deps: ChatDeps) {
  return async (actor: Actor, input: SendEventInput): Promise<{ eventId: string }> => {
    if (actor.kind === 'customer' && input.event.visibility === 'agents')
      throw new GatehouseError('validation', `event.visibility: ${AGENTS_ONLY}`, {
        fields: [{ field: 'event.visibility', message: AGENTS_ONLY }],
      });
    const draft = await describeFile(deps, actor.licenseId, readEvent(input.event, 'event'), 'event');
    await needEventProperties(deps, actor, draft);
    return writeChats(deps, actor, async (store) => {
      const before = await store.lockChat(input.chat_id);
      if (!before) throw chatNotFound();
      const thread = before.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
      needChat(actor, before, thread);
      if (thread && draft.customId !== null) {
        const sent = await store.eventsByCustomId(actorId(actor), draft.customId, thread.id);
        const repeated = sent.find((event) => isRepeat(draft, event));
        if (repeated) return { eventId: eventId(repeated) };
      }
      const author = needAuthor(actor, before, thread, input.attach_to_last_thread ?? false);
      needVisibility(author, draft.visibility);
      const open = appendEvent(
        { chat: before, thread: needThread(thread), added: [] },
        draft,
        author,
        deps.clock.now(),
      );
      await keepFiles(deps, store, open.added);
      await store.insertEvents(open.added);
      await store.saveThread(open.thread);
      await store.saveChat(open.chat, before);
      return { eventId: `${open.thread.id}_${open.thread.eventsCount}` };
    });
  };
}

/** @throws GatehouseError `validation`, `authorization` */
export function needEventProperties(deps: ChatDeps, actor: Actor, { properties }: EventDraft): Promise<void> {
  const named = { values: properties };
  return deps.properties.needWritable(propertyCaller(actor), 'event', named, 'event.properties');
}

const AGENTS_ONLY = 'A customer writes to everybody: leave it out, or say "all".';

function needAuthor(actor: Actor, chat: Chat, thread: Thread | undefined, attach: boolean): ChatUser {
  if (!thread?.active && !(actor.kind === 'customer' && attach && thread)) throw inactive(actor);
  if (actor.kind === 'agent')
    return needPresentUser(
      chat,
      actor.agentId,
      'Join it before you write: agents write in chats they are in.',
    );
  const user = findUser(chat, actor.customerId);
  if (!user) throw chatNotFound();
  return user;
}

function needThread(thread: Thread | undefined): Thread {
  if (!thread) throw chatNotFound();
  return thread;
}

export function inactive(actor: Actor): GatehouseError {
  const hint =
    actor.kind === 'customer'
      ? ' Open a new thread with resume_chat, or send with attach_to_last_thread.'
      : ' Open a new thread with resume_chat.';
  return new GatehouseError('chat_inactive', `This chat has no open thread.${hint}`);
}
