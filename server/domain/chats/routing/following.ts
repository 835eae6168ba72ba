import { chatNotFound, needChat } from '../access_rules.ts';
import type { AgentActor } from '../actors.ts';
import { findUser } from '../chat.ts';
import { type ChatDeps, writeChats } from '../deps.ts';

/** Lets an agent hear of a chat that they are not in. Who is in it hears of it anyway. */
export function followChat(deps: ChatDeps) {
  return (actor: AgentActor, chatId: string): Promise<void> =>
    writeChats(deps, actor, async (store) => {
      const before = await store.lockChat(chatId);
      if (!before) throw chatNotFound();
      needChat(actor, before, before.lastThreadId ? await store.thread(before.lastThreadId) : undefined);
      const { agentId } = actor;
      if (before.followers.includes(agentId) || findUser(before, agentId)?.present) return;
      await store.saveChat({ ...before, followers: [...before.followers, agentId] }, before);
    });
}

/** Changes nothing for one who does not follow it, as those in the chat do not. */
export function unfollowChat(deps: ChatDeps) {
  return (actor: AgentActor, chatId: string): Promise<void> =>
    writeChats(deps, actor, async (store) => {
      const before = await store.lockChat(chatId);
      if (!before) throw chatNotFound();
      const { agentId } = actor;
      if (!before.followers.includes(agentId)) {
        needChat(actor, before, before.lastThreadId ? await store.thread(before.lastThreadId) : undefined);
        return;
      }
      await store.saveChat({ ...before, followers: before.followers.filter((id) => id !== agentId) }, before);
    });
}
