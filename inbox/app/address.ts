import type { Inbox } from '../state/inbox.ts';

const BASE = '/inbox';

function chatInAddress(): string | undefined {
  return /^\/inbox\/([A-Z0-9]{10})$/.exec(location.pathname)?.[1];
}

/** The open chat stands in the address, so that it can be shared, reloaded, and left by the browser's own "back". */
export function followAddress(inbox: Inbox): void {
  inbox.select(chatInAddress());
  window.addEventListener('popstate', () => inbox.select(chatInAddress()));
}

/** Opens a chat, or the list alone. */
export function openChat(inbox: Inbox, chatId: string | undefined): void {
  if (inbox.get().open?.id === chatId) return;
  history.pushState(null, '', chatId === undefined ? BASE : `${BASE}/${chatId}`);
  inbox.select(chatId);
}
