import { ChatApiError } from '../../chat/client/chat_api_error.ts';
import { poller } from '../../chat/client/poller.ts';
import type { Chat } from '../../chat/client/wire.ts';
import { mergeThreads, newEvents, type Unsent, withoutArrived } from '../../chat/conversation/threads.ts';
import type { AgentApi } from './agent_api.ts';
import {
  beginning,
  type InboxState,
  type OpenChat,
  type RoutingStatus,
  type StatusFilter,
} from './inbox_state.ts';
import { customerOf } from './summaries.ts';
import type { ChatSummary, CustomerDetails, Thread } from './wire.ts';

export interface TransferTarget {
  agents: { agent_id: string; total_active_chats: number }[];
}

/** What a person at the inbox can do. Whatever can be refused throws ChatApiError. */
export interface Inbox {
  get(): InboxState;
  subscribe(listener: () => void): () => void;
  has(method: string): boolean;
  start(): void;
  tryAgain(): void;
  stir(): void;
  filter(status: StatusFilter, groupId: number | undefined): void;
  loadMore(): Promise<void>;
  select(chatId: string | undefined): void;
  loadEarlier(): Promise<void>;
  send(text: string, visibility: 'all' | 'agents'): void;
  attach(file: File, visibility: 'all' | 'agents'): void;
  retry(customId: string): void;
  discard(customId: string): void;
  /** @returns the chat's id */
  startChat(customerId: string | undefined, text: string): Promise<string>;
  resume(): Promise<void>;
  close(): Promise<void>;
  join(): Promise<void>;
  leave(): Promise<void>;
  transferTargets(): Promise<TransferTarget>;
  transfer(target: { type: 'agent' | 'group'; ids: (string | number)[] }): Promise<void>;
  tag(tag: string): Promise<void>;
  untag(tag: string): Promise<void>;
  setRouting(status: RoutingStatus): Promise<void>;
}

const PAGE = 25;
const ROUTING_EVERY = 30_000;

interface ListAnswer {
  chats_summary: ChatSummary[];
  found_chats: number;
  next_page_id?: string;
}

/** The one place where the inbox's knowledge is kept and changed. */
export function createInbox(api: AgentApi): Inbox {
  const listeners = new Set<() => void>();
  let state: InboxState = beginning;
  let routingReadAt = 0;
  /** Grows with each other question to the list, so that a late answer to an old one is not taken. */
  let asked = 0;
  const delivering = new Set<string>();

  function set(change: Partial<InboxState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function changeOpen(chatId: string, change: Partial<OpenChat>): void {
    if (state.open?.id === chatId) set({ open: { ...state.open, ...change } });
  }

  function question(): Record<string, unknown> {
    const { status, groupId } = state.filter;
    return {
      filters: {
        ...(status === 'all' ? {} : { active: status === 'active' }),
        ...(groupId === undefined ? {} : { group_ids: [groupId] }),
      },
      limit: PAGE,
    };
  }

  async function readList(): Promise<boolean> {
    const mine = asked;
    const answer = await api.call<ListAnswer>('list_chats', question());
    if (mine !== asked) return false;
    const first = answer.chats_summary;
    const ids = new Set(first.map(({ id }) => id));
    // Later pages stay as they were read; what has come to the top leaves its old place.
    const later =
      state.list.phase === 'ready' ? state.list.chats.slice(PAGE).filter(({ id }) => !ids.has(id)) : [];
    const chats = [...first, ...later];
    const same = JSON.stringify(chats) === JSON.stringify(state.list.chats);
    if (same && state.list.phase === 'ready') return false;
    const nextPage = later.length > 0 ? state.list.nextPage : answer.next_page_id;
    set({ list: { phase: 'ready', chats, found: answer.found_chats, nextPage } });
    return true;
  }

  function takeThreads(open: OpenChat, read: readonly Thread[], more: Partial<OpenChat> = {}): boolean {
    const threads = mergeThreads(open.threads, read);
    const news = threads === open.threads ? [] : newEvents(open.threads, threads);
    const unsent = withoutArrived(state.unsent.get(open.id) ?? [], threads);
    if (unsent !== state.unsent.get(open.id)) setUnsent(open.id, unsent);
    changeOpen(open.id, { ...more, threads, phase: 'ready', problem: '' });
    return news.length > 0;
  }

  async function readOpen(): Promise<boolean> {
    const { open } = state;
    if (!open) return false;
    const { id } = open;
    let news = false;
    if (open.phase === 'loading') {
      const page = await api.call<{ threads: Thread[]; next_page_id?: string }>('list_threads', {
        chat_id: id,
        limit: 5,
      });
      if (state.open?.id === id) takeThreads(state.open, page.threads, { earlierPage: page.next_page_id });
    }
    const chat = await api.call<Chat>('get_chat', { chat_id: id });
    if (state.open?.id !== id) return false;
    const users = { users: chat.users, groupIds: chat.access?.group_ids ?? [] };
    news = takeThreads(state.open, chat.thread ? [chat.thread] : [], users);
    void markSeen();
    if (open.customer === undefined) void readCustomer(id);
    return news;
  }

  async function readCustomer(chatId: string): Promise<void> {
    const customer = state.open && customerOf(state.open.users);
    if (!customer) return;
    // What the chat tells already, until more is known.
    changeOpen(chatId, { customer });
    if (!api.has('get_customer')) return;
    await optional(async () =>
      changeOpen(chatId, { customer: await api.call<CustomerDetails>('get_customer', { id: customer.id }) }),
    );
  }

  async function markSeen(): Promise<void> {
    const { open } = state;
    const newest = open?.threads.at(-1)?.events.at(-1)?.created_at;
    if (!open || !newest || document.hidden || newest <= (state.seen.get(open.id) ?? '')) return;
    set({ seen: new Map(state.seen).set(open.id, newest) });
    const isUser = open.users.some(({ id }) => id === state.me?.agentId);
    if (isUser && api.has('mark_events_as_seen'))
      await optional(() => api.call('mark_events_as_seen', { chat_id: open.id, seen_up_to: newest }));
  }

  async function readRouting(): Promise<void> {
    if (Date.now() - routingReadAt < ROUTING_EVERY || !api.has('list_routing_statuses')) return;
    routingReadAt = Date.now();
    await optional(async () => {
      const all = await api.call<{ agent_id: string; status: string }[]>('list_routing_statuses', {});
      const own = all.find(({ agent_id: id }) => id === state.me?.agentId);
      set({ routing: (own?.status ?? 'offline') as RoutingStatus });
    });
  }

  /** What is good to know, and no reason to fail. */
  async function optional(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
    }
  }

  async function poll(): Promise<boolean> {
    if (!state.me) set({ me: await api.me() });
    const news = await readList();
    let more = false;
    try {
      more = await readOpen();
    } catch (error) {
      if (!(error instanceof ChatApiError) || error.mayPass || error.status === 401) throw error;
      // The chat is not there, or not for this agent: a matter of this chat alone.
      if (state.open) changeOpen(state.open.id, { phase: 'failed', problem: error.message });
    }
    await readRouting();
    if (state.phase !== 'ready' || state.offline) set({ phase: 'ready', offline: false, refusal: '' });
    for (const [chatId, all] of state.unsent)
      for (const one of all) if (one.state === 'waiting') void retryIn(chatId, one.customId);
    return news || more;
  }

  function failed(error: unknown): void {
    if (!(error instanceof ChatApiError)) throw error;
    if (error.status === 401) {
      polling.stop();
      set({ phase: 'signed_out' });
    } else if (error.mayPass || state.phase === 'ready') set({ offline: true });
    else {
      polling.stop();
      set({ phase: 'refused', refusal: error.message });
    }
  }

  const polling = poller(poll, failed);

  function setUnsent(chatId: string, all: readonly Unsent[]): void {
    const unsent = new Map(state.unsent);
    if (all.length === 0) unsent.delete(chatId);
    else unsent.set(chatId, all);
    set({ unsent });
  }

  function changeUnsent(chatId: string, customId: string, to: Partial<Unsent>): void {
    const all = state.unsent.get(chatId) ?? [];
    setUnsent(
      chatId,
      all.map((one) => (one.customId === customId ? { ...one, ...to } : one)),
    );
  }

  function enqueue(one: Omit<Unsent, 'customId' | 'state'>): void {
    const chatId = state.open?.id;
    if (chatId === undefined) return;
    const next: Unsent = { ...one, customId: crypto.randomUUID(), state: 'sending' };
    setUnsent(chatId, [...(state.unsent.get(chatId) ?? []), next]);
    void deliver(chatId);
  }

  /** Messages of a chat go out one after the other, in the order in which they were written. */
  async function deliver(chatId: string): Promise<void> {
    if (delivering.has(chatId)) return;
    delivering.add(chatId);
    for (;;) {
      const next = state.unsent.get(chatId)?.find((one) => one.state === 'sending');
      if (!next) break;
      await deliverOne(chatId, next);
    }
    delivering.delete(chatId);
  }

  async function deliverOne(chatId: string, one: Unsent): Promise<void> {
    try {
      let { url } = one;
      if (one.file && url === undefined) {
        url = await api.upload(one.file);
        changeUnsent(chatId, one.customId, { url });
      }
      const visibility = one.visibility ?? 'all';
      const content = url === undefined ? { type: 'message', text: one.text } : { type: 'file', url };
      const event = { ...content, custom_id: one.customId, visibility };
      await api.call('send_event', { chat_id: chatId, event });
      // Stays until the server shows it, so that it never vanishes for a moment.
      changeUnsent(chatId, one.customId, { state: 'sent' });
      if (state.open?.id === chatId) await optional(readOpen);
      else
        setUnsent(
          chatId,
          (state.unsent.get(chatId) ?? []).filter((other) => other.customId !== one.customId),
        );
      polling.hurry();
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      if (error.status === 401) failed(error);
      changeUnsent(chatId, one.customId, {
        state: error.mayPass ? 'waiting' : 'failed',
        problem: error.message,
      });
    }
  }

  function retryIn(chatId: string, customId: string): Promise<void> {
    changeUnsent(chatId, customId, { state: 'sending' });
    return deliver(chatId);
  }

  /** A call about the open chat, and the chat as it is afterwards. */
  async function act(method: string, body: (open: OpenChat) => Record<string, unknown>): Promise<void> {
    const { open } = state;
    if (!open) return;
    await api.call(method, body(open));
    await optional(readOpen);
    await optional(readList);
    polling.hurry();
  }

  const lastThread = (open: OpenChat): string => open.threads.at(-1)?.id ?? '';
  const isIn = (open: OpenChat): boolean =>
    open.users.some(({ id, present }) => id === state.me?.agentId && present !== false);

  return {
    get: () => state,
    has: (method) => api.has(method),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      document.addEventListener('visibilitychange', () => void markSeen());
      window.addEventListener('online', () => polling.hurry());
      polling.start();
    },
    tryAgain() {
      polling.stop();
      if (state.phase === 'refused') set({ phase: 'connecting' });
      polling.start();
    },
    stir: () => polling.stir(),
    filter(status, groupId) {
      asked += 1;
      set({
        filter: { status, groupId },
        list: { phase: 'loading', chats: [], found: 0, nextPage: undefined },
      });
      polling.hurry();
    },
    async loadMore() {
      const mine = asked;
      const { nextPage } = state.list;
      if (nextPage === undefined) return;
      const answer = await api.call<ListAnswer>('list_chats', { page_id: nextPage });
      if (mine !== asked) return;
      const known = new Set(state.list.chats.map(({ id }) => id));
      const added = answer.chats_summary.filter(({ id }) => !known.has(id));
      const chats = [...state.list.chats, ...added];
      set({ list: { ...state.list, chats, nextPage: answer.next_page_id } });
    },
    select(chatId) {
      if (chatId === state.open?.id) return;
      if (chatId === undefined) {
        set({ open: undefined });
        return;
      }
      const summary = state.list.chats.find(({ id }) => id === chatId);
      set({
        open: {
          id: chatId,
          phase: 'loading',
          problem: '',
          threads: [],
          earlierPage: undefined,
          users: summary?.users ?? [],
          groupIds: summary?.access?.group_ids ?? [],
          customer: undefined,
        },
      });
      polling.hurry();
    },
    async loadEarlier() {
      const { open } = state;
      if (!open || open.earlierPage === undefined) return;
      const page = await api.call<{ threads: Thread[]; next_page_id?: string }>('list_threads', {
        chat_id: open.id,
        page_id: open.earlierPage,
      });
      if (state.open?.id === open.id)
        takeThreads(state.open, page.threads, { earlierPage: page.next_page_id });
    },
    send: (text, visibility) => enqueue({ text, visibility }),
    attach: (file, visibility) => enqueue({ text: file.name, file, visibility }),
    retry(customId) {
      if (state.open) void retryIn(state.open.id, customId);
    },
    discard(customId) {
      const chatId = state.open?.id;
      if (chatId === undefined) return;
      setUnsent(
        chatId,
        (state.unsent.get(chatId) ?? []).filter((one) => one.customId !== customId),
      );
    },
    async startChat(customerId, text) {
      const users = customerId ? [{ id: customerId, type: 'customer' }] : [];
      const events = text ? [{ type: 'message', text, custom_id: crypto.randomUUID() }] : [];
      const started = await api.call<{ chat_id: string }>('start_chat', {
        chat: { ...(users.length > 0 ? { users } : {}), thread: { events } },
        continuous: true,
      });
      polling.hurry();
      return started.chat_id;
    },
    resume: () =>
      act('resume_chat', ({ id, groupIds }) => ({ chat: { id, access: { group_ids: groupIds } } })),
    close: () =>
      act('deactivate_chat', (open) => ({
        id: open.id,
        ...(isIn(open) ? {} : { ignore_requester_presence: true }),
      })),
    join: () =>
      act('add_user_to_chat', ({ id }) => ({
        chat_id: id,
        user_id: state.me?.agentId,
        user_type: 'agent',
        visibility: 'all',
        ignore_requester_presence: true,
      })),
    leave: () =>
      act('remove_user_from_chat', ({ id }) => ({
        chat_id: id,
        user_id: state.me?.agentId,
        user_type: 'agent',
      })),
    async transferTargets() {
      const { open } = state;
      if (!open) return { agents: [] };
      return { agents: await api.call('list_agents_for_transfer', { chat_id: open.id }) };
    },
    transfer: (target) =>
      act('transfer_chat', (open) => ({
        id: open.id,
        target,
        ...(isIn(open) ? {} : { ignore_requester_presence: true }),
        ignore_agents_availability: true,
      })),
    tag: (tag) => act('tag_thread', (open) => ({ chat_id: open.id, thread_id: lastThread(open), tag })),
    untag: (tag) => act('untag_thread', (open) => ({ chat_id: open.id, thread_id: lastThread(open), tag })),
    async setRouting(status) {
      await api.call('set_routing_status', { status });
      set({ routing: status });
    },
  };
}
