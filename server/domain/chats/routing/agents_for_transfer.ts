import { chatNotFound, needChat } from '../access_rules.ts';
import type { AgentActor } from '../actors.ts';
import type { ChatDeps } from '../deps.ts';
import { servingAgents } from '../thread_rules.ts';
import { isOfGroups } from './desks.ts';
import { readDesks } from './seating.ts';

export interface AgentForTransfer {
  agentId: string;
  /** Open chats with customers. */
  chats: number;
}

/** Who can be given a chat: those who see it, are not offline and do not have it; who has least to do comes first. */
export function agentsForTransfer(deps: ChatDeps) {
  return async (actor: AgentActor, chatId: string): Promise<AgentForTransfer[]> => {
    const store = deps.storage.read.chats(actor.licenseId);
    const found = await store.chat(chatId);
    if (!found) throw chatNotFound();
    needChat(actor, found.chat, found.lastThread);
    const serving = new Set(servingAgents(found.chat));
    const desks = await readDesks(store, await deps.people.agents(actor.licenseId), deps.clock.now());
    return desks
      .filter(({ agent, status }) => status !== 'offline' && !serving.has(agent.id))
      .filter(({ agent }) => isOfGroups(agent, found.chat.access))
      .map(({ agent, chats }) => ({ agentId: agent.id, chats }))
      .sort((a, b) => a.chats - b.chats || (a.agentId < b.agentId ? -1 : 1));
  };
}
