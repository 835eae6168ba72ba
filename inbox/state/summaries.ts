import type { ChatEvent, ChatSummary, User } from './wire.ts';

/** Words with which a list tells of a chat. */
export const MESSAGES = ['message', 'file', 'rich_message', 'filled_form'] as const;

/** The newest that somebody wrote or sent; system messages do not count. */
export function lastEvent(summary: ChatSummary): ChatEvent | undefined {
  let newest: ChatEvent | undefined;
  for (const type of MESSAGES) {
    const event = summary.last_event_per_type[type]?.event;
    if (event && (newest === undefined || event.created_at > newest.created_at)) newest = event;
  }
  return newest;
}

export function customerOf(users: readonly User[]): User | undefined {
  return users.find(({ type }) => type === 'customer');
}

export function isPresent(users: readonly User[], agentId: string): boolean {
  return users.some(({ id, type, present }) => id === agentId && type === 'agent' && present !== false);
}

/**
 * Has somebody else written what this agent has not seen? Asked of open chats only: what is closed waits for
 * nobody.
 * @param seenHere until when this page has shown the chat; the server may know of a later time from elsewhere
 */
export function isUnread(summary: ChatSummary, agentId: string, seenHere: string | undefined): boolean {
  const event = lastEvent(summary);
  if (!event || event.author_id === agentId || !summary.last_thread_summary?.active) return false;
  const seen = summary.users.find(({ id }) => id === agentId)?.events_seen_up_to ?? '';
  return event.created_at > (seenHere !== undefined && seenHere > seen ? seenHere : seen);
}
