import { ChatApiError } from '../client/chat_api_error.ts';
import { type Poller, poller } from '../client/poller.ts';
import type { Chat, ChatEvent, RichButton, Thread, User } from '../client/wire.ts';
import { texts } from '../texts/en.ts';
import type { customerApi, PageSettings } from './customer_api.ts';
import { mergeThreads, newEvents, type Unsent, withoutArrived } from './threads.ts';
import { keepUnsent, readUnsent } from './unsent_storage.ts';

/** Everything that the page shows, replaced as a whole whenever something in it changes. */
export interface ConversationState {
  phase: 'connecting' | 'ready' | 'banned' | 'refused';
  /** The server's words, where it refused the page. */
  refusal: string;
  /** The last question was in vain: what is shown may be old. */
  offline: boolean;
  customerId: string;
  chatId: string | undefined;
  threads: readonly Thread[];
  earlierPage: string | undefined;
  users: readonly User[];
  unsent: readonly Unsent[];
  /** How the organization is reached now; undefined when the server does not tell. */
  availability: 'online' | 'online_for_queue' | 'offline' | undefined;
  customer: { name: string; email: string };
  canUpload: boolean;
  canIntroduce: boolean;
  /** Messages that came while the page was hidden. */
  unread: number;
}

export interface Conversation {
  get(): ConversationState;
  subscribe(listener: () => void): () => void;
  start(): void;
  send(text: string): void;
  attach(file: File): void;
  retry(customId: string): void;
  discard(customId: string): void;
  press(event: ChatEvent, threadId: string, button: RichButton): void;
  /** @throws ChatApiError */
  close(): Promise<void>;
  /** @throws ChatApiError */
  introduce(customer: { name: string; email: string }): Promise<void>;
  /** @throws ChatApiError */
  loadEarlier(): Promise<void>;
  tryAgain(): void;
  typing(): void;
}

type Api = ReturnType<typeof customerApi>;

const AVAILABILITY_EVERY = 60_000;

/** The one place where the page's knowledge is kept and changed. */
export function createConversation(api: Api, settings: PageSettings): Conversation {
  const listeners = new Set<() => void>();
  let state: ConversationState = {
    phase: 'connecting',
    refusal: '',
    offline: false,
    customerId: '',
    chatId: undefined,
    threads: [],
    earlierPage: undefined,
    users: [],
    unsent: readUnsent(settings.organization_id),
    availability: undefined,
    customer: { name: '', email: '' },
    canUpload: true,
    canIntroduce: false,
    unread: 0,
  };
  let availabilityReadAt = 0;
  let seenUpTo = '';
  /** Messages go out one after the other, in the order in which they were written. */
  let delivering: Promise<void> | undefined;

  function set(change: Partial<ConversationState>): void {
    const unsentBefore = state.unsent;
    state = { ...state, ...change };
    if (state.unsent !== unsentBefore) keepUnsent(settings.organization_id, state.unsent);
    for (const listener of listeners) listener();
  }

  const last = (): Thread | undefined => state.threads.at(-1);
  const isActive = (): boolean => last()?.active ?? false;

  function take(read: readonly Thread[], more: Partial<ConversationState> = {}): boolean {
    const threads = mergeThreads(state.threads, read);
    const arrived = threads === state.threads ? [] : newEvents(state.threads, threads);
    const foreign = arrived.filter(
      ({ author_id: author }) => author !== undefined && author !== api.customerId(),
    );
    const isFirst = state.phase === 'connecting';
    set({
      ...more,
      threads,
      unsent: withoutArrived(state.unsent, threads),
      unread:
        document.hidden && !isFirst ? state.unread + foreign.length : document.hidden ? state.unread : 0,
    });
    return arrived.length > 0;
  }

  async function readThreads(chatId: string): Promise<boolean> {
    const page = await api.call<{ threads: Thread[]; next_page_id?: string }>('list_threads', {
      chat_id: chatId,
      limit: 3,
    });
    return take(page.threads, { chatId, earlierPage: state.earlierPage ?? page.next_page_id });
  }

  async function poll(): Promise<boolean> {
    let news = false;
    if (state.chatId === undefined) {
      const { chats_summary: chats } = await api.call<{ chats_summary: { id: string; users: User[] }[] }>(
        'list_chats',
        { limit: 1 },
      );
      const [chat] = chats;
      set({ customerId: api.customerId() });
      if (chat) {
        set({ users: chat.users });
        news = await readThreads(chat.id);
      }
    } else {
      const chat = await api.call<Chat>('get_chat', { chat_id: state.chatId });
      const { thread } = chat;
      const before = thread?.previous_thread_id;
      const users = JSON.stringify(chat.users) === JSON.stringify(state.users) ? state.users : chat.users;
      if (thread) news = take([thread], { users });
      // More than one thread began since the last question.
      if (before !== undefined && !state.threads.some(({ id }) => id === before))
        news = (await readThreads(state.chatId)) || news;
    }
    if (state.phase !== 'ready' || state.offline)
      set({ phase: 'ready', offline: false, refusal: '', customerId: api.customerId() });
    await aroundIt();
    for (const one of state.unsent) if (one.state === 'waiting') change(one.customId, { state: 'sending' });
    void deliver();
    return news;
  }

  /** What is good to know, and no reason to fail. */
  async function aroundIt(): Promise<void> {
    if (Date.now() - availabilityReadAt > AVAILABILITY_EVERY && api.has('list_group_statuses')) {
      const isFirst = availabilityReadAt === 0;
      availabilityReadAt = Date.now();
      const group = String(last()?.access?.group_ids[0] ?? 0);
      await optional(async () => {
        const answer = await api.call<{ groups_status: Record<string, string> }>('list_group_statuses', {
          all: true,
        });
        const status = answer.groups_status[group] ?? answer.groups_status['0'];
        set({ availability: status as ConversationState['availability'] });
      });
      if (isFirst)
        await optional(async () => {
          const { name = '', email = '' } = await api.call<{ name?: string; email?: string }>(
            'get_customer',
            {},
          );
          set({ customer: { name, email }, canIntroduce: true });
        });
    }
    const newest = last()?.events.at(-1)?.created_at;
    if (!document.hidden && state.chatId && newest && newest > seenUpTo && api.has('mark_events_as_seen')) {
      seenUpTo = newest;
      await optional(() => api.call('mark_events_as_seen', { chat_id: state.chatId, seen_up_to: newest }));
    }
  }

  async function optional(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
    }
  }

  function failed(error: unknown): void {
    if (!(error instanceof ChatApiError)) throw error;
    if (error.type === 'customer_banned') {
      polling.stop();
      set({ phase: 'banned' });
    } else if (error.mayPass || state.phase === 'ready') set({ offline: true });
    else {
      polling.stop();
      set({ phase: 'refused', refusal: error.message });
    }
  }

  const polling: Poller = poller(poll, failed);

  function change(customId: string, to: Partial<Unsent>): void {
    set({ unsent: state.unsent.map((one) => (one.customId === customId ? { ...one, ...to } : one)) });
  }

  function enqueue(one: Omit<Unsent, 'customId' | 'state'>): void {
    set({ unsent: [...state.unsent, { ...one, customId: crypto.randomUUID(), state: 'sending' }] });
    void deliver();
  }

  async function deliver(): Promise<void> {
    if (delivering || state.phase !== 'ready') return;
    delivering = (async () => {
      for (;;) {
        const next = state.unsent.find((one) => one.state === 'sending');
        if (!next) return;
        await deliverOne(next);
      }
    })();
    await delivering;
    delivering = undefined;
  }

  async function deliverOne(one: Unsent): Promise<void> {
    try {
      await place(await eventOf(one));
      // Stays until the server shows it, so that it never vanishes for a moment.
      change(one.customId, { state: 'sent' });
      await optional(poll);
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      if (error.type === 'customer_banned') failed(error);
      if (!api.has('upload_file')) set({ canUpload: false });
      change(one.customId, { state: error.mayPass ? 'waiting' : 'failed', problem: error.message });
    }
  }

  async function eventOf(one: Unsent): Promise<Record<string, unknown>> {
    const shell = { custom_id: one.customId };
    if (one.file && one.url === undefined) {
      const url = await api.upload(one.file);
      change(one.customId, { url });
      return { ...shell, type: 'file', url };
    }
    if (one.url !== undefined) return { ...shell, type: 'file', url: one.url };
    return { ...shell, type: 'message', text: one.text, ...(one.postback ? { postback: one.postback } : {}) };
  }

  /** Where an event belongs depends on what became of the chat meanwhile: an agent may have closed it. */
  async function place(event: Record<string, unknown>): Promise<void> {
    try {
      await placeAsKnown(event);
    } catch (error) {
      if (!(error instanceof ChatApiError) || error.mayPass || error.type === 'customer_banned') throw error;
      const before = `${state.chatId} ${isActive()}`;
      await poll();
      if (before === `${state.chatId} ${isActive()}`) throw error;
      await placeAsKnown(event);
    }
  }

  async function placeAsKnown(event: Record<string, unknown>): Promise<void> {
    const thread = { events: [event] };
    if (state.chatId === undefined) {
      const started = await api.call<{ chat_id: string }>('start_chat', {
        chat: { thread },
        continuous: true,
      });
      set({ chatId: started.chat_id });
    } else if (isActive()) await api.call('send_event', { chat_id: state.chatId, event });
    else await api.call('resume_chat', { chat: { id: state.chatId, thread } });
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) set({ unread: 0 });
      });
      window.addEventListener('online', () => polling.hurry());
      if (location.origin === settings.origin) polling.start();
      else set({ phase: 'refused', refusal: texts.otherAddress(`${settings.origin}${location.pathname}`) });
    },
    send: (text) => enqueue({ text }),
    attach: (file) => enqueue({ text: file.name, file }),
    retry(customId) {
      change(customId, { state: 'sending' });
      void deliver();
    },
    discard: (customId) => set({ unsent: state.unsent.filter((one) => one.customId !== customId) }),
    press(event, threadId, button) {
      const postback = {
        id: button.postback_id,
        thread_id: threadId,
        event_id: event.id,
        ...(button.type && button.value ? { type: button.type, value: button.value } : {}),
      };
      // Who answers by a button says so in the conversation, too.
      if (button.type === 'message' || button.type === undefined)
        enqueue({ text: button.value ?? button.text, postback });
      if (!api.has('send_rich_message_postback')) return;
      void optional(() =>
        api.call('send_rich_message_postback', {
          chat_id: state.chatId,
          thread_id: threadId,
          event_id: event.id,
          postback: { id: button.postback_id, toggled: true },
        }),
      );
    },
    async close() {
      if (state.chatId === undefined) return;
      await api.call('deactivate_chat', { id: state.chatId });
      await poll();
    },
    async introduce(customer) {
      const { name, email } = customer;
      await api.call('update_customer', { ...(name ? { name } : {}), ...(email ? { email } : {}) });
      set({ customer });
    },
    async loadEarlier() {
      if (state.chatId === undefined || state.earlierPage === undefined) return;
      const page = await api.call<{ threads: Thread[]; next_page_id?: string }>('list_threads', {
        chat_id: state.chatId,
        page_id: state.earlierPage,
      });
      take(page.threads, { earlierPage: page.next_page_id });
    },
    tryAgain() {
      if (state.phase === 'refused') set({ phase: 'connecting' });
      polling.stop();
      if (location.origin === settings.origin) polling.start();
      else location.reload();
    },
    typing: () => polling.stir(),
  };
}
