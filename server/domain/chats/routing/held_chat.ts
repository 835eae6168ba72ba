import type { Micros } from '../../../kernel/clock.ts';
import { GatehouseError } from '../../../kernel/errors.ts';
import { chatNotFound, needChat, needPresentUser } from '../access_rules.ts';
import type { AgentActor } from '../actors.ts';
import type { Chat } from '../chat.ts';
import type { ChatStore } from '../chat_store.ts';
import type { AgentProfile } from '../people.ts';
import type { OpenChat } from '../thread_rules.ts';
import { serveWaiting } from './seating.ts';

/**
 * An active chat that an agent is about to change who is in: held, with the routing of its organization.
 * @throws GatehouseError `not_found`, `missing_access`, `chat_inactive`, `authorization` for one who is not in it
 */
export async function holdOpenChat(
  store: ChatStore,
  actor: AgentActor,
  agents: readonly AgentProfile[],
  input: { chatId: string; ignorePresence: boolean | undefined },
  now: Micros,
): Promise<{ before: Chat; open: OpenChat }> {
  await store.lockRouting();
  // Whoever waits has the first right to a free agent; later it could be this very chat that is served.
  await serveWaiting(store, agents, now);
  const before = await store.lockChat(input.chatId);
  if (!before) throw chatNotFound();
  const thread = before.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
  needChat(actor, before, thread);
  if (!thread?.active)
    throw new GatehouseError('chat_inactive', 'This chat has no open thread. Open one with resume_chat.');
  if (!input.ignorePresence)
    needPresentUser(before, actor.agentId, 'Send ignore_requester_presence to act from outside.');
  return { before, open: { chat: before, thread, added: [] } };
}
