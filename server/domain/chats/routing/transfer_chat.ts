import { MICROS_PER_SECOND, type Micros } from '../../../kernel/clock.ts';
import { withProperty } from '../../properties/property_rules.ts';
import type { AgentActor } from '../actors.ts';
import { type ChatDeps, writeChats } from '../deps.ts';
import { agentsById } from '../people.ts';
import { saveOpen } from '../save_open.ts';
import { assigned, chatTransferred } from '../system_messages.ts';
import {
  markSeen,
  moveToGroups,
  type OpenChat,
  removeAgents,
  say,
  servingAgents,
  stopWaiting,
  waitForAgent,
} from '../thread_rules.ts';
import { chooseDesk, type SeatRequest } from './desks.ts';
import { holdOpenChat } from './held_chat.ts';
import { nextPlace, queueUp, readDesks, requestFor, seat, serveWaiting } from './seating.ts';
import { needAccessOf, nobodyFree, readTarget, type TransferTarget } from './transfer_rules.ts';

export interface TransferChatInput {
  id: string;
  target?: TransferTarget | undefined;
  ignore_agents_availability?: boolean | undefined;
  ignore_requester_presence?: boolean | undefined;
}

/**
 * Hands an active chat over: to agents who see it, to groups, or to somebody else of its groups. Who had it
 * leaves it, and is given what waits for them.
 * @throws GatehouseError `agent_offline` or `limit_reached` when nobody of the target has time now
 */
export function transferChat(deps: ChatDeps) {
  return async (actor: AgentActor, input: TransferChatInput): Promise<void> => {
    const agents = await agentsById(deps.people, actor.licenseId);
    const destination = readTarget(input.target, agents, await deps.people.groups(actor.licenseId));
    const everybody = [...agents.values()];
    await writeChats(deps, actor, async (store) => {
      const now = deps.clock.now();
      const asked = { chatId: input.id, ignorePresence: input.ignore_requester_presence };
      const held = await holdOpenChat(store, actor, everybody, asked, now);
      const { before } = held;
      const leaving = servingAgents(before);
      const access = destination.kind === 'groups' ? destination.ids : before.access;
      if (destination.kind === 'agents') needAccessOf(destination.agents, access, new Set(leaving));
      const request: SeatRequest = {
        ...requestFor({ access, properties: held.open.thread.properties }),
        agentIds: destination.kind === 'agents' ? destination.agents.map(({ id }) => id) : null,
        without: new Set(leaving),
      };
      const desks = await readDesks(store, everybody, now);
      const next = chooseDesk(desks, request)?.agent;
      if (!next && !input.ignore_agents_availability) throw nobodyFree(desks, request);

      let open: OpenChat = markSeen(held.open, actor.agentId);
      const named = destination.kind === 'agents' ? (next ? [next] : destination.agents) : undefined;
      const targets =
        destination.kind === 'groups'
          ? destination.names
          : (named ?? (next ? [next] : [])).map(({ name }) => name);
      const initiator = agents.get(actor.agentId)?.name ?? actor.agentId;
      open = say(open, chatTransferred(initiator, targets.join(', ') || 'the queue'), now);
      open = stopWaiting(moveToGroups(removeAgents(open, leaving), access), now);
      await store.dequeue(before.id);
      open = noteTransfer(open, now);
      if (next) {
        open = seat(open, next.id, now);
        if (destination.kind !== 'agents') open = say(open, assigned(next.name), now);
        await store.recordAssignment(next.id, now);
      } else open = waitForAgent(open, await nextPlace(store, now));
      await saveOpen(store, open, before);
      await queueUp(store, open, request, now);
      await serveWaiting(store, everybody, now);
    });
  };
}

/** Docs: default-properties#last_transfer_timestamp; in seconds. */
export function noteTransfer(open: OpenChat, now: Micros): OpenChat {
  const at = Math.floor(now / MICROS_PER_SECOND);
  const properties = withProperty(open.thread.properties, 'routing', 'last_transfer_timestamp', at);
  return { ...open, thread: { ...open.thread, properties } };
}
