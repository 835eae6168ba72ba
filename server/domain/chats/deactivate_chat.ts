import { GatehouseError } from '../../kernel/errors.ts';
import { chatNotFound, needChat, needPresentUser } from './access_rules.ts';
import { type Actor, actorId } from './actors.ts';
import { writeClosing } from './close_thread.ts';
import { customerName } from './customer.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import { closedByAgent, closedByCustomer } from './system_messages.ts';

export interface DeactivateChatInput {
  id: string;
  /** Agents only: close it without being in it. */
  ignore_requester_presence?: boolean | undefined;
}

/** Closes the open thread, with a word of who did. */
export function deactivateChat(deps: ChatDeps) {
  return async (actor: Actor, input: DeactivateChatInput): Promise<void> => {
    const agents = await deps.people.agents(actor.licenseId);
    const agent = agents.find(({ id }) => id === actorId(actor));
    await writeChats(deps, actor, async (store) => {
      await store.lockRouting();
      const before = await store.lockChat(input.id);
      if (!before) throw chatNotFound();
      const thread = before.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
      needChat(actor, before, thread);
      if (!thread?.active)
        throw new GatehouseError('chat_inactive', 'This chat has no open thread to close.');
      if (actor.kind === 'agent' && !input.ignore_requester_presence)
        needPresentUser(before, actor.agentId, 'Send ignore_requester_presence to close it from outside.');
      const words =
        actor.kind === 'agent'
          ? closedByAgent(agent?.name ?? actor.agentId)
          : closedByCustomer(customerName(await store.customer(actor.customerId)));
      await writeClosing(store, { chat: before, thread }, words, deps.clock.now(), {
        seenBy: actor.kind === 'agent' ? actor.agentId : undefined,
        routing: { agents },
      });
    });
  };
}
