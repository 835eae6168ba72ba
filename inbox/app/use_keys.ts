import { type RefObject, useEffect } from 'react';
import type { Inbox } from '../state/inbox.ts';
import { openChat } from './address.ts';

/** Is somebody typing, so that letters are letters? */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** The keys of the help dialog. */
export function useKeys(
  inbox: Inbox,
  { help, filter }: { help(): void; filter: RefObject<HTMLSelectElement | null> },
): void {
  useEffect(() => {
    function step(by: 1 | -1): void {
      const { list, open } = inbox.get();
      const at = list.chats.findIndex(({ id }) => id === open?.id);
      const next = list.chats[at === -1 ? (by === 1 ? 0 : list.chats.length - 1) : at + by];
      if (!next) return;
      openChat(inbox, next.id);
      document.getElementById(`chat-${next.id}`)?.scrollIntoView({ block: 'nearest' });
    }

    function leave(target: EventTarget | null): void {
      if (isTyping(target)) (target as HTMLElement).blur();
      else if (inbox.get().open) {
        const { id } = inbox.get().open ?? {};
        openChat(inbox, undefined);
        document.getElementById(`chat-${id}`)?.focus();
      }
    }

    function write(mode: 'all' | 'agents'): void {
      document.querySelector<HTMLElement>(`[data-mode="${mode}"]`)?.click();
      document.getElementById('composer')?.focus();
    }

    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return;
      // A dialog has its own keys.
      if (document.querySelector('[role="dialog"], dialog[open], [popover]:popover-open')) return;
      if (event.key === 'Escape') {
        leave(event.target);
        return;
      }
      if (isTyping(event.target)) return;
      const actions: Record<string, () => void> = {
        j: () => step(1),
        k: () => step(-1),
        r: () => write('all'),
        n: () => write('agents'),
        '/': () => filter.current?.focus(),
        '?': help,
      };
      const action = actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [inbox, help, filter]);
}
