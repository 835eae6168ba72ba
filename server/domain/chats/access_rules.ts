import { GatehouseError } from '../../kernel/errors.ts';
import type { Actor, AgentActor } from './actors.ts';
import { type Chat, type ChatUser, EVERYBODY, findUser, type Thread, type Visibility } from './chat.ts';
import { takesPart } from './listing.ts';
import type { GroupProfile } from './people.ts';

/** Does the actor see a chat (its last thread decides who is in it)? */
export function seesChat(actor: Actor, chat: Chat, lastThread: Thread | undefined): boolean {
  if (actor.kind === 'customer') return chat.customerId === actor.customerId;
  if (actor.reach === 'all' || takesPart(chat, lastThread, actor.agentId)) return true;
  return actor.reach === 'access' && sharesGroup(actor, chat.access);
}

/** Does the actor see one thread? Its own groups decide (docs: agent-chat-api#get-chat). */
export function seesThread(actor: Actor, chat: Chat, thread: Thread): boolean {
  if (actor.kind === 'customer') return chat.customerId === actor.customerId;
  if (actor.reach === 'all' || takesPart(chat, thread, actor.agentId)) return true;
  return actor.reach === 'access' && sharesGroup(actor, thread.access);
}

function sharesGroup(actor: AgentActor, groups: readonly number[]): boolean {
  return groups.some((id) => id === EVERYBODY || actor.groupIds.includes(id));
}

/** The same words for a chat that does not exist and for one of another organization or customer. */
export function chatNotFound(): GatehouseError {
  return new GatehouseError('not_found', 'There is no chat with this id.');
}

export function threadNotFound(): GatehouseError {
  return new GatehouseError('not_found', 'This chat has no thread with this id.');
}

/** @throws GatehouseError `missing_access` for an agent, `not_found` for a customer, who must not learn more */
export function needChat(actor: Actor, chat: Chat, lastThread: Thread | undefined): void {
  if (seesChat(actor, chat, lastThread)) return;
  throw actor.kind === 'customer' ? chatNotFound() : missingAccess(actor);
}

export function missingAccess(actor: AgentActor): GatehouseError {
  const why =
    actor.reach === 'my'
      ? 'Your token opens chats that you are in, and you are not in this one.'
      : 'Your token opens chats of your groups, and this chat is in none of them.';
  return new GatehouseError('missing_access', why);
}

/**
 * The thread that was named, if the actor sees it; its own groups decide.
 * @throws GatehouseError `missing_access` for an agent, `not_found` for a customer or where the chat has no such thread
 */
export function needThread(
  actor: Actor,
  chat: Chat,
  lastThread: Thread | undefined,
  named: Thread | undefined,
): Thread {
  if (named && named.chatId === chat.id && seesThread(actor, chat, named)) return named;
  // Who may not see the chat is told that first, whatever thread they named.
  needChat(actor, chat, lastThread);
  throw named?.chatId === chat.id && actor.kind === 'agent' ? missingAccess(actor) : threadNotFound();
}

/**
 * Who takes part for agents only cannot address the customer.
 * @throws GatehouseError `authorization`
 */
export function needVisibility(author: ChatUser, visibility: Visibility): void {
  if (author.visibility === 'agents' && visibility === 'all')
    throw new GatehouseError(
      'authorization',
      'You take part in this chat for agents only, so your events must have the visibility "agents".',
    );
}

/**
 * The user who is to write or close: must be present in the chat.
 * @throws GatehouseError `authorization`
 */
export function needPresentUser(chat: Chat, userId: string, hint: string): ChatUser {
  const user = findUser(chat, userId);
  if (user?.present) return user;
  throw new GatehouseError('authorization', `You are not among the present users of this chat. ${hint}`);
}

/**
 * The groups for a new thread.
 * @param requested undefined: everybody
 * @throws GatehouseError for a group that does not exist, or `missing_access` for one beyond the caller's reach
 */
export function readAccess(
  actor: Actor,
  requested: { group_ids: number[] } | undefined,
  groups: readonly GroupProfile[],
): number[] {
  if (!requested) return [EVERYBODY];
  const ids = [...new Set(requested.group_ids)].sort((a, b) => a - b);
  for (const id of ids) {
    if (id !== EVERYBODY && !groups.some((group) => group.id === id))
      throw groupNotFound(actor, requested, id);
    if (actor.kind === 'agent' && actor.reach !== 'all' && id !== EVERYBODY && !actor.groupIds.includes(id))
      throw new GatehouseError(
        'missing_access',
        `You are not in group ${id}, and your token opens chats of your groups only.`,
      );
  }
  return ids;
}

/** The Customer Chat API has a type of its own for it; the Agent Chat API has none. */
function groupNotFound(actor: Actor, requested: { group_ids: number[] }, id: number): GatehouseError {
  const field = `chat.access.group_ids[${requested.group_ids.indexOf(id)}]`;
  const message = `This organization has no group ${id}.`;
  return new GatehouseError(
    actor.kind === 'customer' ? 'group_not_found' : 'validation',
    `${field}: ${message}`,
    {
      fields: [{ field, message }],
    },
  );
}
