import type { Micros } from '../../../kernel/clock.ts';
import { EVERYBODY, listStates } from '../chat.ts';
import type { ChatStore } from '../chat_store.ts';
import { listKey } from '../listing.ts';
import type { Position } from '../page_cursor.ts';
import type { AgentProfile } from '../people.ts';
import { saveOpen } from '../save_open.ts';
import { moveToGroups, type OpenChat } from '../thread_rules.ts';
import { isOfGroups } from './desks.ts';
import { handOver } from './hand_over.ts';
import { queueUp, serveWaiting } from './seating.ts';

/**
 * Agents as they are after a change of their groups, limits or hours: chats of groups that one of them has lost, and
 * that are of none of their others, go to somebody else or wait; then whoever has room now is given what waits.
 * @param agents everybody of the organization, after the change
 * @param lost groups by agent
 */
export async function followTeamChange(
  store: ChatStore,
  agents: readonly AgentProfile[],
  lost: ReadonlyMap<string, readonly number[]>,
  now: Micros,
): Promise<void> {
  await store.lockRouting();
  for (const [agentId, groups] of lost) {
    const agent = agents.find(({ id }) => id === agentId);
    if (!agent) continue;
    for (const chatId of await store.seatsOf(agentId)) {
      const open = await holdOpen(store, chatId);
      if (!open?.chat.access.some((id) => groups.includes(id)) || isOfGroups(agent, open.chat.access))
        continue;
      const reason = { agent: agent.name, why: 'other' } as const;
      const handed = await handOver(store, open, agents, [agentId], reason, now);
      await saveOpen(store, handed.open, open.chat);
      await queueUp(store, handed.open, handed.request, now);
    }
  }
  await serveWaiting(store, agents, now);
}

const PAGE = 100;

/**
 * Open chats of a group that is no more belong to their other groups, or to everybody; who is in them stays. Nobody
 * would ever see one, or come for it, otherwise.
 */
export async function moveChatsOfGroup(store: ChatStore, groupId: number): Promise<void> {
  await store.lockRouting();
  for (const entry of await store.queue()) {
    if (!entry.groups.includes(groupId)) continue;
    await store.dequeue(entry.chatId);
    await store.enqueue({ ...entry, groups: without(entry.groups, groupId) });
  }
  let after: Position | undefined;
  for (;;) {
    const range = { order: 'asc', after, limit: PAGE } as const;
    const found = await store.list([listKey.group(groupId)], [listStates.active], range);
    for (const { id } of found) {
      const open = await holdOpen(store, id);
      if (open) await saveOpen(store, moveToGroups(open, without(open.chat.access, groupId)), open.chat);
    }
    if (found.length < PAGE) return;
    after = found.at(-1);
  }
}

function without(groups: readonly number[], gone: number): number[] {
  const others = groups.filter((id) => id !== gone);
  return others.length > 0 ? others : [EVERYBODY];
}

async function holdOpen(store: ChatStore, chatId: string): Promise<OpenChat | undefined> {
  const chat = await store.lockChat(chatId);
  const thread = chat?.lastThreadId ? await store.thread(chat.lastThreadId) : undefined;
  return chat && thread?.active ? { chat, thread, added: [] } : undefined;
}
