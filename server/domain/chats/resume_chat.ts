import { GatehouseError } from '../../kernel/errors.ts';
import { withValues } from '../properties/property_rules.ts';
import { chatNotFound, needChat } from './access_rules.ts';
import type { Actor } from './actors.ts';
import type { Chat } from './chat.ts';
import type { ChatStore } from './chat_store.ts';
import { customerUnknown } from './chat_users.ts';
import { type ChatDeps, writeChats } from './deps.ts';
import { keepFiles } from './file_events.ts';
import { findRepeat, writtenIds } from './initial_events.ts';
import {
  afterOpening,
  openingEvents,
  planThread,
  seatUsers,
  type ThreadInput,
  type ThreadPlan,
  withContinuous,
} from './start_chat.ts';
import { beginThread } from './thread_rules.ts';

export interface ResumeChatInput {
  chat: ThreadInput & { id: string };
  active?: boolean | undefined;
  continuous?: boolean | undefined;
}

export interface ResumedChat {
  threadId: string;
  eventIds: string[];
}

/** Opens a new thread in a chat that has no open one; a repeat of the same request gets the same answer. */
export function resumeChat(deps: ChatDeps) {
  return async (actor: Actor, input: ResumeChatInput): Promise<ResumedChat> => {
    const asked = await planThread(deps, actor, input.chat, input.active ?? true);
    return writeChats(deps, actor, async (store) => {
      if (asked.active) await store.lockRouting();
      const before = await store.lockChat(input.chat.id);
      if (!before) throw chatNotFound();
      const last = before.lastThreadId ? await store.thread(before.lastThreadId) : undefined;
      needChat(actor, before, last);
      const now = deps.clock.now();
      const repeat = await findRepeat(store, asked.events, now, (thread) => thread.id === last?.id);
      if (repeat && last?.previousThreadId) return { threadId: repeat.thread.id, eventIds: repeat.eventIds };
      if (before.active)
        throw new GatehouseError(
          'chat_already_active',
          'This chat has an open thread. Write in it with send_event, or close it with deactivate_chat first.',
          last ? { data: { thread_id: last.id } } : {},
        );

      const plan = await withChatCustomer(store, before, asked);
      const continuous = input.continuous ?? before.continuous;
      const merged = withValues(before.properties, plan.chatProperties);
      const properties = withContinuous(merged, continuous);
      const seats = await seatUsers(store, actor, plan, properties, now);
      const begun = beginThread(
        {
          ...before,
          customerId: plan.customer?.id ?? null,
          continuous,
          properties,
          // A chat is followed until it is opened again (docs: agent-chat-api#follow-chat).
          followers: plan.active ? [] : before.followers,
        },
        {
          id: deps.identifiers.chatId(),
          now,
          active: plan.active,
          access: plan.access,
          properties: plan.threadProperties,
          users: seats.users,
          visit: actor.kind === 'customer' ? { ip: actor.ip, userAgent: actor.userAgent } : null,
        },
      );
      const open = openingEvents(begun, actor, plan, seats, now);
      if (last) await store.saveThread({ ...last, nextThreadId: open.thread.id });
      await store.insertThread(open.thread);
      await keepFiles(deps, store, open.added);
      await store.insertEvents(open.added);
      await store.saveChat(open.chat, before);
      await afterOpening(store, open, seats, now);
      return { threadId: open.thread.id, eventIds: writtenIds(open.added) };
    });
  };
}

/** The chat's customer is in each of its threads; a chat without one may get one that has no chat yet. */
async function withChatCustomer(store: ChatStore, chat: Chat, plan: ThreadPlan): Promise<ThreadPlan> {
  const { customerId } = chat;
  if (customerId) {
    if (plan.customer && plan.customer.id !== customerId) {
      const message = 'This chat has another customer, and a chat has one at most.';
      throw new GatehouseError('validation', `${plan.customer.field}: ${message}`, {
        fields: [{ field: plan.customer.field, message }],
      });
    }
    return { ...plan, customer: { id: customerId, field: 'chat.users' } };
  }
  if (!plan.customer) return plan;
  const customer = await store.lockCustomer(plan.customer.id);
  if (!customer) throw customerUnknown(plan.customer.field);
  if (customer.chatId)
    throw new GatehouseError(
      'limit_reached',
      'This customer already has a chat, and a customer can have one.',
    );
  await store.saveCustomer({ ...customer, chatId: chat.id });
  return plan;
}
