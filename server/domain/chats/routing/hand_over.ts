import type { Micros } from '../../../kernel/clock.ts';
import type { ChatStore } from '../chat_store.ts';
import type { AgentProfile } from '../people.ts';
import { type HandOver, reassigned, unassigned } from '../system_messages.ts';
import { type OpenChat, removeAgents, say, servingAgents, waitForAgent } from '../thread_rules.ts';
import { chooseDesk, type SeatRequest } from './desks.ts';
import { isRouted, nextPlace, readDesks, requestFor, seat } from './seating.ts';
import { noteTransfer } from './transfer_chat.ts';

export interface HandedOver {
  open: OpenChat;
  request: SeatRequest;
  given: boolean;
}

/**
 * Finds somebody else for a chat with a customer whose agents all left, or are to leave; else it waits.
 * @param leaving who goes now, and is not given it back
 * @param options.orKeep nobody else has time: everything stays as it is
 */
export async function handOver(
  store: ChatStore,
  open: OpenChat,
  agents: readonly AgentProfile[],
  leaving: readonly string[],
  reason: HandOver,
  now: Micros,
  options: { orKeep?: boolean } = {},
): Promise<HandedOver> {
  const request = { ...requestFor(open.thread), without: new Set(leaving) };
  const left = removeAgents(open, leaving);
  if (open.chat.customerId === null || servingAgents(left.chat).length > 0)
    return { open: left, request, given: false };
  const desk = isRouted(open.chat) ? chooseDesk(await readDesks(store, agents, now), request) : undefined;
  if (desk) {
    await store.recordAssignment(desk.agent.id, now);
    const said = say(seat(left, desk.agent.id, now), reassigned(desk.agent.name, reason), now);
    return { open: noteTransfer(said, now), request, given: true };
  }
  if (options.orKeep || open.thread.queuedAt !== null)
    return { open: options.orKeep ? open : left, request, given: false };
  const queuedAt = isRouted(open.chat) ? await nextPlace(store, now) : null;
  return { open: waitForAgent(say(left, unassigned(reason), now), queuedAt), request, given: false };
}
