import type { Chat } from '../chats/chat.ts';
import type { Cause } from './cause.ts';
import { type Happening, isInChat } from './happening.ts';
import type { IdFilter, Webhook } from './webhook.ts';

/** What a webhook is held against. */
export interface Filtered {
  happening: Happening;
  cause: Cause;
  /** Ids of the bots that the webhook's app has in the organization. */
  ownBots: ReadonlySet<string>;
}

/** Does the webhook want this? Every filter that it has must let it through (docs: configuration-api#register-webhook). */
export function isWanted(
  { action, clientId, filters }: Webhook,
  { happening, cause, ownBots }: Filtered,
): boolean {
  if (action !== happening.action) return false;
  const { author_type: author, only_my_chats: mine, chat_presence: presence, source_type: sources } = filters;
  if (sources && !sources.includes(sourceOf(cause, clientId))) return false;
  if (filters.agent_ids && 'agentId' in happening && !passes(filters.agent_ids, [happening.agentId]))
    return false;
  if (!isInChat(happening)) return true;
  const { chat } = happening;
  const present = chat.users.filter((user) => user.present).map(({ id }) => id);
  if (mine && chat.properties.source?.client_id !== clientId) return false;
  if (presence?.my_bots && !present.some((id) => ownBots.has(id))) return false;
  if (presence?.user_ids && !passes(presence.user_ids, present)) return false;
  return (
    author === undefined || !('event' in happening) || authorType(chat, happening.event.authorId) === author
  );
}

function sourceOf({ clientId }: Cause, own: string): 'my_client' | 'other_clients' | 'system' {
  if (clientId === undefined || clientId === null) return 'system';
  return clientId === own ? 'my_client' : 'other_clients';
}

function passes({ values, exclude_values: excluded }: IdFilter, ids: readonly string[]): boolean {
  if (values) return ids.some((id) => values.includes(id));
  return !ids.some((id) => excluded?.includes(id));
}

/** What the server says itself has no author. */
function authorType(chat: Chat, authorId: string | null): 'customer' | 'agent' | undefined {
  if (authorId === null) return undefined;
  return authorId === chat.customerId ? 'customer' : 'agent';
}
