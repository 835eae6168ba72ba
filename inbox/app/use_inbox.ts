import { createContext, useContext, useSyncExternalStore } from 'react';
import { ChatApiError } from '../../chat/client/chat_api_error.ts';
import { toast } from '../../console/design/toast.tsx';
import type { Inbox } from '../state/inbox.ts';
import type { InboxState } from '../state/inbox_state.ts';
import { texts } from '../texts/en.ts';

export const InboxContext = createContext<Inbox | null>(null);

export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (!inbox) throw new Error('useInbox is used outside of the inbox');
  return inbox;
}

export function useInboxState(): InboxState {
  const inbox = useInbox();
  return useSyncExternalStore(inbox.subscribe, inbox.get);
}

/** The server's words of what went wrong, or ours where none came. @throws whatever is no answer of a chat API */
export function wordsOf(error: unknown): string {
  if (error instanceof ChatApiError) return error.message || texts.unreachable;
  throw error;
}

/** Does something that may be refused, and says so. @returns false when it was refused */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast.failed(wordsOf(error));
    return false;
  }
}
