import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentActor } from './actors.ts';
import type { ChatEvent } from './chat.ts';
import { customerName } from './customer.ts';
import type { ChatDeps } from './deps.ts';
import { holdThread } from './held_chat.ts';
import { agentsById } from './people.ts';
import { signalled } from './signals.ts';
import { type SaidWords, summarize } from './summarize.ts';
import { appendEvent } from './thread_rules.ts';

/**
 * Summarizes a thread for agents (docs: agent-chat-api#request-thread-summary): an open one as often as asked, by a
 * system event in it; a closed one once, kept with the thread. LiveChat lets a language model write it; here it is made
 * of what was said.
 */
export function requestThreadSummary(deps: ChatDeps) {
  return async (actor: AgentActor, input: { chat_id: string; thread_id: string }): Promise<void> => {
    const agents = await agentsById(deps.people, actor.licenseId);
    await holdThread(deps, actor, input, async ({ store, chat, thread, now, signal }) => {
      if (!thread.active && thread.summary)
        throw new GatehouseError(
          'limit_reached',
          'This thread is closed and has a summary: that is made once.',
        );
      const customer = chat.customerId === null ? undefined : await store.customer(chat.customerId);
      const nameOf = (id: string): string =>
        id === chat.customerId ? customerName(customer) : (agents.get(id)?.name ?? id);
      const events = (await store.events([thread.id])).get(thread.id) ?? [];
      const text = summarize(events.flatMap((event) => wordsOf(event, nameOf)));
      if (text === undefined)
        throw new GatehouseError(
          'validation',
          'thread_id: Nothing was said in this thread, so there is nothing to summarize.',
          {
            fields: [{ field: 'thread_id', message: 'has no messages.' }],
          },
        );
      const summary = { status: 'ok', text, updatedAt: now };
      if (thread.active) {
        const details = JSON.stringify({
          summary: { text, status: summary.status },
          requested_by: actor.agentId,
        });
        const content = { source: 'messaging', subtype: 'summary', version: 1, details };
        const open = appendEvent(
          { chat, thread, added: [] },
          { type: 'system', customId: null, visibility: 'agents', properties: {}, content },
          null,
          now,
        );
        await store.insertEvents(open.added);
        await store.saveThread(open.thread);
        await store.saveChat(open.chat, chat);
      } else await store.saveThread({ ...thread, summary });
      signal({ type: 'thread_summary_set', chat: signalled(chat, thread), summary });
    });
  };
}

/** What was said to everybody: notes among agents are not for a summary that may be read out to the customer. */
function wordsOf(event: ChatEvent, nameOf: (id: string) => string): SaidWords[] {
  const { text } = event.content;
  if (event.type !== 'message' || event.visibility !== 'all' || event.deletedAt !== null) return [];
  if (event.authorId === null || typeof text !== 'string') return [];
  return [{ author: nameOf(event.authorId), text }];
}
