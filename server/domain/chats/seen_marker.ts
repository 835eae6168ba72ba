import { GatehouseError } from '../../kernel/errors.ts';
import { type Actor, actorId } from './actors.ts';
import { findUser } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import { holdChat } from './held_chat.ts';
import { signalled } from './signals.ts';
import { needTime } from './time_input.ts';

export interface MarkSeenInput {
  chat_id: string;
  /** RFC 3339. */
  seen_up_to: string;
}

/**
 * Moves the caller's read marker. It only goes forward, and not past the present: what is yet to be written has
 * not been seen. The chat is held meanwhile, so that of two markers at once the later one stays.
 */
export function markEventsAsSeen(deps: ChatDeps) {
  return async (actor: Actor, input: MarkSeenInput): Promise<void> => {
    const asked = needTime(input.seen_up_to, 'seen_up_to');
    const userId = actorId(actor);
    await holdChat(deps, actor, input.chat_id, async ({ store, chat, lastThread, now, signal }) => {
      const user = findUser(chat, userId);
      if (!user)
        throw new GatehouseError(
          'authorization',
          'You are not among the users of this chat, so it has no read marker of yours.',
        );
      // Times of events never go back, and so may be a little ahead of the clock.
      const seenUpTo = Math.min(asked, Math.max(now, lastThread?.lastEventAt ?? 0));
      if (seenUpTo <= (user.seenUpTo ?? 0)) return;
      const users = chat.users.map((one) => (one.id === userId ? { ...one, seenUpTo } : one));
      await store.saveChat({ ...chat, users }, chat);
      signal({ type: 'events_marked_as_seen', chat: signalled(chat, undefined), userId, seenUpTo });
    });
  };
}
